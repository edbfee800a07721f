import Foundation
import GoldenCases
import SimulationKernel
import StreamModel
import StreamOperators
import Testing

@Suite struct GoldenWatermarkGeneratorTests {
  /// Recorded promises: each case of `watermarks.json`.
  @Test func promisesAsRecorded() throws {
    for object in Golden.list("cases", in: try Golden.object("watermarks.json")) {
      let bound = try #require((object["boundedOutOfOrderness"] as? NSNumber)?.int64Value)
      var generator = BoundedOutOfOrderness<Int>(milliseconds: bound)
      for step in Golden.list("steps", in: object) {
        if let timestamp = (step["ts"] as? NSNumber)?.int64Value {
          #expect(generator.onEvent(0, timestamp: timestamp) == nil)
        }
        let wanted = try #require((step["onPeriodicEmit"] as? NSNumber)?.int64Value)
        #expect(generator.onPeriodicEmit() == Watermark(wanted))
      }
    }
  }
}

@Suite struct TimestampsAndWatermarksTests {
  /// What comes out behind an operator: records with their times, promises and status, in order.
  private final class Outcome {
    var lines: [String] = []
    let clock = TaskClock()

    func open(_ strategy: WatermarkStrategy<Int>) throws -> any StreamOperator {
      var context = OperatorContext.test()
      context.clock = clock
      context.eventTime.emitWatermark = { self.lines.append("wm \($0.timestamp)") }
      context.eventTime.emitStatus = { self.lines.append($0 ? "idle" : "active") }
      let receiver = BatchReceiver<Int>(operatorName: "next") { batch in
        self.lines += (0..<batch.count).map { "\(batch.values[$0])@\(batch.timestamp(at: $0))" }
      }
      return try StreamOperatorFactory.timestampsAndWatermarks(strategy).open(context, [receiver])
    }
  }

  @Test func promisesEvery200Milliseconds() throws {
    let outcome = Outcome()
    let strategy = WatermarkStrategy<Int>.forBoundedOutOfOrderness(.milliseconds(5))
      .withTimestampAssigner { Int64($0) * 10 }
    let operation = try outcome.open(strategy)
    try operation.take([1, 3, 2])
    #expect(operation.nextTimer == .zero + .milliseconds(200))
    try operation.timerDue(at: .zero + .milliseconds(200))
    try operation.timerDue(at: .zero + .milliseconds(400))
    try operation.take([9])
    try operation.timerDue(at: .zero + .milliseconds(600))
    #expect(outcome.lines == ["1@10", "3@30", "2@20", "wm 24", "9@90", "wm 84"])
  }

  /// Promises go between the records of a batch, which is handed on in pieces.
  @Test(arguments: 0...4)
  func losesAndFreesNothingTwiceWhereTheNextOneFails(at failing: Int) throws {
    let census = Census()
    var met = 0
    let strategy = WatermarkStrategy<Item>.forBoundedOutOfOrdernessPerRecord(.zero)
      .withTimestampAssigner { Int64($0.id) }
    let receiver = BatchReceiver<Item>(operatorName: "next") { batch in
      met += batch.count
      if met > failing { throw Mishap() }
    }
    do {
      let operation = try StreamOperatorFactory.timestampsAndWatermarks(strategy)
        .open(.test(), [receiver])
      #expect(throws: (any Error).self) { try operation.take(census.items(5)) }
    }
    #expect(met == failing + 1)
    #expect(census.living == 0 && census.made == 5)
  }

  @Test func promisesAfterEachRecordWhereItIsAskedTo() throws {
    let outcome = Outcome()
    let strategy = WatermarkStrategy<Int>.forBoundedOutOfOrdernessPerRecord(.milliseconds(5))
      .withTimestampAssigner { Int64($0) * 10 }
    try outcome.open(strategy).take([1, 3, 2, 4])
    #expect(
      outcome.lines == ["1@10", "wm 4", "3@30", "wm 24", "2@20", "4@40", "wm 34"]
    )
  }

  @Test func saysWhenItIsIdleAndWhenNoMore() throws {
    let outcome = Outcome()
    let strategy = WatermarkStrategy<Int>.forMonotonousTimestamps().withTimestampAssigner {
      Int64($0)
    }
    .withIdleness(.milliseconds(300))
    let operation = try outcome.open(strategy)
    try operation.timerDue(at: .zero + .milliseconds(200))
    #expect(operation.nextTimer == .zero + .milliseconds(300))
    try operation.timerDue(at: .zero + .milliseconds(300))
    #expect(outcome.lines == ["idle"])
    outcome.clock.now = .zero + .milliseconds(350)
    try operation.take([7])
    #expect(outcome.lines == ["idle", "active", "7@7"])
  }

  @Test func swallowsWhatUpstreamPromisesButTheEnd() throws {
    let outcome = Outcome()
    let operation = try outcome.open(.noWatermarks())
    #expect(try operation.advance(to: Watermark(5), input: 0) == nil)
    #expect(try operation.advance(to: .max, input: 0) == .max)
    #expect(try operation.advance(to: .max, input: 0) == nil)
    #expect(operation.nextTimer == nil)
  }
}
