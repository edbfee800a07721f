import StreamModel
import StreamOperators
import Connectors
import DataStreamAPI
import OperatorTesting
import Testing

/// What a learner could write about a function, and what the harness says to mistakes.
@Suite struct OperatorHarnessTests {
  struct Landing: Codable, Sendable {
    var plane: String
    var isLate = false

    init(_ plane: String, isLate: Bool = false) {
      self.plane = plane
      self.isLate = isLate
    }
  }

  struct Alarm: Codable, Equatable, Sendable {
    var plane: String

    init(_ plane: String) { self.plane = plane }
  }

  /// Sounds an alarm four seconds after a landing, unless the plane lands again before that.
  struct Overdue: KeyedProcessFunction {
    static let late = OutputTag<Landing>("late")
    private let due: ValueState<Int64>

    init(_ context: KeyedFunctionContext<String>) throws {
      due = try context.valueState(named: "due")
    }

    mutating func processElement(
      _ landing: Landing,
      _ context: KeyedFunctionContext<String>,
      _ output: inout Collector<Alarm>
    ) throws {
      guard let time = context.timestamp else { throw Mishap() }
      if landing.isLate { context.output(Self.late, landing) }
      if let due = due.value() { context.timerService.deleteEventTimeTimer(due) }
      due.update(time + 4_000)
      context.timerService.registerEventTimeTimer(time + 4_000)
    }

    mutating func onTimer(
      _ timestamp: Int64,
      _ context: KeyedFunctionContext<String>,
      _ output: inout Collector<Alarm>
    ) {
      due.clear()
      output.collect(Alarm(context.currentKey ?? "?"))
    }
  }

  @Test func tellsAStory() throws {
    let harness = try OperatorHarness(keyedBy: \Landing.plane, Overdue.init)
    try harness.send(Landing("N1"), at: 1_000)
    try harness.send(Landing("N2", isLate: true), at: 2_000)
    try harness.advanceWatermark(to: 4_999)
    #expect(harness.records.isEmpty)
    #expect(try harness.snapshot().eventTimeTimers() == 2)
    try harness.advanceWatermark(to: 5_000)
    #expect(harness.timedRecords == [TimedRecord(Alarm("N1"), at: 5_000)])
    #expect(harness.records(of: Overdue.late).map(\.plane) == ["N2"])
    try harness.endOfInput()
    #expect(harness.records == [Alarm("N1"), Alarm("N2")])
    #expect(try harness.snapshot().keyedEntries() == 0)
  }

  @Test func takesAnyFactoryWithItsKeys() throws {
    let harness = try OperatorHarness(
      .keyedProcess(by: KeySelector(\.plane), Overdue.init),
      keyedBy: \Landing.plane,
      emitting: Alarm.self
    )
    try harness.send([
      TimedRecord(Landing("N1"), at: 1_000), TimedRecord(Landing("N1"), at: 3_000),
    ])
    try harness.advanceWatermark(to: 5_000)
    #expect(harness.lines == ["watermark 5000"])
    harness.takeOutput()
    try harness.advanceWatermark(to: 7_000)
    #expect(harness.output == [.record(Alarm("N1"), at: 7_000), .watermark(7_000)])
  }

  @Test func takesTheOperatorOfAProgram() throws {
    let harness = try OperatorHarness { (numbers: DataStream<Item>) in
      numbers.keyBy(\.key).window(.tumblingEventTime(.milliseconds(10))).reduce {
        Item($0.key, $1.id, value: $0.value + $1.value)
      }
    }
    try harness.send(Item("a", 1, value: 3), at: 1)
    try harness.send(Item("a", 2, value: 4), at: 9)
    try harness.send(Item("a", 3, value: 5), at: 10)
    try harness.advanceWatermark(to: 9)
    #expect(harness.lines == ["a2=7@9", "watermark 9"])
  }

  @Test func takesTheOperatorOfAProgramOfTwoStreams() throws {
    let harness = try OperatorHarness(options: HarnessOptions(parallelism: 2)) {
      (items: DataStream<Item>, words: DataStream<String>) in
      items.connect(words).map({ $0.key }, { $0 })
    }
    for id in 0..<4 { try harness.send(Item("i\(id)", id)) }
    try harness.send("word", to: 1)
    #expect(harness.records == ["i0", "i1", "i2", "i3", "word"])
    #expect(harness.records(ofSubtask: 0) == ["i0", "i2", "word"])
  }

