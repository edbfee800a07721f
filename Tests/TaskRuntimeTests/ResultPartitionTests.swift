import SimulationKernel
import StreamModel
import TaskRuntime
import Testing

@Suite struct ResultPartitionTests {
  private func partition(
    _ channels: Int = 2,
    exclusive: Int = 2,
    floating: Int = 4
  ) -> ResultPartition {
    ResultPartition(subpartitions: channels, exclusive: exclusive, floating: floating)
  }

  private func emit(_ number: Int, to channel: Int, of partition: ResultPartition) {
    partition.emit(RecordBatch([number]), to: channel)
  }

  private let barrier = StreamElement.barrier(CheckpointBarrier(checkpoint: CheckpointID(1)))

  /// Takes everything that may be sent: channel, what it is, and the backlog behind it.
  private func sent(by partition: ResultPartition) -> [String] {
    var sent: [String] = []
    while let (channel, element, backlog) = partition.nextToSend() {
      switch element {
      case .records(let batch):
        let numbers = (batch as? RecordBatch<Int>)?.elements ?? []
        sent.append("\(channel):\(numbers[0])+\(backlog)")
      case .barrier: sent.append("\(channel):|+\(backlog)")
      case .endOfData: sent.append("\(channel):.+\(backlog)")
      case .endOfPartition: sent.append("\(channel):x+\(backlog)")
      case .watermark, .status: sent.append("\(channel):w+\(backlog)")
      }
    }
    return sent
  }

  @Test func sendsNothingBeforeAConsumerIsThere() {
    let partition = partition()
    emit(1, to: 0, of: partition)
    partition.broadcast(barrier)
    #expect(sent(by: partition) == [])
    partition.grant(5, to: 0)
    #expect(sent(by: partition) == [])
    partition.connect(0, credit: 0)
    #expect(sent(by: partition) == ["0:1+0", "0:|+0"])
    partition.connect(1, credit: 2)
    #expect(sent(by: partition) == ["1:|+0"])
  }

  @Test func sendsRecordsForCreditAndSaysWhatWaits() {
    let partition = partition()
    partition.connect(0, credit: 2)
    for number in 1...4 { emit(number, to: 0, of: partition) }
    #expect(sent(by: partition) == ["0:1+3", "0:2+2"])
    partition.grant(1, to: 0)
    #expect(sent(by: partition) == ["0:3+1"])
    partition.grant(3, to: 0)
    #expect(sent(by: partition) == ["0:4+0"])
    emit(5, to: 0, of: partition)
    emit(6, to: 0, of: partition)
    #expect(sent(by: partition) == ["0:5+1", "0:6+0"])
    emit(7, to: 0, of: partition)
    #expect(sent(by: partition) == [])
  }

  @Test func controlElementsNeedNoCreditAndOvertakeNoRecords() {
    let partition = partition(1)
    partition.connect(0, credit: 0)
    partition.broadcast(barrier)
    #expect(sent(by: partition) == ["0:|+0"])
    emit(1, to: 0, of: partition)
    partition.broadcast(barrier)
    emit(2, to: 0, of: partition)
    partition.broadcast(.endOfData)
    partition.broadcast(.endOfPartition)
    #expect(sent(by: partition) == [])
    partition.grant(1, to: 0)
    #expect(sent(by: partition) == ["0:1+1", "0:|+1"])
    partition.grant(1, to: 0)
    #expect(sent(by: partition) == ["0:2+0", "0:.+0", "0:x+0"])
  }

  @Test func isAvailableWhileThePoolHasRoom() {
    let partition = partition(2, exclusive: 2, floating: 4)
    for number in 0..<8 {
      #expect(partition.isAvailable)
      emit(number, to: number % 2, of: partition)
    }
    #expect(!partition.isAvailable)
    partition.broadcast(barrier)
    partition.connect(0, credit: 0)
    #expect(sent(by: partition) == [])
    #expect(!partition.isAvailable)
    partition.grant(1, to: 0)
    #expect(sent(by: partition).count == 1)
    #expect(partition.isAvailable)
  }

  @Test func dropsWhatWaitsForAConsumerThatIsGone() {
    let partition = partition(2, exclusive: 1, floating: 0)
    emit(1, to: 0, of: partition)
    emit(2, to: 1, of: partition)
    #expect(!partition.isAvailable)
    partition.connect(0, credit: 0)
    partition.connect(1, credit: 0)
    partition.release(0)
    #expect(partition.isAvailable)
    emit(3, to: 0, of: partition)
    partition.broadcast(barrier)
    partition.grant(9, to: 0)
    partition.grant(9, to: 1)
    #expect(sent(by: partition) == ["1:2+0", "1:|+0"])
    partition.release(0)
    #expect(partition.isAvailable)
  }

  @Test(arguments: 1...20)
  func losesNothingOverRandomSequences(seed: UInt64) {
    var random = RandomStream(seed: seed, name: "partition")
    let partition = partition(3)
    var emitted = [0, 0, 0]
    var credit = [0, 0, 0]
    var received: [[Int]] = [[], [], []]
    func collect() {
      while let (channel, element, backlog) = partition.nextToSend() {
        guard case .records(let batch) = element else { continue }
        credit[channel] -= 1
        received[channel] += (batch as? RecordBatch<Int>)?.elements ?? []
        #expect(backlog == emitted[channel] - received[channel].count)
        #expect(credit[channel] >= 0)
      }
    }
    for channel in 0..<3 { partition.connect(channel, credit: 0) }
    for _ in 0..<600 {
      let channel = random.below(3)
      switch random.below(4) {
      case 0, 1:
        emit(emitted[channel], to: channel, of: partition)
        emitted[channel] += 1
      case 2:
        let more = random.below(3)
        credit[channel] += more
        partition.grant(more, to: channel)
      default: collect()
      }
    }
    for channel in 0..<3 {
      credit[channel] += 600
      partition.grant(600, to: channel)
    }
    collect()
    #expect(received == emitted.map { Array(0..<$0) })
    #expect(partition.isAvailable)
  }
}
