import StreamModel
import TaskRuntime
import Testing

/// What batch needs of the exchange between tasks.
@Suite struct BlockingResultTests {
  /// The numbers that a consumer gets who asks for them with so much credit.
  private func read(_ partition: ResultPartition, credit: Int) -> [Int] {
    partition.connect(0, credit: credit)
    var numbers: [Int] = []
    while let (_, element, _) = partition.nextToSend() {
      guard case .records(let batch) = element, let typed = batch as? RecordBatch<Int> else {
        numbers.append(-1)
        continue
      }
      numbers += typed.elements
      // A consumer may change what it was handed.
      if typed.count > 0 { typed.values[0] = 99 }
    }
    return numbers
  }

  @Test func takesEverythingInAndGivesItToEachConsumer() {
    let partition = ResultPartition(subpartitions: 1, exclusive: 1, floating: 0, isBlocking: true)
    for number in 0..<5 { partition.emit(RecordBatch([number]), to: 0) }
    partition.broadcast(.endOfData)
    #expect(partition.isAvailable)
    #expect(read(partition, credit: 2) == [0, 1])
    partition.release(0)
    #expect(partition.nextToSend()?.subpartition == nil)
    #expect(read(partition, credit: 9) == [0, 1, 2, 3, 4, -1])
    #expect(read(partition, credit: 9) == [0, 1, 2, 3, 4, -1])
  }

  @Test func readsChannelByChannel() {
    var gate = InputGate(channels: 3, exclusive: 2, floating: 0, order: [2, 0, 1])
    for channel in 0..<3 {
      _ = gate.deliver(.records(RecordBatch([channel])), to: channel, backlog: 0)
      if channel != 2 { _ = gate.deliver(.endOfPartition, to: channel, backlog: 0) }
    }
    var order: [Int] = []
    func drain() {
      while gate.hasNext, let (channel, element) = gate.next() {
        if case .endOfPartition = element { gate.close(channel) } else { order.append(channel) }
      }
    }
    drain()
    #expect(order == [2])
    _ = gate.deliver(.endOfPartition, to: 2, backlog: 0)
    drain()
    #expect(order == [2, 0, 1])
    #expect(gate.isClosed)
  }
}
