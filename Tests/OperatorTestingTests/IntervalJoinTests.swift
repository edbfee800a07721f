import StreamOperators
import DataStreamAPI
import OperatorTesting
import Testing

/// Joins by intervals, as Flink's `IntervalJoinOperatorTest` asks about them.
@Suite struct IntervalJoinTests {
  static let lateLeft = OutputTag<Item>("late-left")
  static let lateRight = OutputTag<Item>("late-right")

  private func harness(_ lower: Int64, _ upper: Int64) throws -> OperatorHarness<String> {
    var join = IntervalJoin<Item, Item>(lowerBound: lower, upperBound: upper)
    join.lateLeft = Self.lateLeft
    join.lateRight = Self.lateRight
    return try OperatorHarness(
      .intervalJoin(join, by: KeySelector(\Item.key), KeySelector(\Item.key)) {
        left,
        right,
        context,
        output in
        let time = context.timestamp ?? -1
        output.collect(
          "\(left.id) \(right.id) at \(context.leftTimestamp) \(context.rightTimestamp) \(time)"
        )
      },
      keyedBy: \Item.key,
      and: \Item.key,
      emitting: String.self
    )
  }

  /// Which times of a right element meet a left one at 100.
  private func met(_ lower: Int64, _ upper: Int64, leftFirst: Bool) throws -> [Int64] {
    let harness = try harness(lower, upper)
    if leftFirst { try harness.send(Item("a", 0), at: 100) }
    for time in Int64(50)..<150 { try harness.send(Item("a", Int(time)), at: time, to: 1) }
    if !leftFirst { try harness.send(Item("a", 0), at: 100) }
    return harness.records.compactMap { line in
      line.split(separator: " ").dropFirst(4).first.flatMap { Int64(String($0)) }
    }
  }

  @Test(arguments: [(-5, 10), (10, 30), (-30, -10), (0, 0), (-5, 0), (0, 5)], [false, true])
  func bothBoundsBelongToTheInterval(bounds: (Int64, Int64), leftFirst: Bool) throws {
    let times = try met(bounds.0, bounds.1, leftFirst: leftFirst)
    #expect(times == Array(100 + bounds.0...100 + bounds.1))
  }

  @Test func boundsCanBeExcluded() throws {
    let harness = try OperatorHarness { (left: DataStream<Item>, right: DataStream<Item>) in
      left.keyBy(\.key)
        .intervalJoin(right.keyBy(\.key), between: .milliseconds(-2), and: .milliseconds(2))
        .lowerBoundExclusive().upperBoundExclusive()
        .process(emitting: Int.self) { _, right, _, output in output.collect(right.id) }
    }
    try harness.send(Item("a", 0), at: 100)
    for time in 97...103 { try harness.send(Item("a", time), at: Int64(time), to: 1) }
    #expect(harness.records == [99, 100, 101])
  }

