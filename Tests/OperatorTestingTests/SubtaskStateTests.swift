import StreamOperators
import DataStreamAPI
import OperatorTesting
import Testing

/// State of subtasks: lists, unions and broadcast state, restored as they are and by others in
/// number.
@Suite struct SubtaskStateTests {
  /// Adds numbers to a list and says, for a negative one, what is in it.
  struct Lists: ProcessFunction {
    private let numbers: OperatorListState<Int>

    init(_ context: FunctionContext, isUnion: Bool = false) throws {
      numbers =
        isUnion
        ? try context.unionListState(named: "numbers") : try context.listState(named: "numbers")
    }

    mutating func processElement(
      _ number: Int,
      _ context: FunctionContext,
      _ output: inout Collector<[Int]>
    ) {
      if number >= 0 { numbers.add(number) } else { output.collect(numbers.elements) }
    }
  }

  /// What each subtask has in its list.
  private func lists(_ harness: OperatorHarness<[Int]>) throws -> [[Int]] {
    harness.takeOutput()
    for _ in 0..<harness.parallelism { try harness.send(-1) }
    return (0..<harness.parallelism).flatMap { harness.records(ofSubtask: $0) }
  }

  @Test func aListGoesBackToItsSubtask() throws {
    let harness = try OperatorHarness(options: HarnessOptions(parallelism: 2)) { try Lists($0) }
    for number in 0..<6 { try harness.send(number) }
    let restored = try harness.restore(from: try harness.snapshot())
    #expect(try lists(restored) == [[0, 2, 4], [1, 3, 5]])
  }

  /// As Flink's `RoundRobinOperatorStateRepartitioner` splits lists: in runs as even as can be, the
  /// first ones longer.
  @Test func aListIsDividedEvenlyWhereTheParallelismChanges() throws {
    let harness = try OperatorHarness { try Lists($0) }
    for number in 0..<8 { try harness.send(number) }
    let snapshot = try harness.snapshot()
    let three = try harness.restore(from: snapshot, parallelism: 3)
    #expect(try lists(three) == [[0, 1, 2], [3, 4, 5], [6, 7]])
    let two = try three.restore(from: try three.snapshot(), parallelism: 2)
    #expect(try lists(two) == [[0, 1, 2, 3], [4, 5, 6, 7]])
    let one = try two.restore(from: try two.snapshot(), parallelism: 1)
    #expect(try lists(one) == [[0, 1, 2, 3, 4, 5, 6, 7]])
    let nine = try harness.restore(from: snapshot, parallelism: 9)
    #expect(try lists(nine) == (0..<8).map { [$0] } + [[]])
  }

