import SimulationKernel
import Testing

@Suite struct StorageTests {
  private func options(capacity: Int? = nil) -> StorageOptions {
    var options = StorageOptions()
    options.latency = .milliseconds(2)
    options.bytesPerSecond = 1_000_000
    options.capacity = capacity
    return options
  }

  /// Starts a process that asks storage for these one after the other, and logs each result.
  @discardableResult
  private func start(_ operations: [StorageOperation], in world: World) -> ProcessID {
    var rest = operations[...]
    return world.start("p") { _, context in
      guard let operation = rest.popFirst() else { return }
      context.store(operation) { result in
        switch result {
        case .success(let bytes): "\(bytes)"
        case .failure(let error): error.description
        }
      }
    }
  }

  private func results(of operations: [StorageOperation], capacity: Int? = nil) -> [String] {
    let world = World(storage: options(capacity: capacity))
    start(operations, in: world)
    world.run(.seconds(10))
    return world.log.dropFirst().map { String($0.dropFirst("p got ".count)) }
  }

  @Test func givesBackWhatWasWritten() {
    #expect(
      results(of: [
        .write("a", [1, 2]), .write("b", [3]), .read("a"), .write("a", [4]), .read("a"),
        .rename("a", to: "b"), .read("b"), .read("a"), .remove("b"), .read("b"), .remove("b"),
      ]) == [
        "[]", "[]", "[1, 2]", "[]", "[4]", "[]", "[4]", "no object a in storage", "[]",
        "no object b in storage", "[]",
      ]
    )
  }

  @Test func renamesNothingThatIsNotThere() {
    #expect(
      results(of: [.write("b", [9]), .rename("a", to: "b"), .read("b")])
        == ["[]", "no object a in storage", "[9]"]
    )
  }

  @Test func takesItsTimeForMoreThanNanosecondsCanCount() {
    let world = World(storage: options())
    for charge in [9_223_372_036, 9_223_372_037, 10_000_000_000, Int.max] {
      world.start("p") { event, context in
        guard case .started = event else { return }
        context.store(.write("a", [1]), charge: charge) { _ in "written" }
      }
    }
    // 9.2 GB at 1 MB/s take 154 minutes, 10 GB take 167.
    let patience = VirtualDuration.minutes(1000)
    _ = world.simulation.run(until: .zero + .minutes(160), stuckAfter: patience)
    #expect(world.log.filter { $0.hasSuffix("written") }.count == 2)
    _ = world.simulation.run(until: .zero + .minutes(170), stuckAfter: patience)
    #expect(world.log.filter { $0.hasSuffix("written") }.count == 3)
  }

  @Test func takesLatencyAndTransferTime() {
    let world = World(storage: options())
    start(
      [.write("a", Array(repeating: 0, count: 5000)), .read("a"), .read("b"), .remove("a")],
      in: world
    )
    world.run(.seconds(10))
    #expect(world.lines.map(\.instant.milliseconds) == [0, 7, 14, 16, 18])
  }

  @Test func aWriteIsThereWhenItIsCompleteAndNotBefore() throws {
    let world = World(storage: options())
    start([.write("a", Array(repeating: 7, count: 1000))], in: world)
    _ = world.simulation.run(until: VirtualInstant(nanoseconds: 2_999_999))
    #expect(try world.simulation.storage.list("") == [])
    _ = world.simulation.run(until: .milliseconds(3))
    #expect(try world.simulation.storage.list("") == ["a"])
  }

  @Test(arguments: [StorageOperation.write("a", [1]), .remove("old"), .rename("old", to: "new")])
  func aDeadWriterLeavesNoTrace(operation: StorageOperation) throws {
    let world = World(storage: options())
    start([.write("old", [5])], in: world)
    _ = world.simulation.run(until: .milliseconds(10))
    let victim = start([operation], in: world)
    #expect(world.run(.milliseconds(1)) == .reached)
    world.simulation.kill(victim)
    world.run(.seconds(1))
    #expect(try world.simulation.storage.list("") == ["old"])
    #expect(try world.simulation.storage.read("old") == [5])
  }

  @Test func whatTheDeadWroteBeforeStays() throws {
    let world = World(storage: options())
    let victim = start([.write("a", [1])], in: world)
    _ = world.simulation.run(until: .milliseconds(10))
    world.simulation.kill(victim)
    #expect(try world.simulation.storage.read("a") == [1])
  }

  @Test func refusesWritesWhileItFails() throws {
    let world = World(storage: options())
    start(
      [.write("a", [1]), .write("b", [2]), .remove("a"), .rename("a", to: "c"), .read("a")],
      in: world
    )
    _ = world.simulation.run(until: .milliseconds(3))
    world.simulation.setStorageFailing(true)
    _ = world.simulation.run(until: .milliseconds(20))
    let why = "injected failure"
    #expect(
      world.log.dropFirst(2) == [
        "p got storage failed on b: \(why)", "p got storage failed on a: \(why)",
        "p got storage failed on a: \(why)", "p got [1]",
      ]
    )
    world.simulation.setStorageFailing(false)
    start([.write("b", [2])], in: world)
    world.run(.seconds(1))
    #expect(try world.simulation.storage.list("") == ["a", "b"])
  }

  @Test func refusesWhatDoesNotFit() {
    #expect(
      results(
        of: [
          .write("a", [1, 2, 3]), .write("b", [1, 2, 3]), .write("c", [1, 2]), .read("b"),
          .write("d", [1]),
        ],
        capacity: 5
      ) == [
        "[]", "storage is full: b would exceed its 5 bytes", "[]", "no object b in storage",
        "storage is full: d would exceed its 5 bytes",
      ]
    )
  }

  @Test func listsAPrefixSortedByBytes() throws {
    let paths = ["b/2", "a/1", "b/10", "b/ä", "b/z", "b", "c/1", "b/Z"]
    let world = World(storage: options())
    start(paths.map { .write($0, []) }, in: world)
    world.run(.seconds(1))
    #expect(
      try world.simulation.storage.list("b/") == ["b/10", "b/2", "b/Z", "b/z", "b/ä"]
    )
    #expect(try world.simulation.storage.list("").count == 8)
    #expect(try world.simulation.storage.list("x") == [])
  }

  @Test func processesSeeTheSameList() {
    let world = World(storage: options())
    start([.write("a", []), .write("b", [])], in: world)
    world.run(.seconds(1))
    var seen: [String] = []
    world.start("q") { _, context in seen = (try? context.listStorage("")) ?? ["failed"] }
    world.run(.seconds(1))
    #expect(seen == ["a", "b"])
  }

  @Test func observersTakeObjectsAway() throws {
    let world = World(storage: options())
    start([.write("a", [8])], in: world)
    world.run(.seconds(1))
    world.simulation.setStorageFailing(true)
    #expect(try world.simulation.takeObject("a") == [8])
    #expect(throws: StorageError.notFound(path: "a")) { try world.simulation.takeObject("a") }
  }
}
