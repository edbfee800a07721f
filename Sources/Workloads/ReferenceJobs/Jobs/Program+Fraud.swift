package import DataStreamAPI

extension Program {
  /// Finds cards that are tried with three small payments, and then used for a large one.
  ///
  /// The pattern speaks of an order in time, and a job has no order between its subtasks. So each
  /// payment first waits in state, until the watermark says that nothing before it can come any
  /// more; a timer then takes it out. What is decided about a card depends on the times of its
  /// payments alone, not on how they came here.
  /// *Source:* the fraud detection of Flink's documentation, with another pattern.
  static let fraud = Program(
    "fraud",
    summary: "finds cards that are tried small, then used large",
    columns: ["card", "third_small", "large", "amount_cents"],
    inputs: ["payments"],
    isConfluent: true
  ) { environment in
    environment.readJSONLines("payments", as: Payment.self)
      .name("payments").uid("payments")
      .assignTimestampsAndWatermarks(
        .forMonotonousTimestamps().withTimestampAssigner { $0.eventTime.milliseconds }
      )
      .keyBy(\.card)
      .process(FraudDetector.init).name("detector").uid("detector")
      .writeAsCSV().name("rows").uid("rows")
  }
}

/// Three payments below 200 cents within 120 seconds, then one of 60,000 or more within 300 seconds
/// of the third; others may come in between.
package struct FraudDetector: KeyedProcessFunction {
  /// What is remembered of a card.
  private struct Trail: Codable {
    /// The times of the last two small payments.
    var small: [Int64] = []
    /// The time of the last small payment that was the third within 120 seconds.
    var third: Int64?
  }

  /// Payments whose turn has not come, by their time.
  private let waiting: MapState<Int64, [Payment]>
  private let trail: ValueState<Trail>

  /// Asks for what it remembers.
  package init(_ context: KeyedFunctionContext<String>) throws {
    waiting = try context.mapState(named: "waiting")
    trail = try context.valueState(named: "trail")
  }

  /// Lets a payment wait for its turn.
  package mutating func processElement(
    _ payment: Payment,
    _ context: KeyedFunctionContext<String>,
    _ frauds: inout Collector<Fraud>
  ) {
    let time = payment.eventTime.milliseconds
    waiting.put(time, (waiting.get(time) ?? []) + [payment])
    context.timerService.registerEventTimeTimer(time)
  }

  /// Looks at the payments of a moment, or forgets a trail that has grown cold.
  package mutating func onTimer(
    _ timestamp: Int64,
    _ context: KeyedFunctionContext<String>,
    _ frauds: inout Collector<Fraud>
  ) {
    let payments = waiting.get(timestamp) ?? []
    waiting.remove(timestamp)
    for payment in payments.sorted(by: { $0.id < $1.id }) {
      follow(payment, at: timestamp, context, &frauds)
    }
    if let last = trail.value()?.small.last, last + Self.coldAfter <= timestamp {
      trail.clear()
    }
  }

  private static let coldAfter: Int64 = 300_001

  private func follow(
    _ payment: Payment,
    at time: Int64,
    _ context: KeyedFunctionContext<String>,
    _ frauds: inout Collector<Fraud>
  ) {
    if payment.cents < 200 {
      var now = trail.value() ?? Trail()
      if now.small.count == 2, time - now.small[0] <= 120_000 { now.third = time }
      now.small = now.small.suffix(1) + [time]
      trail.update(now)
      context.timerService.registerEventTimeTimer(time + Self.coldAfter)
    } else if payment.cents >= 60_000, let third = trail.value()?.third, time - third <= 300_000 {
      let third = EventTime(milliseconds: third)
      frauds.collect(
        Fraud(card: payment.card, third: third, large: payment.eventTime, cents: payment.cents)
      )
    }
  }
}

/// A card that was tried and used.
package struct Fraud: CSVFields, Codable, Sendable {
  /// The card.
  package var card: String
  /// When it was tried for the third time.
  package var third: EventTime
  /// When the large payment was made.
  package var large: EventTime
  /// The amount of the large payment.
  package var cents: Int

  /// The fields, in the order of the columns.
  package var csvFields: [any CSVField] { [card, third, large, cents] }
}
