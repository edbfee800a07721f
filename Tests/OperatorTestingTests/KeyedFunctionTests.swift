import DataStreamAPI
import OperatorTesting
import Testing

/// Timers and times of keyed functions.
///
/// *Source:* Flink `KeyedProcessOperatorTest` and `InternalTimerServiceImplTest` for what is asked.
@Suite struct KeyedFunctionTests {
  /// What a test wants done for a record.
  enum Wish: Codable, Sendable {
    case eventTime(Int64)
    case processingTime(Int64)
    case deleteEventTime(Int64)
    case deleteProcessingTime(Int64)
    case say
  }

  struct Order: Codable, Sendable {
    var key: String
    var wishes: [Wish]

    init(_ key: String, _ wishes: Wish...) {
      self.key = key
      self.wishes = wishes
    }
  }

  /// Does what it is told, and says what it sees.
  struct Obedient: KeyedProcessFunction {
    static let side = OutputTag<String>("side")
    /// Whether a timer of event time asks for one more, so much later.
    var echo: Int64?

    func processElement(
      _ order: Order,
      _ context: KeyedFunctionContext<String>,
      _ output: inout Collector<String>
    ) {
      for wish in order.wishes {
        switch wish {
        case .eventTime(let time): context.timerService.registerEventTimeTimer(time)
        case .processingTime(let time): context.timerService.registerProcessingTimeTimer(time)
        case .deleteEventTime(let time): context.timerService.deleteEventTimeTimer(time)
        case .deleteProcessingTime(let time): context.timerService.deleteProcessingTimeTimer(time)
        case .say:
          let time = context.timestamp.map { "\($0)" } ?? "none"
          output.collect("\(order.key) time \(time) after \(context.currentWatermark.timestamp)")
          context.output(Self.side, "\(order.key) aside")
        }
      }
    }

    func onTimer(
      _ timestamp: Int64,
      _ context: KeyedFunctionContext<String>,
      _ output: inout Collector<String>
    ) {
      let domain = context.timeDomain == .eventTime ? "event" : "processing"
      let key = context.currentKey ?? "?"
      let time = context.timestamp.map { "\($0)" } ?? "none"
      output.collect("\(key) \(domain) \(timestamp) time \(time)")
      context.output(Self.side, "\(key) aside")
      if let echo, context.timeDomain == .eventTime, timestamp < 100 {
        context.timerService.registerEventTimeTimer(timestamp + echo)
      }
    }
  }

  private func harness(echo: Int64? = nil) throws -> OperatorHarness<String> {
    try OperatorHarness(keyedBy: \Order.key) { _ in Obedient(echo: echo) }
  }

  private func fired(_ harness: OperatorHarness<String>) -> [String] {
    harness.records.map { $0.split(separator: " ").prefix(3).joined(separator: " ") }
  }

