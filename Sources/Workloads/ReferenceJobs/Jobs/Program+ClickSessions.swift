package import DataStreamAPI

extension Program {
  /// The visits of each user: clicks with no half hour between them, each counted once.
  ///
  /// A click may come twice. The first step remembers the clicks that it has seen, and forgets one
  /// when the watermark has passed it: a second one cannot come after that, since no record is more
  /// than ten minutes behind. So its state does not grow, and the rows do not depend on which of
  /// the two came first.
  static let clickSessions = Program(
    "click-sessions",
    summary: "finds the visits of each user, clicks counted once",
    columns: ["user", "start", "end", "clicks"],
    inputs: ["clicks"],
    isConfluent: true
  ) { environment in
    environment.readCSVFile("clicks", as: Click.self)
      .name("clicks").uid("clicks")
      .assignTimestampsAndWatermarks(
        .forBoundedOutOfOrderness(.minutes(10)).withTimestampAssigner { $0.eventTime.milliseconds }
      )
      .keyBy(\.id)
      .process(FirstClick.init).name("distinct").uid("distinct")
      .keyBy(\.user)
      .window(.eventTimeSession(gap: .minutes(30)))
      .aggregate(RecordCount(), emitting: Visit.self) { user, clicks, context, rows in
        rows.collect(Visit(user: user, window: context.window, clicks: clicks))
      }
      .name("visits").uid("visits")
      .writeAsCSV().name("rows").uid("rows")
  }
}

/// Lets a click pass once.
package struct FirstClick: KeyedProcessFunction {
  private let isSeen: ValueState<Bool>

  /// Asks for what it remembers.
  package init(_ context: KeyedFunctionContext<String>) throws {
    isSeen = try context.valueState(named: "seen")
  }

  /// Passes the first of equal clicks on.
  package mutating func processElement(
    _ click: Click,
    _ context: KeyedFunctionContext<String>,
    _ clicks: inout Collector<Click>
  ) {
    guard isSeen.value() == nil else { return }
    isSeen.update(true)
    context.timerService.registerEventTimeTimer(click.eventTime.milliseconds)
    clicks.collect(click)
  }

  /// Forgets the click.
  package mutating func onTimer(
    _ timestamp: Int64,
    _ context: KeyedFunctionContext<String>,
    _ clicks: inout Collector<Click>
  ) {
    isSeen.clear()
  }
}

/// A user's clicks with no long pause between them.
private struct Visit: CSVFields {
  var user: String
  var window: TimeWindow
  var clicks: Int

  var csvFields: [any CSVField] {
    [
      user, EventTime(milliseconds: window.start), EventTime(milliseconds: window.end), clicks,
    ]
  }
}
