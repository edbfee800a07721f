import SimulationKernel
import StreamModel
import TaskRuntime
import Testing

@Suite struct FlowControlTests {
  private func records(_ count: Int = 1) -> StreamElement {
    .records(RecordBatch(Array(repeating: 7, count: count)))
  }

  @Test func takesElementsInTheOrderOfArrival() {
    var gate = InputGate(channels: 3, exclusive: 2, floating: 8)
    for channel in [2, 0, 1, 0] { _ = gate.deliver(records(), to: channel, backlog: 0) }
    var order: [Int] = []
    while let next = gate.next() { order.append(next.channel) }
    #expect(order == [2, 0, 1, 0])
  }

  @Test func takesNothingFromAHeldChannelUntilItIsReleased() {
    var gate = InputGate(channels: 2, exclusive: 2, floating: 8)
    _ = gate.deliver(records(), to: 0, backlog: 0)
    gate.hold(0)
    _ = gate.deliver(records(), to: 0, backlog: 0)
    _ = gate.deliver(records(), to: 1, backlog: 0)
    #expect(gate.next()?.channel == 1)
    #expect(gate.next() == nil)
    gate.releaseAll()
    #expect(gate.next()?.channel == 0)
    #expect(gate.next()?.channel == 0)
    #expect(gate.next() == nil)
  }

  @Test func lendsFloatingBuffersByBacklogAndTakesThemBack() {
    var gate = InputGate(channels: 2, exclusive: 2, floating: 3)
    #expect(gate.deliver(records(), to: 0, backlog: 5) == 3)
    #expect(gate.deliver(records(), to: 1, backlog: 5) == 0)
    _ = gate.deliver(records(), to: 0, backlog: 0)
    let grants = gate.recycle(0)
    #expect(grants.map(\.channel) == [1])
    #expect(grants.map(\.credit) == [1])
  }

  @Test func neverLosesOrInventsCredit() {
    var random = RandomStream(seed: 3, name: "credit")
    for _ in 0..<50 {
      var gate = InputGate(channels: 3, exclusive: 2, floating: 4)
      var credit = [2, 2, 2]
      var queued = [0, 0, 0]
      for _ in 0..<400 {
        let channel = random.below(3)
        if credit[channel] > 0, random.chance(1, in: 2) {
          credit[channel] -= 1
          queued[channel] += 1
          credit[channel] += gate.deliver(records(), to: channel, backlog: random.below(6))
        } else if let (taken, _) = gate.next() {
          queued[taken] -= 1
          for grant in gate.recycle(taken) { credit[grant.channel] += grant.credit }
        }
        let total: Int = (credit + queued).reduce(0, +)
        #expect(total <= 10)
        for index in 0..<3 {
          let owned: Int = credit[index] + queued[index]
          #expect(owned >= 2)
        }
      }
    }
  }

  @Test func sendsRecordsForCreditAndControlElementsInOrderWithoutOne() {
    let partition = ResultPartition(subpartitions: 1, exclusive: 2, floating: 8)
    partition.broadcast(.barrier(CheckpointBarrier(checkpoint: CheckpointID(1))))
    partition.emit(RecordBatch([1]), to: 0)
    partition.broadcast(.endOfData)
    #expect(partition.nextToSend() == nil)
    partition.connect(0, credit: 0)
    guard case .barrier = partition.nextToSend()?.element else {
      Issue.record("the barrier did not pass without credit")
      return
    }
    #expect(partition.nextToSend() == nil)
    partition.grant(1, to: 0)
    guard case .records = partition.nextToSend()?.element,
      case .endOfData = partition.nextToSend()?.element
    else {
      Issue.record("records and the end did not follow in order")
      return
    }
  }

  @Test func isFullWhenItsPoolIs() {
    let partition = ResultPartition(subpartitions: 2, exclusive: 2, floating: 1)
    for _ in 0..<4 { partition.emit(RecordBatch([1]), to: 0) }
    #expect(partition.isAvailable)
    partition.emit(RecordBatch([1]), to: 1)
    #expect(!partition.isAvailable)
    partition.release(0)
    #expect(partition.isAvailable)
    partition.emit(RecordBatch([1]), to: 0)
    partition.connect(0, credit: 9)
    #expect(partition.nextToSend() == nil)
  }
}
