import SimulationKernel
import Testing

@Suite struct NetworkTests {
  private func network(
    latency: VirtualDuration = .microseconds(100),
    jitter: VirtualDuration = .microseconds(50),
    bytesPerSecond: Int64 = 1_000_000_000
  ) -> NetworkOptions {
    var options = NetworkOptions()
    options.latency = latency
    options.jitter = jitter
    options.bytesPerSecond = bytesPerSecond
    return options
  }

  @Test(arguments: 1...10)
  func keepsTheOrderOfALinkThoughLatencyVaries(seed: UInt64) {
    let world = World(seed: seed, network: network(jitter: .milliseconds(10)))
    let target = world.start("b")
    var sent = 0
    world.start("a") { _, context in
      guard sent < 100 else { return }
      for _ in 0..<2 {
        context.send("\(sent)", to: target)
        sent += 1
      }
      context.after(.microseconds(300), "again")
    }
    world.run(.seconds(10))
    let heard = world.log.filter { $0.hasPrefix("b got") }
    #expect(heard == (0..<100).map { "b got \($0)" })
    #expect(Set(world.lines.map(\.instant)).count > 20)
  }

  @Test func takesAtLeastTheLatencyAndAtMostTheJitterMore() {
    let world = World(network: network())
    var delays: [VirtualDuration] = []
    let target = world.start("b") { event, context in
      guard case .message(let message, _) = event, let sent = Int64(message) else { return }
      delays.append(context.now - VirtualInstant(nanoseconds: sent))
    }
    world.start("a") { _, context in
      guard delays.count < 400 else { return }
      context.send("\(context.now.nanoseconds)", to: target, bytes: 0)
      context.after(.milliseconds(1), "again")
    }
    world.run(.seconds(1))
    #expect(delays.count == 400)
    #expect(delays.allSatisfy { $0 >= .microseconds(100) && $0 <= .microseconds(150) })
    #expect(Set(delays).count > 300)
  }

  @Test func transfersOneMessageAfterTheOther() throws {
    let world = World(network: network(jitter: .zero, bytesPerSecond: 1_000_000))
    let target = world.start("b")
    let other = world.start("c")
    world.start("a") { event, context in
      guard case .started = event else { return }
      context.send("large", to: target, bytes: 50_000)
      context.send("small", to: target, bytes: 1000)
      context.send("elsewhere", to: other, bytes: 1000)
    }
    world.run(.seconds(1))
    #expect(try world.instant(of: "b got large") == VirtualInstant(nanoseconds: 50_100_000))
    #expect(try world.instant(of: "b got small") == VirtualInstant(nanoseconds: 51_100_000))
    #expect(try world.instant(of: "c got elsewhere") == VirtualInstant(nanoseconds: 1_100_000))
  }

  @Test func tellsTheReceiverWhoSent() {
    let world = World()
    var senders: [String] = []
    let target = world.start("b") { event, context in
      if case .message(_, let sender) = event { senders.append(context.name(of: sender)) }
    }
    world.start("a", sending: ["x"], to: target)
    world.start("c", sending: ["y"], to: target)
    world.run(.seconds(1))
    #expect(senders.sorted() == ["a", "c"])
  }

  // MARK: Cut links

  /// Two connected processes; `a` sends a number every millisecond.
  private func chattyPair(_ world: World) -> (sender: ProcessID, receiver: ProcessID) {
    let receiver = world.start("b") { event, context in
      if case .message(let message, let sender) = event { context.send("re\(message)", to: sender) }
    }
    var sent = 0
    let sender = world.start("a") { event, context in
      if case .started = event { context.connect(to: receiver) }
      let isTimer = if case .message("again", _) = event { true } else { sent == 0 }
      guard isTimer, sent < 20 else { return }
      context.send("\(sent)", to: receiver)
      sent += 1
      context.after(.milliseconds(1), "again")
    }
    return (sender, receiver)
  }

  @Test func holdsMessagesAtACutLinkAndDeliversThemInOrder() {
    let world = World()
    _ = chattyPair(world)
    _ = world.simulation.run(until: VirtualInstant(nanoseconds: 5_500_000))
    world.simulation.cut("a", "b")
    #expect(world.simulation.run(until: .milliseconds(500)) == .idle)
    #expect(world.log.filter { $0.hasPrefix("b got") }.count == 6)
    let healing = world.simulation.now
    world.simulation.heal("b", "a")
    _ = world.simulation.run(until: .milliseconds(600))
    #expect(world.log.filter { $0.hasPrefix("b got") } == (0..<20).map { "b got \($0)" })
    #expect(world.log.filter { $0.hasPrefix("a got re") } == (0..<20).map { "a got re\($0)" })
    #expect(world.instants(of: "b got 6").allSatisfy { $0 > healing })
  }

  @Test func cutsOneLinkAndNoOther() {
    let world = World()
    let first = world.start("b")
    let second = world.start("c")
    let sender = world.start("a") { event, context in
      guard case .message = event else { return }
      context.send("x", to: first)
      context.send("y", to: second)
    }
    world.simulation.cut("a", "b")
    world.simulation.inject("go", into: sender)
    world.run(.seconds(1))
    #expect(world.log.contains("c got y"))
    #expect(!world.log.contains("b got x"))
    world.simulation.heal("a", "c")
    world.run(.seconds(1))
    #expect(!world.log.contains("b got x"))
    world.simulation.heal("a", "b")
    world.run(.seconds(1))
    #expect(world.log.contains("b got x"))
  }

