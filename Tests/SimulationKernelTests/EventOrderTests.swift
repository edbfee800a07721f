import SimulationKernel
import Testing

@Suite struct EventOrderTests {
  /// Delays in order of scheduling, in milliseconds, several of them equal.
  private static let delays: [Int64] = [5, 1, 3, 1, 0, 5, 0, 3, 2, 1, 0, 5]

  @Test func handlesEventsByInstantThenByOrderOfScheduling() {
    let world = World()
    world.start("p") { event, context in
      guard case .started = event else { return }
      for (index, delay) in Self.delays.enumerated() {
        context.after(.milliseconds(delay), "\(delay)/\(index)")
      }
    }
    #expect(world.run(.seconds(1)) == .idle)
    let expected = Self.delays.enumerated().sorted {
      ($0.element, $0.offset) < ($1.element, $1.offset)
    }
    #expect(world.log == ["p started"] + expected.map { "p got \($0.element)/\($0.offset)" })
    #expect(
      world.lines.dropFirst().map(\.instant) == expected.map { .milliseconds($0.element) }
    )
  }

  /// Places in the queue are used again; a fresh event must not inherit the order of an old one.
  @Test(arguments: 1...8)
  func keepsOrderWhileEventsComeAndGo(seed: UInt64) {
    let world = World(seed: seed)
    var random = RandomStream(seed: seed, name: "delays")
    var scheduled: [(due: VirtualInstant, number: Int)] = []
    var handled: [Int] = []
    world.start("p") { event, context in
      if case .message(let message, _) = event { handled.append(Int(message) ?? -1) }
      for _ in 0..<3 where scheduled.count < 600 {
        let delay = VirtualDuration.microseconds(Int64(random.below(6)))
        scheduled.append((context.now + delay, scheduled.count))
        context.after(delay, "\(scheduled.count - 1)")
      }
    }
    #expect(world.run(.seconds(1)) == .idle)
    #expect(handled == scheduled.sorted { ($0.due, $0.number) < ($1.due, $1.number) }.map(\.number))
    #expect(handled.count == 600)
    #expect(world.simulation.handledEvents == 601)
    #expect(world.simulation.pendingEvents == 0)
  }

  /// Near and far events wait in different heaps, and move from one to the other.
  @Test(arguments: 1...20)
  func keepsOrderOverDelaysOfAllSizes(seed: UInt64) {
    let world = World(seed: seed, startingAt: VirtualInstant(nanoseconds: -1_000))
    var random = RandomStream(seed: seed, name: "delays")
    var scheduled: [(due: VirtualInstant, number: Int)] = []
    var handled: [Int] = []
    world.start("p") { event, context in
      if case .message(let message, _) = event { handled.append(Int(message) ?? -1) }
      for _ in 0..<3 where scheduled.count < 500 {
        let size: Int64 = 1 << Int64(random.below(50))
        let delay = VirtualDuration.nanoseconds(random.chance(1, in: 4) ? 0 : size)
        scheduled.append((context.now + delay, scheduled.count))
        context.after(delay, "\(scheduled.count - 1)")
      }
    }
    var limit = VirtualInstant(nanoseconds: -1_000)
    for step in 0..<60 {
      limit = limit + .nanoseconds(1 << Int64(step))
      _ = world.simulation.run(until: limit, stuckAfter: .nanoseconds(.max))
      #expect(handled.count == scheduled.count { $0.due <= limit })
    }
    #expect(handled == scheduled.sorted { ($0.due, $0.number) < ($1.due, $1.number) }.map(\.number))
    #expect(handled.count == 500)
  }

  @Test(arguments: 1...8)
  func neverGoesBackInTime(seed: UInt64) {
    let world = World(seed: seed, startingAt: VirtualInstant(nanoseconds: -2_000_000_000))
    var names: [ProcessID] = []
    for index in 0..<4 {
      let id = world.start("p\(index)") { event, context in
        guard case .message(let message, _) = event, message.count < 10 else { return }
        context.after(.microseconds(Int64(message.count) * 37 % 11), message + "t")
        context.send(message + "s", to: names[(index + message.count) % names.count])
      }
      names.append(id)
    }
    names.forEach { world.simulation.inject("x", into: $0) }
    world.simulation.kill(names[3])
    _ = world.simulation.run(until: .milliseconds(500))
    let instants = world.lines.map(\.instant)
    #expect(instants.count > 1000)
    #expect(zip(instants, instants.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(instants.first == VirtualInstant(nanoseconds: -2_000_000_000))
  }

  @Test func handsAMessageToItselfOverAtOnce() {
    let world = World()
    world.start("p") { event, context in
      guard case .started = event else { return }
      context.after(.zero, "timer")
      context.send("word", to: context.id)
    }
    world.run(.seconds(1))
    #expect(world.log == ["p started", "p got timer", "p got word"])
    #expect(world.lines.allSatisfy { $0.instant == .zero })
  }

  @Test func injectsCommandsIntoTheLivingOnly() {
    let world = World()
    let dead = world.start("dead")
    let living = world.start("living")
    world.simulation.kill(dead)
    world.simulation.inject("a", into: dead)
    world.simulation.inject("b", into: living)
    world.run(.seconds(1))
    #expect(world.log == ["living started", "living got b"])
  }

  @Test(arguments: ["after", "pause", "slow"])
  func refusesADelayIntoThePast(_ call: String) async {
    await #expect(processExitsWith: .failure) { [call] in
      let world = World(startingAt: .milliseconds(10))
      let process = world.start("p") { event, context in
        guard case .started = event, call == "after" else { return }
        context.after(.nanoseconds(-5), "past")
      }
      if call == "pause" { world.simulation.pause(process, for: .nanoseconds(-5)) }
      if call == "slow" { world.simulation.slow(process, percent: 200, for: .nanoseconds(-5)) }
      world.run(.seconds(1))
    }
  }
}
