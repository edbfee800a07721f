import SimulationKernel
import Testing

/// Operations on what lies outside of every process.
@Suite struct OperationTests {
  /// A process that begins such an operation when it starts.
  private func start(
    in world: World,
    bytes: Int?,
    notBefore earliest: VirtualInstant = .distantPast
  ) -> ProcessID {
    world.start("p") { event, context in
      guard case .started = event else { return }
      context.operate(bytes: bytes, notBefore: earliest) { now in
        world.write("done at \(now.milliseconds)")
        return "reply"
      }
    }
  }

  private func world() -> World {
    var storage = StorageOptions()
    storage.latency = .milliseconds(2)
    storage.bytesPerSecond = 1_000_000
    return World(storage: storage)
  }

  @Test(arguments: [(0, 2), (5000, 7), (nil, 0)] as [(Int?, Int64)])
  func takeTheTimeOfStorage(bytes: Int?, milliseconds: Int64) {
    let world = world()
    _ = start(in: world, bytes: bytes)
    world.run(.seconds(1))
    #expect(world.log == ["p started", "done at \(milliseconds)", "p got reply"])
    #expect(world.instants(of: "p got reply") == [.milliseconds(milliseconds)])
  }

  @Test func keepAnOrderThatTheyAreGiven() {
    let world = world()
    _ = start(in: world, bytes: 0, notBefore: .milliseconds(9))
    world.run(.seconds(1))
    #expect(world.instants(of: "p got reply") == [.milliseconds(9)])
  }

  @Test func neverHappenWhenTheirProcessIsDead() {
    let world = world()
    let process = start(in: world, bytes: 0)
    world.run(.milliseconds(1))
    world.simulation.kill(process)
    world.run(.seconds(1))
    #expect(world.log == ["p started"])
  }

  @Test func waitForAProcessThatStandsStill() {
    let world = world()
    let process = start(in: world, bytes: 0)
    world.run(.milliseconds(1))
    world.simulation.pause(process, for: .milliseconds(50))
    world.run(.seconds(1))
    #expect(world.log == ["p started", "done at 51", "p got reply"])
  }
}
