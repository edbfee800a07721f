public import DreyCluster

extension Program {
  /// Clicks of a user that are no more than ten seconds apart are one session.
  ///
  /// *Source:* Flink's example `SessionWindowing`.
  public static let sessions = Program(
    "examples-sessions",
    columns: ["user", "clicks", "from", "to"]
  ) { environment in
    let clicks = [
      Click("ann", second: 1), Click("bob", second: 2), Click("ann", second: 9),
      Click("bob", second: 15), Click("ann", second: 6), Click("ann", second: 30),
    ]
    environment.fromData(clicks)
      .assignTimestampsAndWatermarks(
        .forBoundedOutOfOrderness(.seconds(5)).withTimestampAssigner { $0.time }
      )
      .keyBy(\.user)
      .window(EventTimeSessionWindows.withGap(.seconds(10)))
      .aggregate(Clicks(), emitting: Session.self) { user, clicks, context, sessions in
        sessions.collect(Session(user: user, clicks: clicks, window: context.window))
      }
      .sinkTo(FileSink.csv())
  }
}

/// Somebody clicked.
struct Click: Codable, Sendable {
  var user: String
  var time: EventTime

  init(_ user: String, second: Int64) {
    self.user = user
    time = EventTime(milliseconds: second * 1000)
  }
}

/// Counts clicks.
struct Clicks: AggregateFunction {
  func createAccumulator() -> Int { 0 }
  func add(_ click: Click, to count: inout Int) { count += 1 }
  func getResult(_ count: Int) -> Int { count }
  func merge(_ other: Int, into count: inout Int) { count += other }
}

/// What a user did without a pause.
struct Session: CSVFields {
  var user: String
  var clicks: Int
  var window: TimeWindow

  var csvFields: [any CSVField] {
    [
      user, clicks, EventTime(milliseconds: window.start), EventTime(milliseconds: window.end),
    ]
  }
}