  @Test func resultsHaveTheTimeOfTheirElement() throws {
    let harness = try harness()
    try harness.advanceWatermark(to: 3)
    try harness.send(Order("a", .say), at: 7)
    try harness.send(Order("b", .say))
    #expect(
      harness.lines == ["watermark 3", "a time 7 after 3@7", "b time none after 3"]
    )
    #expect(
      harness.timedRecords(of: Obedient.side) == [
        TimedRecord("a aside", at: 7), TimedRecord("b aside"),
      ]
    )
  }

  @Test func timersFireInTheOrderOfTheirTimesAndThenOfTheirRegistration() throws {
    let harness = try harness()
    try harness.send(Order("b", .eventTime(20), .eventTime(10)))
    try harness.send(Order("a", .eventTime(20), .eventTime(15)))
    try harness.advanceWatermark(to: 20)
    #expect(
      harness.lines == [
        "b event 10 time 10@10", "a event 15 time 15@15", "b event 20 time 20@20",
        "a event 20 time 20@20", "watermark 20",
      ]
    )
  }

  @Test func aTimerFiresWhenTheWatermarkHasReachedItAndNotBefore() throws {
    let harness = try harness()
    try harness.send(Order("a", .eventTime(10)))
    try harness.advanceWatermark(to: 9)
    #expect(fired(harness) == [])
    try harness.advanceWatermark(to: 10)
    #expect(fired(harness) == ["a event 10"])
  }

  @Test func aTimerIsThereOnceForAKeyAndATime() throws {
    let harness = try harness()
    try harness.send(Order("a", .eventTime(10), .eventTime(10)))
    try harness.send(Order("a", .eventTime(10), .processingTime(10)))
    try harness.send(Order("b", .eventTime(10)))
    let snapshot = try harness.snapshot()
    #expect(try snapshot.eventTimeTimers() == 2)
    #expect(try snapshot.processingTimeTimers() == 1)
    try harness.advanceWatermark(to: 10)
    try harness.advanceProcessingTime(to: 11)
    #expect(fired(harness) == ["a event 10", "b event 10", "a processing 10"])
  }

  @Test func aTimerThatIsTakenBackDoesNotFire() throws {
    let harness = try harness()
    try harness.send(Order("a", .eventTime(10), .processingTime(10), .eventTime(20)))
    try harness.send(Order("b", .eventTime(10)))
    // Those of another key, of another time or kind, or that are not there, stay as they are.
    try harness.send(Order("b", .deleteEventTime(20), .deleteProcessingTime(10)))
    try harness.send(Order("a", .deleteEventTime(10)))
    try harness.advanceWatermark(to: 30)
    try harness.advanceProcessingTime(to: 30)
    #expect(fired(harness) == ["b event 10", "a event 20", "a processing 10"])
  }

  @Test func aTimerThatIsTakenBackAndAskedForAgainFiresOnceAndLast() throws {
    let harness = try harness()
    try harness.send(Order("a", .eventTime(10)))
    try harness.send(Order("b", .eventTime(10)))
    try harness.send(Order("a", .deleteEventTime(10), .eventTime(10)))
    try harness.advanceWatermark(to: 10)
    #expect(fired(harness) == ["b event 10", "a event 10"])
  }

  @Test func aTimerOfThePastFiresWithTheNextWatermark() throws {
    let harness = try harness()
    try harness.advanceWatermark(to: 50)
    try harness.send(Order("a", .eventTime(10)), at: 60)
    #expect(fired(harness) == [])
    try harness.advanceWatermark(to: 51)
    #expect(harness.lines == ["watermark 50", "a event 10 time 10@10", "watermark 51"])
  }

  @Test func aTimerThatATimerAsksForFiresWithTheSameWatermark() throws {
    let harness = try harness(echo: 30)
    try harness.send(Order("a", .eventTime(50)))
    try harness.send(Order("b", .eventTime(60)))
    try harness.advanceWatermark(to: 85)
    #expect(fired(harness) == ["a event 50", "b event 60", "a event 80"])
    try harness.advanceWatermark(to: 90)
    #expect(fired(harness).last == "b event 90")
  }

  @Test func timersOfEventTimeFireAtTheEndAndThoseOfProcessingTimeDoNot() throws {
    let harness = try harness()
    try harness.send(Order("a", .eventTime(.max), .processingTime(10), .eventTime(5)))
    try harness.endOfInput()
    #expect(fired(harness) == ["a event 5", "a event \(Int64.max)"])
    #expect(harness.lines.suffix(2) == ["watermark max", "end"])
    try harness.advanceProcessingTime(to: 100)
    #expect(fired(harness).count == 2)
  }

  /// As Flink's `ProcessingTimeServiceUtil`: the moment must have passed.
  @Test func aTimerOfProcessingTimeFiresAMillisecondAfterItsMoment() throws {
    let harness = try harness()
    try harness.send(Order("a", .processingTime(10), .processingTime(5)))
    try harness.advanceProcessingTime(to: 10)
    #expect(fired(harness) == ["a processing 5"])
    try harness.advanceProcessingTime(to: 11)
    #expect(fired(harness) == ["a processing 5", "a processing 10"])
  }

  /// As Flink's `KeyedProcessOperator`: results have no time, the context's is the timer's own.
  @Test func aTimerOfProcessingTimeGivesResultsNoTime() throws {
    let harness = try harness()
    try harness.send(Order("a", .processingTime(10)), at: 77)
    try harness.advanceProcessingTime(to: 20)
    #expect(harness.lines == ["a processing 10 time 10"])
    #expect(harness.timedRecords(of: Obedient.side) == [TimedRecord("a aside", at: 10)])
  }

  @Test func whatIsOverdueFiresInOrderWhenABusyTaskComesToIt() throws {
    let harness = try harness()
    try harness.send(Order("a", .processingTime(30), .processingTime(10)))
    try harness.advanceProcessingTimeWhileBusy(to: 100)
    #expect(fired(harness) == ["a processing 10", "a processing 30"])
  }

  @Test func timersSurviveWithTheirOrder() throws {
    let harness = try harness()
    for key in ["d", "b", "a", "c"] {
      try harness.send(Order(key, .eventTime(10), .processingTime(10)))
    }
    try harness.send(Order("b", .deleteEventTime(10)))
    let restored = try harness.restore(from: try harness.snapshot())
    try restored.send(Order("b", .eventTime(10)))
    try restored.advanceWatermark(to: 10)
    #expect(fired(restored) == ["d event 10", "a event 10", "c event 10", "b event 10"])
    try restored.advanceProcessingTime(to: 11)
    #expect(
      fired(restored).suffix(4) == [
        "d processing 10", "b processing 10", "a processing 10", "c processing 10",
      ]
    )
  }

  @Test(arguments: [2, 3, 5])
  func timersGoWithTheirKeys(parallelism: Int) throws {
    let keys = (0..<20).map { "k\($0)" }
    let harness = try harness()
    for key in keys { try harness.send(Order(key, .eventTime(10), .processingTime(10))) }
    let wide = try harness.restore(from: try harness.snapshot(), parallelism: parallelism)
    let narrow = try wide.restore(from: try wide.snapshot(), parallelism: 1)
    for restored in [wide, narrow] {
      try restored.advanceWatermark(to: 10)
      try restored.advanceProcessingTime(to: 11)
      let wanted = keys.map { "\($0) event 10" } + keys.map { "\($0) processing 10" }
      #expect(fired(restored).sorted() == wanted.sorted())
    }
  }

  @Test func eventTimeBeginsAnewAfterARestore() throws {
    let harness = try harness()
    try harness.advanceWatermark(to: 50)
    let restored = try harness.restore(from: try harness.snapshot())
    try restored.send(Order("a", .say), at: 60)
    #expect(restored.records == ["a time 60 after \(Int64.min)"])
  }

  @Test func theWatermarkOfTwoInputsIsTheSlowerOne() throws {
    struct Both: KeyedCoProcessFunction {
      typealias Key = String
      func processElement1(
        _ item: Item,
        _ context: KeyedFunctionContext<String>,
        _ output: inout Collector<String>
      ) { context.timerService.registerEventTimeTimer(10) }
      func processElement2(
        _ item: Item,
        _ context: KeyedFunctionContext<String>,
        _ output: inout Collector<String>
      ) { context.timerService.deleteEventTimeTimer(10) }
      func onTimer(
        _ timestamp: Int64,
        _ context: KeyedFunctionContext<String>,
        _ output: inout Collector<String>
      ) { output.collect("timer of \(context.currentKey ?? "?")") }
    }
    let harness = try OperatorHarness(keyedBy: \Item.key, and: \Item.key) { _ in Both() }
    try harness.send(Item("a", 1), at: 5)
    try harness.send(Item("b", 1), at: 5)
    try harness.send(Item("b", 2), at: 5, to: 1)
    try harness.advanceWatermark(to: 20, on: 0)
    #expect(harness.lines == [])
    try harness.advanceWatermark(to: 12, on: 1)
    #expect(harness.lines == ["timer of a@10", "watermark 12"])
    // An idle input is not waited for; it counts again when it is active.
    try harness.setIdle(input: 1)
    try harness.advanceWatermark(to: 30, on: 0)
    try harness.setIdle(false, input: 1)
    try harness.advanceWatermark(to: 40, on: 0)
    try harness.advanceWatermark(to: 35, on: 1)
    #expect(harness.watermarks == [12, 20, 30, 35])
    try harness.setIdle(input: 0)
    try harness.setIdle(input: 1)
    try harness.setIdle(false, input: 0)
    #expect(harness.lines.suffix(2) == ["idle", "active"])
    try harness.endOfInput(of: 0)
    #expect(!harness.isFinished)
    try harness.endOfInput(of: 1)
    #expect(harness.lines.suffix(2) == ["watermark max", "end"])
  }
}