  @Test func aPairHasTheLaterTime() throws {
    let harness = try harness(-20, 20)
    try harness.send(Item("a", 1), at: 100)
    try harness.send(Item("a", 2), at: 90, to: 1)
    try harness.send(Item("a", 3), at: 110, to: 1)
    try harness.send(Item("b", 4), at: 110, to: 1)
    try harness.send(Item("a", 5), at: 95)
    #expect(
      harness.lines == [
        "1 2 at 100 90 100@100", "1 3 at 100 110 110@110", "5 2 at 95 90 95@95",
        "5 3 at 95 110 110@110",
      ]
    )
  }

  @Test func partnersAreMetInTheOrderOfTheirTimesAndThenOfTheirComing() throws {
    let harness = try harness(-20, 20)
    for (id, time) in [(1, 105), (2, 95), (3, 105), (4, 100)] as [(Int, Int64)] {
      try harness.send(Item("a", id), at: time, to: 1)
    }
    try harness.send(Item("a", 0), at: 100)
    #expect(
      harness.records.compactMap { $0.split(separator: " ").dropFirst().first } == [
        "2", "4", "1", "3",
      ]
    )
  }

  /// As Flink's `isLate`: late is what is before the watermark, not what meets it.
  @Test func whatIsBeforeTheWatermarkIsLate() throws {
    let harness = try harness(-20, 20)
    try harness.send(Item("a", 1), at: 100)
    try harness.send(Item("a", 2), at: 100, to: 1)
    try harness.advanceWatermark(to: 100)
    try harness.send(Item("a", 3), at: 99)
    try harness.send(Item("a", 4), at: 99, to: 1)
    try harness.send(Item("a", 5), at: 100)
    try harness.send(Item("a", 6), at: 100, to: 1)
    #expect(harness.timedRecords(of: Self.lateLeft) == [TimedRecord(Item("a", 3), at: 99)])
    #expect(harness.timedRecords(of: Self.lateRight) == [TimedRecord(Item("a", 4), at: 99)])
    let pairs = harness.records.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
    #expect(pairs == ["1 2", "5 2", "1 6", "5 6"])
  }

  @Test func theSlowerInputSaysWhatIsLate() throws {
    let harness = try harness(-20, 20)
    try harness.advanceWatermark(to: 200, on: 0)
    try harness.send(Item("a", 1), at: 100)
    try harness.send(Item("a", 2), at: 100, to: 1)
    #expect(harness.records.count == 1)
    try harness.advanceWatermark(to: 101, on: 1)
    try harness.send(Item("a", 3), at: 100)
    #expect(harness.records(of: Self.lateLeft).map(\.id) == [3])
  }

  @Test func anElementWithoutTimeFailsTheJob() throws {
    let harness = try harness(-20, 20)
    let failure = #expect(throws: OperatorFailure.self) { try harness.send(Item("a", 1)) }
    #expect(failure?.underlying is MissingTimestamp)
  }

  /// How many keys wait after each watermark: those are forgotten that can meet nobody any more.
  private func waiting(
    _ lower: Int64,
    _ upper: Int64,
    input: Int,
    watermarks: [Int64]
  ) throws -> [Int] {
    let harness = try harness(lower, upper)
    try harness.send(Item("a", 1), at: 100, to: input)
    return try watermarks.map { watermark in
      try harness.advanceWatermark(to: watermark)
      return try harness.snapshot().keyedEntries()
    }
  }

  @Test func elementsAreForgottenWhenNobodyCanMeetThemAnyMore() throws {
    #expect(try waiting(-20, 30, input: 0, watermarks: [100, 129, 130]) == [1, 1, 0])
    #expect(try waiting(-20, 30, input: 1, watermarks: [100, 119, 120]) == [1, 1, 0])
    #expect(try waiting(10, 30, input: 1, watermarks: [99, 100]) == [1, 0])
    #expect(try waiting(-30, -10, input: 0, watermarks: [99, 100]) == [1, 0])
    #expect(try waiting(-30, 30, input: 0, watermarks: [.max]) == [0])
  }

  @Test func whatWaitsLongestDoesNotKeepTheOthers() throws {
    let harness = try harness(-20, 20)
    for time in [100, 150, 120] as [Int64] { try harness.send(Item("a", Int(time)), at: time) }
    try harness.advanceWatermark(to: 125)
    // The one at 100 is forgotten, the others wait.
    try harness.send(Item("a", 0), at: 130, to: 1)
    let pairs = harness.records.map { $0.split(separator: " ").first.map(String.init) ?? "" }
    #expect(pairs == ["120", "150"])
    #expect(try harness.snapshot().eventTimeTimers() == 1)
    try harness.endOfInput()
    #expect(try harness.snapshot().keyedEntries() == 0)
    #expect(try harness.snapshot().eventTimeTimers() == 0)
  }

  @Test(arguments: [1, 2, 3])
  func elementsThatWaitSurviveAtAnyParallelism(parallelism: Int) throws {
    let harness = try harness(-20, 20)
    let keys = ["a", "b", "c", "d", "e"]
    for (id, key) in keys.enumerated() { try harness.send(Item(key, id), at: 100) }
    let wide = try harness.restore(from: try harness.snapshot(), parallelism: parallelism)
    let last = try wide.restore(from: try wide.snapshot(), parallelism: 2)
    for (id, key) in keys.enumerated() { try last.send(Item(key, id + 10), at: 110, to: 1) }
    let pairs = last.records.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
    #expect(pairs == ["0 10", "1 11", "2 12", "3 13", "4 14"])
    try last.advanceWatermark(to: 130)
    #expect(try last.snapshot().keyedEntries() == 0)
  }
}
