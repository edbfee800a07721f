import SimulationKernel
import Testing

@Suite struct ProcessFaultTests {
  // MARK: Death

  @Test func timersOfTheDeadNeverFire() {
    let world = World()
    let victim = world.start("p") { _, context in context.after(.milliseconds(1), "tick") }
    _ = world.simulation.run(until: VirtualInstant(nanoseconds: 3_500_000))
    world.simulation.kill(victim)
    let before = world.log
    #expect(before.count == 4)
    #expect(world.simulation.run(until: .milliseconds(1000)) == .idle)
    #expect(world.log == before)
    #expect(world.simulation.livingProcessNames.isEmpty)
  }

  @Test(arguments: 1...10)
  func whatCannotBeDeliveredComesBackInTime(seed: UInt64) throws {
    let world = World(seed: seed)
    let victim = world.start("b")
    world.start("a", sending: ["x"], to: victim)
    world.simulation.kill(victim)
    world.run(.seconds(1))
    let options = NetworkOptions()
    let back = try world.instant(of: "a could not send x to b") - .zero
    #expect(back >= options.refusalDelay.lowerBound + options.latency)
    #expect(
      back <= options.refusalDelay.upperBound + options.latency + options.jitter + .microseconds(1)
    )
    #expect(!world.log.contains("b got x"))
  }

  @Test func whatTheDeadSentStillArrives() {
    let world = World()
    let target = world.start("b")
    let sender = world.start("a", sending: ["x"], to: target)
    _ = world.simulation.run(until: .zero)
    world.simulation.kill(sender)
    world.run(.seconds(1))
    #expect(world.log.contains("b got x"))
  }

  @Test(arguments: 1...10)
  func connectedPeersFeelADeathAndNobodyElse(seed: UInt64) throws {
    let world = World(seed: seed)
    let victim = world.start("victim")
    func joining(_ event: ProcessEvent<String>, _ context: TestContext) {
      guard case .started = event else { return }
      context.connect(to: victim)
      context.connect(to: victim)
    }
    world.start("peer", joining)
    world.start("stranger") { event, context in
      if case .started = event { context.send("hello", to: victim) }
    }
    let dead = world.start("dead", joining)
    _ = world.simulation.run(until: .milliseconds(10))
    world.simulation.kill(dead)
    _ = world.simulation.run(until: .milliseconds(100))
    let death = world.simulation.now
    world.simulation.kill(victim)
    world.run(.seconds(1))
    let losses = world.log.filter { $0.contains(" lost ") }
    #expect(losses == ["victim lost dead", "peer lost victim"])
    let delay = try world.instant(of: "peer lost victim") - death
    #expect(NetworkOptions().resetDelay.contains(delay))
  }

  @Test func connectingToTheDeadIsALossToo() throws {
    let world = World()
    let victim = world.start("victim")
    world.simulation.kill(victim)
    world.start("late") { event, context in
      if case .started = event { context.connect(to: victim) }
    }
    world.run(.seconds(1))
    let delay = try world.instant(of: "late lost victim") - .zero
    #expect(NetworkOptions().resetDelay.contains(delay))
  }

  @Test func aRestartedProcessHasAnotherAddressAndNoMemory() throws {
    let world = World()
    func counting() -> (ProcessEvent<String>, TestContext) -> Void {
      var count = 0
      return { event, context in
        if case .message = event {
          count += 1
          context.record(.text("count \(count)"))
        }
      }
    }
    let first = world.start("tm", counting())
    world.start("a") { event, context in
      guard case .message(let word, _) = event else { return }
      context.send(word, to: first)
    }
    let sender = try #require(world.simulation.process(named: "a"))
    world.simulation.inject("one", into: sender)
    world.simulation.inject("two", into: sender)
    _ = world.simulation.run(until: .milliseconds(5))
    world.simulation.kill(first)
    #expect(world.simulation.process(named: "tm") == nil)
    #expect(world.simulation.hasKnown(processNamed: "tm"))
    let second = world.start("tm", counting())
    #expect(second != first)
    #expect(world.simulation.process(named: "tm") == second)
    #expect(world.simulation.livingProcessNames == ["a", "tm"])
    world.simulation.inject("three", into: sender)
    world.simulation.inject("four", into: second)
    world.run(.seconds(1))
    #expect(world.log.filter { $0.contains("three") }.count == 2)
    #expect(world.log.contains("a could not send three to tm"))
    let texts = world.simulation.journal.items.map(\.entry).filter {
      if case .text = $0 { true } else { false }
    }
    #expect(texts == [.text("count 1"), .text("count 2"), .text("count 1")])
    #expect(
      world.simulation.journal.items.map(\.entry).contains(
        .kernel(.processStarted(name: "tm", incarnation: 1))
      )
    )
  }

  @Test func aSecondKillChangesNothing() {
    let world = World()
    let victim = world.start("p")
    world.simulation.kill(victim)
    world.simulation.kill(victim)
    world.simulation.pause(victim, for: .seconds(1))
    world.simulation.slow(victim, percent: 300, for: .seconds(1))
    world.run(.seconds(5))
    #expect(
      world.simulation.journal.items.map(\.entry) == [
        .kernel(.processStarted(name: "p", incarnation: 0)), .kernel(.processKilled(name: "p")),
      ]
    )
  }

  // MARK: Pauses

  /// A process that ticks each millisecond, and one that sends it a number each millisecond.
  private func pausedWorld() -> (world: World, ticking: ProcessID) {
    let world = World()
    let ticking = world.start("p") { event, context in
      switch event {
      case .started, .message("tick", _): context.after(.milliseconds(1), "tick")
      default: break
      }
    }
    var sent = 0
    world.start("a") { _, context in
      guard sent < 10 else { return }
      context.send("\(sent)", to: ticking)
      sent += 1
      context.after(.milliseconds(1), "again")
    }
    return (world, ticking)
  }

  @Test func eventsOfAPausedProcessWaitInOrder() {
    let (world, ticking) = pausedWorld()
    _ = world.simulation.run(until: VirtualInstant(nanoseconds: 2_500_000))
    world.simulation.pause(ticking, for: .milliseconds(5))
    let before = world.log.filter { $0.hasPrefix("p ") }
    _ = world.simulation.run(until: .milliseconds(7))
    #expect(world.log.filter { $0.hasPrefix("p ") } == before)
    _ = world.simulation.run(until: VirtualInstant(nanoseconds: 7_500_000))
    let after = Array(world.log.filter { $0.hasPrefix("p ") }.dropFirst(before.count))
    #expect(after == ["p got tick"] + (3..<8).map { "p got \($0)" })
    #expect(world.instants(of: "p got 3") == [VirtualInstant(nanoseconds: 7_500_000)])
    _ = world.simulation.run(until: .milliseconds(100))
    let numbers = world.log.filter { $0.hasPrefix("p got") && !$0.hasSuffix("tick") }
    #expect(numbers == (0..<10).map { "p got \($0)" })
  }

  @Test func aLaterPauseReplacesAnEarlierOne() {
    let (world, ticking) = pausedWorld()
    _ = world.simulation.run(until: VirtualInstant(nanoseconds: 2_500_000))
    world.simulation.pause(ticking, for: .milliseconds(5))
    _ = world.simulation.run(until: VirtualInstant(nanoseconds: 4_500_000))
    world.simulation.pause(ticking, for: .milliseconds(20))
    _ = world.simulation.run(until: .milliseconds(24))
    #expect(!world.log.contains("p got 3"))
    _ = world.simulation.run(until: .milliseconds(40))
    #expect(world.instants(of: "p got 3") == [VirtualInstant(nanoseconds: 24_500_000)])
    let resumed = world.simulation.journal.items.filter {
      $0.entry == .kernel(.processResumed(name: "p"))
    }
    #expect(resumed.map(\.instant) == [VirtualInstant(nanoseconds: 24_500_000)])
  }

  @Test func connectionsToAPausedProcessStayOpen() {
    let world = World()
    let paused = world.start("p")
    world.start("a") { event, context in
      if case .started = event { context.connect(to: paused) }
    }
    _ = world.simulation.run(until: .zero)
    world.simulation.pause(paused, for: .seconds(9))
    #expect(world.simulation.run(until: .zero + .seconds(20)) == .idle)
    #expect(!world.log.contains { $0.contains("lost") || $0.contains("could not") })
  }

  @Test func aProcessKilledInItsPauseWakesNoMore() {
    let (world, ticking) = pausedWorld()
    _ = world.simulation.run(until: VirtualInstant(nanoseconds: 2_500_000))
    world.simulation.pause(ticking, for: .milliseconds(5))
    _ = world.simulation.run(until: .milliseconds(5))
    world.simulation.kill(ticking)
    let before = world.log.filter { $0.hasPrefix("p ") }
    world.run(.seconds(1))
    #expect(world.log.filter { $0.hasPrefix("p ") } == before)
    #expect(
      !world.simulation.journal.items.map(\.entry).contains(
        .kernel(.processResumed(name: "p"))
      )
    )
  }

  /// Effect and reply are one: else a process could die between them, and nobody would know.
  @Test func whatStorageWasAskedForBeforeAPauseHappensAfterIt() throws {
    let world = World()
    let paused = world.start("p") { event, context in
      if case .started = event { context.store(.write("f", [1])) { _ in "written" } }
    }
    _ = world.simulation.run(until: .milliseconds(1))
    world.simulation.pause(paused, for: .milliseconds(50))
    _ = world.simulation.run(until: .milliseconds(40))
    #expect(throws: StorageError.notFound(path: "f")) { try world.simulation.storage.read("f") }
    #expect(!world.log.contains("p got written"))
    world.run(.seconds(1))
    #expect(try world.instant(of: "p got written") == .milliseconds(51))
    #expect(try world.simulation.storage.read("f") == [1])
  }

  // MARK: Speed

  @Test func aSlowedProcessReturnsToItsSpeed() {
    let world = World()
    var speeds: [Int64] = []
    let slowed = world.start("p") { _, context in
      speeds.append(context.cpuPercent)
      context.after(.milliseconds(1), "tick")
    }
    _ = world.simulation.run(until: VirtualInstant(nanoseconds: 1_500_000))
    world.simulation.slow(slowed, percent: 300, for: .milliseconds(2))
    _ = world.simulation.run(until: VirtualInstant(nanoseconds: 5_500_000))
    #expect(speeds == [100, 100, 300, 300, 100, 100])
    let changes = world.simulation.journal.items.suffix(2)
    #expect(
      changes.map(\.entry) == [
        .kernel(.processSlowed(name: "p", percent: 300)),
        .kernel(.processSlowed(name: "p", percent: 100)),
      ]
    )
  }

  @Test func aLaterChangeOfSpeedOutlivesAnEarlierOne() {
    let world = World()
    var speeds: [Int64] = []
    let slowed = world.start("p") { _, context in
      speeds.append(context.cpuPercent)
      context.after(.milliseconds(1), "tick")
    }
    _ = world.simulation.run(until: .zero)
    world.simulation.slow(slowed, percent: 300, for: .milliseconds(3))
    _ = world.simulation.run(until: .milliseconds(1))
    world.simulation.slow(slowed, percent: 200)
    _ = world.simulation.run(until: .milliseconds(6))
    #expect(speeds == [100, 300, 200, 200, 200, 200, 200])
  }
}
