import StreamOperators
import DataStreamAPI
import OperatorTesting
import Testing

/// Times of results, late data and state of windows, beyond what the recorded cases hold.
@Suite struct WindowResultTests {
  static let late = OutputTag<Item>("late")
  static let side = OutputTag<String>("side")

  private func harness(
    _ assigner: WindowAssignment,
    lateness: VirtualDuration = .zero,
    isGeneral: Bool = false,
    parallelism: Int = 1
  ) throws -> OperatorHarness<String> {
    try OperatorHarness(options: HarnessOptions(parallelism: parallelism)) {
      (items: DataStream<Item>) in
      let windows = items.keyBy(\.key).window(PlannedWindows(assigner)).allowedLateness(lateness)
        .sideOutputLateData(Self.late)
      return (isGeneral ? windows.trigger(EventTimeTrigger<Item>()) : windows)
        .process(emitting: String.self) { key, items, context, output in
          context.output(Self.side, "\(key) \(context.window.start)")
          output.collect("\(key) \(items.map(\.id))")
        }
    }
  }

  @Test(arguments: [false, true])
  func resultsAndSideOutputsHaveTheWindowsLastTime(isGeneral: Bool) throws {
    let harness = try harness(.tumblingEventTime(.milliseconds(10)), isGeneral: isGeneral)
    try harness.send(Item("b", 1), at: 12)
    try harness.send(Item("a", 2), at: 1)
    try harness.send(Item("b", 3), at: 9)
    try harness.send(Item("a", 4), at: 0)
    try harness.advanceWatermark(to: 8)
    #expect(harness.records == [])
    try harness.advanceWatermark(to: 9)
    #expect(harness.lines == ["watermark 8", "a [2, 4]@9", "b [3]@9", "watermark 9"])
    try harness.advanceWatermark(to: .max)
    #expect(harness.lines.suffix(2) == ["b [1]@19", "watermark max"])
    #expect(
      harness.timedRecords(of: Self.side) == [
        TimedRecord("a 0", at: 9), TimedRecord("b 0", at: 9), TimedRecord("b 10", at: 19),
      ]
    )
  }

  @Test(arguments: [false, true])
  func aFunctionSeesHowFarEventTimeIs(isGeneral: Bool) throws {
    let harness = try OperatorHarness { (items: DataStream<Item>) in
      let assignment = WindowAssignment.tumblingEventTime(.milliseconds(10))
      let windows = items.keyBy(\.key).window(PlannedWindows(assignment))
      return (isGeneral ? windows.trigger(EventTimeTrigger<Item>()) : windows)
        .process(emitting: Int64.self) { _, _, context, output in
          output.collect(context.currentWatermark.timestamp)
        }
    }
    try harness.send(Item("a", 1), at: 1)
    try harness.send(Item("a", 2), at: 25)
    try harness.advanceWatermark(to: 12)
    try harness.advanceWatermark(to: .max)
    #expect(harness.records == [12, .max])
  }

  /// Takes everything out after a window has fired.
  private struct EmptyingEvictor: WindowEvictor {
    func evictBefore(_ elements: inout [TimestampedElement<Item>], window: TimeWindow) {}
    func evictAfter(_ elements: inout [TimestampedElement<Item>], window: TimeWindow) {
      elements = []
    }
  }

  /// *Source:* Flink `EvictingWindowOperator`, whose state is cleared before what is left is added.
  @Test func aWindowThatItsEvictorEmptiedFiresNoMore() throws {
    let harness = try OperatorHarness { (items: DataStream<Item>) in
      items.keyBy(\.key).window(.tumblingEventTime(.seconds(10)))
        .trigger(ContinuousEventTimeTrigger<Item>(.seconds(1)))
        .evictor(EmptyingEvictor())
        .process(emitting: Int.self) { _, items, _, output in output.collect(items.count) }
    }
    try harness.send(Item("a", 1), at: 500)
    for second in 1...3 as ClosedRange<Int64> { try harness.advanceWatermark(to: second * 1000) }
    #expect(harness.records == [1])
    try harness.send(Item("a", 2), at: 3500)
    try harness.send(Item("a", 3), at: 3600)
    try harness.advanceWatermark(to: 4000)
    #expect(harness.records == [1, 2])
    try harness.advanceWatermark(to: .max)
    #expect(try harness.snapshot().keyedEntries() == 0)
  }

  /// What an operator emits at its end comes behind the last watermark.
  ///
  /// *Source:* Flink `GlobalWindows.isEventTime`.
  @Test func nothingIsLateForTheWindowOfEverything() throws {
    let harness = try OperatorHarness { (items: DataStream<Item>) in
      items.keyBy(\.key).countWindow(3).reduce { first, second in
        Item(first.key, second.id, value: first.value + second.value)
      }
    }
    try harness.advanceWatermark(to: .max)
    for id in 1...3 { try harness.send(Item("a", id), at: 5) }
    #expect(harness.records == [Item("a", 3, value: 3)])
  }

  @Test(arguments: [false, true])
  func lateRecordsFireAgainAndTooLateOnesGoAside(isGeneral: Bool) throws {
    let harness = try harness(
      .tumblingEventTime(.milliseconds(10)),
      lateness: .milliseconds(5),
      isGeneral: isGeneral
    )
    try harness.send(Item("a", 1), at: 1)
    try harness.advanceWatermark(to: 13)
    try harness.send(Item("a", 2), at: 2)
    try harness.send(Item("b", 3), at: 3)
    #expect(try harness.snapshot().keyedEntries() == 2)
    try harness.advanceWatermark(to: 14)
    try harness.send(Item("a", 4), at: 9)
    #expect(harness.records == ["a [1]", "a [1, 2]", "b [3]"])
    #expect(harness.timedRecords(of: Self.late) == [TimedRecord(Item("a", 4), at: 9)])
    let snapshot = try harness.snapshot()
    #expect(try snapshot.keyedEntries() == 0)
    #expect(try snapshot.eventTimeTimers() == 0)
  }

  @Test func aSessionThatGrowsForgetsItsOldEnd() throws {
    let harness = try harness(.eventTimeSession(gap: .milliseconds(10)))
    try harness.send(Item("a", 1), at: 0)
    try harness.send(Item("a", 2), at: 18)
    try harness.send(Item("a", 3), at: 9)
    #expect(try harness.snapshot().eventTimeTimers() == 1)
    try harness.advanceWatermark(to: 26)
    #expect(harness.records == [])
    try harness.advanceWatermark(to: 27)
    #expect(harness.watermarks == [26, 27])
    #expect(harness.timedRecords.map(\.timestamp) == [27])
    // Flink puts together what merged windows held in the order of Java's hash set.
    #expect(Set(harness.records[0].filter(\.isNumber)) == ["1", "2", "3"])
    #expect(try harness.snapshot().keyedEntries() == 0)
  }

  @Test func windowsOfProcessingTimeFireAMillisecondAfterTheirLast() throws {
    let harness = try harness(.tumblingProcessingTime(.milliseconds(10)))
    try harness.advanceProcessingTime(to: 3)
    try harness.send(Item("a", 1))
    try harness.advanceProcessingTime(to: 9)
    try harness.send(Item("a", 2), at: 1_000)
    #expect(harness.records == [])
    try harness.advanceProcessingTime(to: 10)
    #expect(harness.lines == ["a [1, 2]@9"])
    try harness.send(Item("a", 3))
    // What processing time would end is lost with the end of the input, as in Flink.
    try harness.endOfInput()
    #expect(harness.lines == ["a [1, 2]@9", "watermark max", "end"])
  }

  @Test func aRecordWithoutTimeFailsWindowsOfEventTime() throws {
    for isGeneral in [false, true] {
      let harness = try harness(.tumblingEventTime(.milliseconds(10)), isGeneral: isGeneral)
      let failure = #expect(throws: OperatorFailure.self) { try harness.send(Item("a", 1)) }
      #expect(failure?.underlying as? WindowFailure == .noTimestamp)
    }
  }

  /// Windows of event time lie far behind processing time here: the trigger must come to rest.
  @Test func aTriggerOfProcessingTimeComesToRestInWindowsOfThePast() throws {
    let harness = try OperatorHarness { (items: DataStream<Item>) in
      items.keyBy(\.key).window(.tumblingEventTime(.milliseconds(10)))
        .trigger(ContinuousProcessingTimeTrigger<Item>(.milliseconds(15)))
        .reduce { Item($0.key, $1.id) }
    }
    try harness.advanceProcessingTime(to: 1_000)
    try harness.send(Item("a", 1), at: 5)
    #expect(harness.lines == ["a1=1@9"])
    try harness.send(Item("a", 2), at: 6)
    try harness.advanceProcessingTime(to: 2_000)
    #expect(harness.lines == ["a1=1@9", "a2=1@9"])
  }

  @Test func aTriggerOfEventTimeComesToTheEndOfTheWindowOfEverything() throws {
    let harness = try OperatorHarness { (items: DataStream<Item>) in
      items.keyBy(\.key).window(.global)
        .trigger(ContinuousEventTimeTrigger<Item>(.milliseconds(10)))
        .reduce { Item($0.key, $1.id) }
    }
    try harness.send(Item("a", 1), at: 5)
    try harness.advanceWatermark(to: 25)
    #expect(harness.records.map(\.id) == [1, 1])
    try harness.send(Item("a", 2), at: 26)
    try harness.endOfInput()
    #expect(harness.records.map(\.id) == [1, 1, 2, 2])
    #expect(harness.isFinished)
  }

  /// A window that fired stays silent after a restore until something comes to it.
  @Test(arguments: [false, true], [1, 2])
  func whatHasFiredDoesNotFireAgainAfterARestore(isGeneral: Bool, parallelism: Int) throws {
    let harness = try harness(
      .tumblingEventTime(.milliseconds(10)),
      lateness: .milliseconds(10),
      isGeneral: isGeneral
    )
    try harness.send(Item("a", 1), at: 1)
    try harness.advanceWatermark(to: 12)
    let restored = try harness.restore(from: try harness.snapshot(), parallelism: parallelism)
    try restored.advanceWatermark(to: 12)
    #expect(restored.records == [])
    try restored.send(Item("a", 2), at: 2)
    #expect(restored.records == ["a [1, 2]"])
    try restored.endOfInput()
    #expect(restored.records == ["a [1, 2]"])
  }
}

