import SimulationKernel
import Testing

@Suite struct DeterminismTests {
  /// A busy world with every kind of fault; what it did as journal bytes and digest.
  private func run(
    seed: UInt64,
    drawingFrom name: String = "work",
    also other: String? = nil
  ) -> (journal: [UInt8], digest: Digest, events: Int) {
    let world = World(seed: seed)
    let simulation = world.simulation
    var ids: [ProcessID] = []
    for index in 0..<5 {
      var random = RandomStream(seed: seed, name: "\(name)-\(index)")
      ids.append(
        world.start("p\(index)") { event, context in
          if let other {
            var extra = context.randomStream(named: other)
            _ = extra.next()
          }
          context.record(.text("p\(index) felt \(event)"))
          context.contribute(random.next())
          context.send("m\(random.below(100))", to: ids[random.below(5)], bytes: random.below(9000))
          if case .started = event {
            ids.forEach { context.connect(to: $0) }
            context.store(.write("f\(index)", [1, 2, 3])) { "\($0)" }
          }
        }
      )
    }
    _ = simulation.run(until: .milliseconds(2))
    simulation.pause(ids[1], for: .milliseconds(1))
    simulation.cut("p2", "p3")
    simulation.slow(ids[4], percent: 300, for: .milliseconds(2))
    _ = simulation.run(until: .milliseconds(4))
    simulation.kill(ids[0])
    simulation.heal("p2", "p3")
    simulation.setStorageFailing(true)
    _ = simulation.run(until: .milliseconds(60))
    return (simulation.journal.jsonLines(), simulation.journal.digest, simulation.handledEvents)
  }

  @Test(arguments: [1, 2, 77, UInt64.max])
  func sameSeedAndCallsGiveTheSameBytes(seed: UInt64) {
    let first = run(seed: seed)
    let second = run(seed: seed)
    #expect(first.journal == second.journal)
    #expect(first.digest == second.digest)
    #expect(first.events == second.events)
    #expect(first.journal.count > 10_000)
  }

  @Test func otherSeedsGiveOtherRuns() {
    let digests = (0..<20).map { run(seed: $0).digest }
    #expect(Set(digests).count == digests.count)
  }

  @Test func oneMoreConsumerOfChanceDisturbsNoOther() {
    #expect(run(seed: 5).digest == run(seed: 5, also: "newcomer").digest)
    #expect(run(seed: 5).digest != run(seed: 5, drawingFrom: "other").digest)
  }

  @Test func theDigestCoversWhatBuffersContribute() {
    func digest(_ words: [UInt64]) -> Digest {
      let world = World()
      world.start("p") { _, context in words.forEach { context.contribute($0) } }
      world.run(.seconds(1))
      #expect(world.simulation.journal.items.count == 1)
      return world.simulation.journal.digest
    }
    #expect(digest([1, 2]) == digest([1, 2]))
    #expect(digest([1, 2]) != digest([2, 1]))
    #expect(digest([1]) != digest([]))
  }

  @Test func theDigestCoversInstants() {
    func digest(at delay: VirtualDuration) -> Digest {
      let world = World()
      world.start("p") { event, context in
        if case .message = event { context.record(.text("x")) } else { context.after(delay, "") }
      }
      world.run(.seconds(1))
      return world.simulation.journal.digest
    }
    #expect(digest(at: .nanoseconds(1)) != digest(at: .nanoseconds(2)))
  }
}