  @Test func refusesProgramsOfSeveralOperators() {
    #expect(throws: HarnessError.notOneOperator(["Map", "Filter"])) {
      try OperatorHarness { (items: DataStream<Item>) in
        items.map { $0 }.filter { _ in true }
      }
    }
    #expect(throws: HarnessError.notOneOperator([])) {
      try OperatorHarness { (items: DataStream<Item>) in items }
    }
  }

  // MARK: Several subtasks

  @Test func dealsKeysOutAsAClusterDoes() throws {
    let harness = try OperatorHarness(
      .reduce(by: KeySelector(\Item.key)) { Item($0.key, $1.id, value: $0.value + $1.value) },
      keyedBy: \Item.key,
      emitting: Item.self,
      options: HarnessOptions(parallelism: 3)
    )
    let keys = ["a", "b", "c", "d", "e", "f"]
    for (id, key) in (keys + keys).enumerated() { try harness.send(Item(key, id)) }
    for subtask in 0..<3 {
      let owned = keys.filter { key in
        let group = KeyGroupAssignment.keyGroup(ofHash: key.javaHash, maxParallelism: 128)
        let owner = KeyGroupAssignment.operatorIndex(
          of: group,
          maxParallelism: 128,
          parallelism: 3
        )
        return owner == subtask
      }
      #expect(
        harness.records(ofSubtask: subtask).map { "\($0.key)\($0.value)" }
          == owned.map { "\($0)1" } + owned.map { "\($0)2" }
      )
    }
  }

  @Test func saysWatermarksOnceForAllSubtasks() throws {
    let harness = try OperatorHarness(
      .map { (number: Int) in number * 2 },
      taking: Int.self,
      emitting: Int.self,
      options: HarnessOptions(parallelism: 2)
    )
    try harness.send([TimedRecord(1, at: 5), TimedRecord(2), TimedRecord(3, at: 7)])
    try harness.advanceWatermark(to: 9)
    try harness.setIdle()
    try harness.advanceWatermark(to: 12)
    try harness.setIdle(false)
    _ = try harness.snapshot()
    try harness.endOfInput()
    #expect(
      harness.lines == [
        "2@5", "4", "6@7", "watermark 9", "idle", "active", "barrier 1", "watermark max", "end",
      ]
    )
    #expect(harness.isFinished)
  }

  // MARK: Mistakes

  private func doubling() throws -> OperatorHarness<Int> {
    try OperatorHarness(.map { (number: Int) in number * 2 }, taking: Int.self)
  }

  @Test func refusesWhatTheOperatorCannotTake() throws {
    let harness = try doubling()
    #expect(throws: HarnessError.wrongType("String", input: 0)) { try harness.send("one") }
    #expect(throws: HarnessError.noInput(1, inputs: 1)) { try harness.send(1, to: 1) }
    #expect(throws: HarnessError.noInput(-1, inputs: 1)) { try harness.setIdle(input: -1) }
    try harness.endOfInput()
    #expect(throws: HarnessError.inputEnded(0)) { try harness.send(1) }
    #expect(throws: HarnessError.inputEnded(0)) { try harness.advanceWatermark(to: 1, on: 0) }
    #expect(throws: HarnessError.wrongInputs(2, ofOperator: 1)) {
      try OperatorHarness<Int>(
        .map { (number: Int) in number },
        inputs: [.inTurn(Int.self), .inTurn(Int.self)]
      )
    }
  }

  @Test func timeOnlyGoesForward() throws {
    let harness = try doubling()
    try harness.advanceProcessingTime(to: 10)
    try harness.advanceProcessingTime(by: .milliseconds(5))
    #expect(harness.processingTime == 15)
    #expect(throws: HarnessError.timeGoesBack(from: 15, to: 14)) {
      try harness.advanceProcessingTime(to: 14)
    }
  }

  @Test func aFailureEndsTheAttemptAndASnapshotOutlivesIt() throws {
    let harness = try OperatorHarness(keyedBy: \Landing.plane, Overdue.init)
    try harness.send(Landing("N1"), at: 1_000)
    let snapshot = try harness.snapshot()
    let failure = #expect(throws: OperatorFailure.self) { try harness.send(Landing("N1")) }
    #expect(failure?.operatorName == "operator")
    #expect(failure?.underlying is Mishap)
    #expect(throws: HarnessError.attemptFailed) { try harness.advanceWatermark(to: 5_000) }
    let restored = try harness.restore(from: snapshot)
    try restored.advanceWatermark(to: 5_000)
    #expect(restored.records == [Alarm("N1")])
  }

  @Test func aSnapshotIsIndependentOfWhatFollows() throws {
    let harness = try OperatorHarness(keyedBy: \Landing.plane, Overdue.init)
    try harness.send(Landing("N1"), at: 1_000)
    let snapshot = try harness.snapshot()
    try harness.send(Landing("N1"), at: 9_000)
    for parallelism in [1, 2, 3] {
      let restored = try harness.restore(from: snapshot, parallelism: parallelism)
      #expect(restored.parallelism == parallelism)
      try restored.advanceWatermark(to: 8_000)
      #expect(restored.timedRecords == [TimedRecord(Alarm("N1"), at: 5_000)])
    }
  }

  // MARK: Sinks

  @Test func rowsOfASinkBecomeVisibleWithTheirCheckpoint() throws {
    let harness = try OperatorHarness<Never>(
      .sink { _ in LineSerializer<Int> { number, bytes in bytes += "\(number)".utf8 } },
      taking: Int.self
    )
    try harness.send(1)
    let first = try harness.snapshot()
    try harness.send(2)
    #expect(harness.visibleText == "")
    harness.completeCheckpoint(first.checkpoint)
    #expect(harness.visibleText == "1\n")
    // What was written after the snapshot is gone; what the snapshot holds is committed anew.
    let restored = try harness.restore(from: first)
    #expect(restored.visibleText == "1\n")
    try restored.send(3)
    restored.completeCheckpoint(try restored.snapshot().checkpoint)
    #expect(restored.visibleText == "1\n3\n")
  }
}
