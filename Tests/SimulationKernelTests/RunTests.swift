import SimulationKernel
import Testing

@Suite struct RunTests {
  /// A world with a process that has a timer at every millisecond and may note progress.
  private func ticking(notingProgress notes: @escaping (VirtualInstant) -> Bool) -> World {
    let world = World()
    world.start("p") { event, context in
      if notes(context.now) { context.noteProgress() }
      context.after(.milliseconds(1), "tick")
    }
    return world
  }

  @Test func standsAtTheLimitAfterwards() {
    let world = ticking { _ in true }
    let reason = world.simulation.run(until: VirtualInstant(nanoseconds: 2_500_000))
    #expect(reason == .reached)
    #expect(world.simulation.now == VirtualInstant(nanoseconds: 2_500_000))
    #expect(world.log == ["p started", "p got tick", "p got tick"])
  }

  @Test func handlesTheEventsOfTheLimitItself() {
    let world = ticking { _ in true }
    #expect(world.simulation.run(until: .milliseconds(3)) == .reached)
    #expect(world.log.count == 4)
    #expect(world.lines.last?.instant == .milliseconds(3))
  }

  @Test func staysWhereItIsWhenTheLimitIsPast() {
    let world = ticking { _ in true }
    _ = world.simulation.run(until: .milliseconds(10))
    #expect(world.simulation.run(until: .milliseconds(4)) == .reached)
    #expect(world.simulation.now == .milliseconds(10))
    #expect(world.log.count == 11)
  }

  @Test func isIdleWhenNothingCanHappenAnyMore() {
    let world = World()
    world.start("p") { event, context in
      if case .started = event { context.after(.milliseconds(7), "last") }
    }
    #expect(world.simulation.run(until: .milliseconds(3)) == .reached)
    #expect(world.simulation.run(until: .milliseconds(60_000)) == .idle)
    #expect(world.lines.last?.instant == .milliseconds(7))
    #expect(world.simulation.run(until: .milliseconds(60_000)) == .idle)
  }

  /// What is done to the world afterwards happens at the instant until which it was let run.
  @Test func standsAtTheLimitThoughNothingIsLeftToHappen() throws {
    let world = World()
    let process = world.start("p")
    #expect(world.simulation.run(until: .milliseconds(9)) == .idle)
    #expect(world.simulation.now == .milliseconds(9))
    world.simulation.inject("word", into: process)
    #expect(world.simulation.run(until: .distantFuture) == .idle)
    #expect(try world.instant(of: "p got word") == .milliseconds(9))
    #expect(world.simulation.now == .milliseconds(9))
  }

  @Test func stopsBeforeTheEventAtWhichTheConditionFails() {
    let world = ticking { _ in true }
    let reason = world.simulation.run(until: .milliseconds(100)) { world.log.count < 5 }
    #expect(reason == .stopped)
    #expect(world.log.count == 5)
    #expect(world.simulation.now == .milliseconds(4))
    #expect(world.simulation.run(until: .milliseconds(10)) == .reached)
    #expect(world.log.count == 11)
  }

  @Test func calledInPiecesIsTheSameRun() {
    func journal(step: VirtualDuration) -> [World.Line] {
      let world = World(seed: 9)
      let target = world.start("b")
      world.start("a") { _, context in
        context.send("m", to: target)
        context.after(.microseconds(730), "again")
      }
      while world.simulation.now < .milliseconds(20) { world.run(step) }
      return world.lines
    }
    #expect(journal(step: .milliseconds(20)) == journal(step: .microseconds(10)))
  }

  // MARK: Stuck

  @Test func isStuckWithoutProgressThoughTimersGoOn() {
    let world = ticking { $0 <= .milliseconds(5) }
    let reason = world.simulation.run(until: .milliseconds(100), stuckAfter: .milliseconds(10))
    #expect(reason == .stuck)
    #expect(world.simulation.now == .milliseconds(16))
    #expect(world.lines.last?.instant == .milliseconds(15))
  }

  @Test func isNotStuckWhileProgressIsNoted() {
    let world = ticking { $0.milliseconds % 10 == 0 }
    let reason = world.simulation.run(until: .milliseconds(100), stuckAfter: .milliseconds(10))
    #expect(reason == .reached)
    #expect(world.log.count == 101)
  }

  @Test func losesNoEventWhenItIsStuck() {
    let world = ticking { _ in false }
    for patience in [10, 20, 30] as [Int64] {
      let stuck = world.simulation.run(
        until: .milliseconds(100),
        stuckAfter: .milliseconds(patience)
      )
      #expect(stuck == .stuck)
    }
    #expect(world.log.count == 31)
    #expect(world.simulation.pendingEvents == 1)
  }

  @Test func goesOnInTheSameOrderAfterItWasStuck() {
    let world = World()
    world.start("p") { event, context in
      guard case .started = event else { return }
      context.after(.milliseconds(20), "a")
      context.after(.milliseconds(20), "b")
    }
    #expect(world.simulation.run(until: .milliseconds(50), stuckAfter: .milliseconds(10)) == .stuck)
    #expect(world.simulation.now == .milliseconds(20))
    _ = world.simulation.run(until: .milliseconds(50))
    #expect(world.log == ["p started", "p got a", "p got b"])
  }

  @Test func isNotStuckBeforeTheEventThatComesTooLate() {
    let world = World()
    world.start("p") { event, context in
      if case .started = event { context.after(.milliseconds(40), "late") }
    }
    let patience = VirtualDuration.milliseconds(10)
    #expect(world.simulation.run(until: .milliseconds(30), stuckAfter: patience) == .reached)
    #expect(world.simulation.now == .milliseconds(30))
    #expect(world.simulation.run(until: .milliseconds(50), stuckAfter: patience) == .stuck)
    #expect(world.simulation.now == .milliseconds(40))
  }

  @Test func isPatientForTenMinutesUnlessToldOtherwise() {
    let world = World()
    world.start("p") { _, context in context.after(.seconds(1), "tick") }
    #expect(world.simulation.run(until: .zero + .minutes(11)) == .stuck)
    #expect(world.simulation.now == .zero + .seconds(601))
  }

  @Test func countsPatienceFromTheFirstInstant() {
    let world = World(startingAt: VirtualInstant(nanoseconds: -20_000_000))
    world.start("p") { _, context in context.after(.milliseconds(1), "tick") }
    let reason = world.simulation.run(until: .milliseconds(9), stuckAfter: .milliseconds(15))
    #expect(reason == .stuck)
    #expect(world.simulation.now == VirtualInstant(nanoseconds: -4_000_000))
  }
}
