import SimulationKernel
import StreamModel
import TaskRuntime
import Testing

@Suite struct InputGateTests {
  private func records(_ number: Int) -> StreamElement { .records(RecordBatch([number])) }

  private func number(of element: StreamElement) -> Int? {
    guard case .records(let batch) = element else { return nil }
    return (batch as? RecordBatch<Int>)?.elements.first
  }

  /// Delivers records without a backlog, each to the channel that is its first digit.
  private func deliver(_ numbers: [Int], to gate: inout InputGate) {
    for number in numbers {
      #expect(gate.deliver(records(number), to: number / 10, backlog: 0) == 0)
    }
  }

  /// Takes everything that can be taken.
  private func takeAll(_ gate: inout InputGate) -> [Int] {
    var taken: [Int] = []
    while let (channel, element) = gate.next() {
      taken.append(number(of: element) ?? -1)
      #expect(taken.last.map { $0 / 10 } == channel)
    }
    return taken
  }

  // MARK: Order

  @Test func takesElementsInTheOrderOfTheirArrival() {
    var gate = InputGate(channels: 3, exclusive: 2, floating: 8)
    #expect(!gate.hasNext)
    deliver([21, 1, 11, 22, 2, 3, 12], to: &gate)
    #expect(gate.hasNext)
    #expect(gate.queuedElements == 7)
    #expect(takeAll(&gate) == [21, 1, 11, 22, 2, 3, 12])
    #expect(!gate.hasNext)
    #expect(gate.queuedElements == 0)
  }

  @Test func takesNothingFromAHeldChannel() {
    var gate = InputGate(channels: 3, exclusive: 2, floating: 8)
    deliver([1, 11, 2], to: &gate)
    gate.hold(0)
    deliver([21, 3, 12], to: &gate)
    #expect(takeAll(&gate) == [11, 21, 12])
    #expect(gate.queuedElements == 3)
    #expect(!gate.hasNext)
  }

  @Test func takesWhatWaitedInHeldChannelsAfterWhatWaitsAlready() {
    var gate = InputGate(channels: 4, exclusive: 2, floating: 8)
    deliver([1, 11, 2], to: &gate)
    gate.hold(0)
    gate.hold(1)
    #expect(takeAll(&gate) == [])
    deliver([31, 3, 12, 21], to: &gate)
    gate.releaseAll()
    deliver([4, 32], to: &gate)
    #expect(takeAll(&gate) == [31, 21, 1, 2, 3, 11, 12, 4, 32])
  }

  @Test func holdsAgainAfterARelease() {
    var gate = InputGate(channels: 2, exclusive: 2, floating: 8)
    for round in 0..<3 {
      gate.hold(0)
      deliver([1 + round, 11 + round], to: &gate)
      #expect(takeAll(&gate) == [11 + round])
      gate.releaseAll()
      #expect(takeAll(&gate) == [1 + round])
    }
  }

  @Test func hasNothingNextWhenEverythingIsHeld() {
    var gate = InputGate(channels: 2, exclusive: 2, floating: 8)
    deliver([1, 2, 11], to: &gate)
    gate.hold(0)
    #expect(gate.hasNext)
    gate.hold(1)
    gate.hold(0)
    #expect(!gate.hasNext)
    #expect(gate.queuedElements == 3)
    gate.releaseAll()
    #expect(gate.hasNext)
    #expect(takeAll(&gate) == [1, 2, 11])
  }

  /// As at a checkpoint that is given up before anything else is taken.
  @Test func waitsOnceThoughItWasHeldAndReleased() {
    var gate = InputGate(channels: 3, exclusive: 2, floating: 8)
    deliver([1, 11, 2, 21, 12], to: &gate)
    for _ in 0..<3 {
      gate.hold(0)
      gate.hold(1)
      gate.releaseAll()
    }
    #expect(gate.queuedElements == 5)
    #expect([gate.next()?.channel, gate.next()?.channel, gate.next()?.channel] == [2, 0, 0])
    deliver([22, 3, 13], to: &gate)
    #expect(takeAll(&gate) == [11, 12, 22, 3, 13])
    #expect(!gate.hasNext)
  }

  @Test func aReleaseWithoutAHoldChangesNothing() {
    var gate = InputGate(channels: 2, exclusive: 2, floating: 8)
    deliver([11, 1, 12], to: &gate)
    gate.releaseAll()
    #expect(takeAll(&gate) == [11, 1, 12])
  }

  @Test(arguments: 1...20)
  func neitherLosesNorReordersAChannelHoweverItIsHeld(seed: UInt64) {
    var random = RandomStream(seed: seed, name: "gate")
    var gate = InputGate(channels: 3, exclusive: 2, floating: 8)
    var sent = [0, 0, 0]
    var taken: [[Int]] = [[], [], []]
    var held: Set<Int> = []
    for _ in 0..<500 {
      let channel = random.below(3)
      switch random.below(8) {
      case 0:
        gate.hold(channel)
        held.insert(channel)
      case 1:
        gate.releaseAll()
        held = []
      case 2...4:
        _ = gate.deliver(records(sent[channel]), to: channel, backlog: 0)
        sent[channel] += 1
      default:
        let isWaiting = sent.indices.contains { !held.contains($0) && sent[$0] > taken[$0].count }
        #expect(gate.hasNext == isWaiting)
        guard let (channel, element) = gate.next() else { continue }
        #expect(!held.contains(channel))
        taken[channel].append(number(of: element) ?? -1)
      }
    }
    gate.releaseAll()
    while let (channel, element) = gate.next() { taken[channel].append(number(of: element) ?? -1) }
    #expect(taken == sent.map { Array(0..<$0) })
  }