/// The operator that gives records their time.
@Suite struct EventTimeTests {
  private func harness(
    _ strategy: WatermarkStrategy<Int>
  ) throws -> OperatorHarness<Int> {
    try OperatorHarness(
      .timestampsAndWatermarks(strategy.withTimestampAssigner { Int64($0) }),
      taking: Int.self
    )
  }

  /// What the operator promises after it said that it is idle would be heard by nobody.
  @Test func whatRecordsPromiseIsSaidBeforeIdleness() throws {
    let harness = try harness(.forMonotonousTimestamps().withIdleness(.milliseconds(50)))
    try harness.send(100)
    try harness.advanceProcessingTime(to: 250)
    #expect(harness.lines == ["100@100", "watermark 99", "idle"])
    try harness.send(100)
    try harness.advanceProcessingTime(to: 290)
    #expect(harness.lines.suffix(2) == ["active", "100@100"])
    try harness.send(120)
    try harness.advanceProcessingTime(to: 1_000)
    #expect(harness.lines.suffix(3) == ["120@120", "watermark 119", "idle"])
  }

  @Test func theEndIsHeardAfterIdleness() throws {
    let harness = try harness(.forMonotonousTimestamps().withIdleness(.milliseconds(50)))
    try harness.send(100)
    try harness.advanceProcessingTime(to: 50)
    try harness.endOfInput()
    #expect(
      harness.lines == ["100@100", "watermark 99", "idle", "active", "watermark max", "end"]
    )
  }

  @Test func whatUpstreamSaysOfEventTimeIsNotHeard() throws {
    let harness = try harness(.forBoundedOutOfOrderness(.milliseconds(5)))
    try harness.send(100, at: 7)
    try harness.advanceWatermark(to: 500)
    try harness.setIdle()
    try harness.setIdle(false)
    try harness.advanceProcessingTime(to: 200)
    #expect(harness.lines == ["100@100", "watermark 94"])
  }
}