  @Test(arguments: [1, 2, 3])
  func aUnionIsSeenByAll(parallelism: Int) throws {
    let harness = try OperatorHarness(options: HarnessOptions(parallelism: 2)) {
      try Lists($0, isUnion: true)
    }
    for number in 0..<4 { try harness.send(number) }
    let restored = try harness.restore(from: try harness.snapshot(), parallelism: parallelism)
    #expect(
      try lists(restored) == Array(repeating: [0, 2, 1, 3], count: parallelism)
    )
  }

  /// Asks for its state only when a record comes.
  struct Lazy: ProcessFunction {
    static let ignored = 1_000
    var isUnion = false

    func processElement(
      _ number: Int,
      _ context: FunctionContext,
      _ output: inout Collector<[Int]>
    ) throws {
      if number == Self.ignored { return }
      let numbers: OperatorListState<Int> =
        isUnion
        ? try context.unionListState(named: "numbers") : try context.listState(named: "numbers")
      if number >= 0 { numbers.add(number) } else { output.collect(numbers.elements) }
    }
  }

  /// Only those that had something write something; who had what, and how many there were, is known
  /// all the same.
  @Test func subtasksThatHaveNothingDoNotConfuseTheOthers() throws {
    let harness = try OperatorHarness(options: HarnessOptions(parallelism: 3)) { _ in Lazy() }
    for number in [0, Lazy.ignored, 2] { try harness.send(number) }
    let snapshot = try harness.snapshot()
    #expect(try lists(harness.restore(from: snapshot)) == [[0], [], [2]])
    #expect(try lists(harness.restore(from: snapshot, parallelism: 2)) == [[0], [2]])
  }

  /// A state that nobody asked for since the restore is in the next snapshot all the same.
  @Test(arguments: [false, true], [1, 2, 3])
  func whatNobodyAskedForIsKept(isUnion: Bool, parallelism: Int) throws {
    let harness = try OperatorHarness(options: HarnessOptions(parallelism: 2)) { _ in
      Lazy(isUnion: isUnion)
    }
    for number in 0..<6 { try harness.send(number) }
    let once = try harness.restore(from: try harness.snapshot(), parallelism: parallelism)
    let twice = try once.restore(from: try once.snapshot(), parallelism: 1)
    #expect(try lists(twice).map { $0.sorted() } == [[0, 1, 2, 3, 4, 5]])
  }

  struct Rules: BroadcastProcessFunction {
    static let rules = BroadcastStateDescriptor<String, Int>("rules")

    func processElement(
      _ word: String,
      _ context: ReadOnlyBroadcastContext,
      _ output: inout Collector<String>
    ) throws {
      let rules = try context.broadcastState(Self.rules)
      let all = rules.entries.map { "\($0.key)\($0.value)" }.joined(separator: " ")
      output.collect("\(word): \(all)")
    }

    func processBroadcastElement(
      _ rule: Item,
      _ context: BroadcastContext,
      _ output: inout Collector<String>
    ) throws {
      try context.broadcastState(Self.rules)[rule.key] = rule.value == 0 ? nil : rule.value
      if context.subtask == 0 { output.collect("\(rule.key) is known") }
    }
  }

  @Test func everySubtaskSeesWhatIsBroadcast() throws {
    let harness = try OperatorHarness(options: HarnessOptions(parallelism: 3)) { _ in Rules() }
    try harness.send(Item("b", 0, value: 2), to: 1)
    try harness.send(Item("a", 1, value: 1), to: 1)
    try harness.send(Item("b", 2, value: 3), to: 1)
    for word in ["x", "y", "z"] { try harness.send(word) }
    try harness.send(Item("b", 3, value: 0), to: 1)
    try harness.send(Item("b", 3, value: 5), to: 1)
    try harness.send("x")
    #expect(
      harness.records == [
        "b is known", "a is known", "b is known", "x: b3 a1", "y: b3 a1", "z: b3 a1",
        "b is known", "b is known", "x: a1 b5",
      ]
    )
    #expect(harness.records(ofSubtask: 1) == ["y: b3 a1"])
  }

  /// Nothing comes between the restores: the rules must not be forgotten on the way.
  @Test(arguments: [1, 2, 4], [1, 3])
  func broadcastStateIsKeptAtAnyParallelism(first: Int, second: Int) throws {
    let harness = try OperatorHarness(options: HarnessOptions(parallelism: 2)) { _ in Rules() }
    try harness.send(Item("b", 0, value: 2), to: 1)
    try harness.send(Item("a", 1, value: 1), to: 1)
    let once = try harness.restore(from: try harness.snapshot(), parallelism: first)
    let twice = try once.restore(from: try once.snapshot(), parallelism: second)
    for _ in 0..<second { try twice.send("x") }
    #expect(twice.records == Array(repeating: "x: b2 a1", count: second))
  }

  @Test func aNameIsForOneKindOfState() throws {
    struct Confused: ProcessFunction {
      func processElement(
        _ number: Int,
        _ context: FunctionContext,
        _ output: inout Collector<Int>
      ) throws {
        _ = try context.listState(named: "numbers", of: Int.self)
        _ = try context.unionListState(named: "numbers", of: Int.self)
      }
    }
    let harness = try OperatorHarness { _ in Confused() }
    let failure = #expect(throws: OperatorFailure.self) { try harness.send(1) }
    #expect(failure?.underlying as? OperatorStateError == .nameTaken(name: "numbers", kind: "list"))
  }

  @Test func aFunctionSaysItsLastAtTheEnd() throws {
    struct Last: ProcessFunction, BoundedOneInput {
      func processElement(
        _ number: Int,
        _ context: FunctionContext,
        _ output: inout Collector<String>
      ) {
        output.collect("\(number) at \(context.timestamp ?? -1)")
      }
      func endInput(_ context: FunctionContext, _ output: inout Collector<String>) {
        let isOver = context.currentWatermark == .max
        output.collect("last, \(isOver ? "over" : "not over"), time \(context.timestamp ?? -1)")
      }
    }
    let harness = try OperatorHarness { _ in Last() }
    try harness.send(1, at: 5)
    try harness.endOfInput()
    #expect(
      harness.lines == ["1 at 5@5", "watermark max", "last, over, time -1", "end"]
    )
    // What has ended stays so.
    let restored = try harness.restore(from: try harness.snapshot())
    #expect(restored.isFinished)
    #expect(restored.lines == [])
  }
}