  @Test func endsWithItsLastChannel() {
    var gate = InputGate(channels: 2, exclusive: 2, floating: 8)
    gate.endData(0)
    #expect(!gate.isDataEnded)
    gate.close(1)
    #expect(gate.isDataEnded)
    #expect(!gate.isClosed)
    #expect(gate.isClosed(1))
    #expect(!gate.isClosed(0))
    gate.close(0)
    #expect(gate.isClosed)
  }

  // MARK: Credit

  /// Credits as the gate grants them: what came of deliveries and of recycled buffers.
  private func recycled(_ channel: Int, _ gate: inout InputGate) -> [[Int]] {
    gate.recycle(channel).map { [$0.channel, $0.credit] }
  }

  @Test func lendsAsManyFloatingBuffersAsWait() {
    var gate = InputGate(channels: 3, exclusive: 2, floating: 8)
    #expect(gate.initialCredit == 2)
    #expect(gate.deliver(records(0), to: 0, backlog: 0) == 0)
    #expect(gate.deliver(records(0), to: 0, backlog: 5) == 5)
    #expect(gate.deliver(records(0), to: 0, backlog: 4) == 0)
    #expect(gate.deliver(records(0), to: 0, backlog: 6) == 1)
    #expect(gate.deliver(records(0), to: 1, backlog: 9) == 2)
    #expect(gate.deliver(records(0), to: 2, backlog: 9) == 0)
  }

  @Test func controlElementsBorrowNothing() {
    var gate = InputGate(channels: 1, exclusive: 2, floating: 8)
    #expect(gate.deliver(.endOfData, to: 0, backlog: 4) == 0)
    #expect(gate.deliver(records(0), to: 0, backlog: 4) == 4)
  }

  @Test func givesAnExclusiveBufferBackToItsChannel() {
    var gate = InputGate(channels: 2, exclusive: 2, floating: 8)
    #expect(gate.deliver(records(0), to: 0, backlog: 0) == 0)
    #expect(recycled(0, &gate) == [[0, 1]])
  }

  @Test func keepsAFloatingBufferWhereItIsNeeded() {
    var gate = InputGate(channels: 2, exclusive: 2, floating: 3)
    #expect(gate.deliver(records(0), to: 0, backlog: 3) == 3)
    #expect(recycled(0, &gate) == [[0, 1]])
  }

  @Test func givesAFloatingBufferToWhoeverNeedsItNext() {
    var gate = InputGate(channels: 3, exclusive: 2, floating: 3)
    #expect(gate.deliver(records(0), to: 0, backlog: 3) == 3)
    #expect(gate.deliver(records(0), to: 2, backlog: 2) == 0)
    #expect(gate.deliver(records(0), to: 0, backlog: 0) == 0)
    #expect(recycled(0, &gate) == [[2, 1]])
    #expect(recycled(0, &gate) == [[2, 1]])
    #expect(recycled(0, &gate) == [])
    #expect(gate.deliver(records(0), to: 1, backlog: 7) == 1)
  }

  /// Producers with credit, as `ResultPartition` has them.
  private struct Channel {
    var credit: Int
    var backlog = 0
    var sent = 0
    var inGate = 0
  }

  @Test(arguments: 1...30)
  func losesNoBufferAndLendsNoMoreThanThereAre(seed: UInt64) throws {
    var random = RandomStream(seed: seed, name: "credit")
    let exclusive = 1 + random.below(3)
    let floating = random.below(9)
    let count = 1 + random.below(5)
    var gate = InputGate(channels: count, exclusive: exclusive, floating: floating)
    var channels = Array(repeating: Channel(credit: exclusive), count: count)

    func outstanding() -> Int { channels.reduce(0) { $0 + $1.credit + $1.inGate } }
    func send(_ channel: Int) {
      guard channels[channel].credit > 0, channels[channel].backlog > 0 else { return }
      channels[channel].credit -= 1
      channels[channel].backlog -= 1
      channels[channel].inGate += 1
      let element = records(channels[channel].sent)
      channels[channel].sent += 1
      channels[channel].credit += gate.deliver(
        element,
        to: channel,
        backlog: channels[channel].backlog
      )
    }
    func take() -> Bool {
      guard let (channel, _) = gate.next() else { return false }
      channels[channel].inGate -= 1
      for grant in gate.recycle(channel) { channels[grant.channel].credit += grant.credit }
      return true
    }
    func drain() {
      gate.releaseAll()
      var isBusy = true
      while isBusy {
        let before = channels.map(\.sent)
        for channel in channels.indices { send(channel) }
        isBusy = take() || channels.map(\.sent) != before
      }
    }

    for _ in 0..<1000 {
      let channel = random.below(count)
      switch random.below(12) {
      case 0...3: channels[channel].backlog += random.below(4)
      case 4...6: send(channel)
      case 7: gate.hold(channel)
      case 8: gate.releaseAll()
      default: _ = take()
      }
      let bound = count * exclusive...count * exclusive + floating
      try #require(bound.contains(outstanding()))
      for channel in channels { try #require(channel.credit + channel.inGate >= exclusive) }
    }
    drain()
    #expect(channels.allSatisfy { $0.backlog == 0 && $0.credit == exclusive })
    // Every floating buffer is back in the pool: one channel can have them all.
    channels[0].backlog = 100
    send(0)
    #expect(channels[0].credit + channels[0].inGate == exclusive + floating)
    drain()
    #expect(outstanding() == count * exclusive)
  }
}