  @Test func aDeathBehindACutLinkIsFeltAfterItHeals() throws {
    let world = World()
    let (_, receiver) = chattyPair(world)
    _ = world.simulation.run(until: VirtualInstant(nanoseconds: 2_500_000))
    world.simulation.cut("a", "b")
    world.simulation.kill(receiver)
    _ = world.simulation.run(until: .milliseconds(800))
    let healing = world.simulation.now
    #expect(!world.log.contains { $0.hasPrefix("a lost") || $0.hasPrefix("a could not") })
    world.simulation.heal("a", "b")
    _ = world.simulation.run(until: .milliseconds(900))
    #expect(try world.instant(of: "a lost b") > healing)
    let returned = world.log.filter { $0.hasPrefix("a could not send") }
    #expect(Set(returned) == Set((3..<20).map { "a could not send \($0) to b" }))
  }

  /// What was sent before the death arrives before the death is felt.
  @Test func lastWordsBehindACutLinkComeBeforeTheLoss() {
    let world = World()
    let (sender, _) = chattyPair(world)
    _ = world.simulation.run(until: VirtualInstant(nanoseconds: 2_500_000))
    world.simulation.cut("a", "b")
    _ = world.simulation.run(until: VirtualInstant(nanoseconds: 6_500_000))
    world.simulation.kill(sender)
    world.simulation.heal("a", "b")
    world.run(.seconds(1))
    let heard = world.log.filter { $0.hasPrefix("b got") || $0.hasPrefix("b lost") }
    #expect(heard == (0..<7).map { "b got \($0)" } + ["b lost a"])
  }

  @Test func recordsCutsInTheJournal() {
    let world = World()
    world.start("a")
    world.start("b")
    world.simulation.cut("a", "b")
    world.simulation.heal("b", "a")
    #expect(
      world.simulation.journal.items.suffix(2).map(\.entry) == [
        .kernel(.linkCut("a", "b")), .kernel(.linkHealed("b", "a")),
      ]
    )
  }

  // MARK: Cut links and further lives

  @Test func aCutHoldsForTheNextLifeToo() throws {
    let world = World()
    let first = world.start("b")
    var target = first
    let sender = world.start("a") { event, context in
      if case .message(let word, let from) = event, from == context.id {
        context.send(word, to: target)
      }
    }
    world.run(.milliseconds(1))
    world.simulation.cut("a", "b")
    world.simulation.kill(first)
    target = world.start("b", sending: ["hello"], to: sender)
    world.simulation.inject("word", into: sender)
    world.run(.seconds(1))
    #expect(!world.log.contains("b got word"))
    #expect(!world.log.contains("a got hello"))
    let healing = world.simulation.now
    world.simulation.heal("b", "a")
    world.run(.seconds(1))
    #expect(try world.instant(of: "b got word") > healing)
    #expect(try world.instant(of: "a got hello") > healing)
    world.simulation.inject("more", into: sender)
    world.run(.seconds(1))
    #expect(world.log.contains("b got more"))
  }

  /// Messages to an earlier life come back; what an earlier life sent arrives, then its loss.
  @Test func aHealedLinkReleasesWhatWaitsForAnEarlierLife() {
    let world = World()
    let (sender, receiver) = chattyPair(world)
    _ = world.simulation.run(until: VirtualInstant(nanoseconds: 2_500_000))
    world.simulation.cut("a", "b")
    _ = world.simulation.run(until: VirtualInstant(nanoseconds: 6_500_000))
    world.simulation.kill(receiver)
    world.start("b")
    world.simulation.kill(world.start("b"))
    world.run(.seconds(1))
    #expect(!world.log.contains { $0.hasPrefix("a lost") || $0.hasPrefix("a could not") })
    world.simulation.heal("a", "b")
    world.run(.seconds(1))
    #expect(world.log.filter { $0 == "a lost b" }.count == 1)
    let returned = world.log.filter { $0.hasPrefix("a could not send") }
    #expect(Set(returned) == Set((3..<20).map { "a could not send \($0) to b" }))
    #expect(world.simulation.process(named: "a") == sender)
  }

  @Test func aHealedLinkStaysHealedForTheNextLife() {
    let world = World()
    let target = world.start("b")
    world.simulation.cut("a", "b")
    world.simulation.heal("a", "b")
    world.start("a", sending: ["word"], to: target)
    world.run(.seconds(1))
    #expect(world.log.contains("b got word"))
  }

  @Test func connectingToTheDeadBehindACutLinkIsFeltAfterItHeals() throws {
    let world = World()
    let victim = world.start("b")
    world.simulation.kill(victim)
    world.simulation.cut("a", "b")
    world.start("a") { event, context in
      if case .started = event { context.connect(to: victim) }
    }
    world.run(.seconds(1))
    #expect(!world.log.contains("a lost b"))
    let healing = world.simulation.now
    world.simulation.heal("a", "b")
    world.run(.seconds(1))
    #expect(try world.instant(of: "a lost b") > healing)
  }
}
