import DataStreamAPI

extension Program {
  /// Counts the flights of each hour and airport without waiting for the late ones, which go to a
  /// side output instead of being lost.
  ///
  /// The watermark waits 15 minutes only. A flight that leaves later than that may find the window
  /// of its hour closed: a row `late` tells of it. Which flights are late depends on how far the
  /// watermark has come when they are read, and that depends on the pace, on the parallelism and on
  /// failures: after one, the watermark begins anew and waits for some that it had given up. So the
  /// rows differ from run to run. What holds in each: rows of both kinds together count every
  /// flight once, as `hourly-departures` does.
  ///
  /// Without a rate the flights come when they became known, an hour of theirs in a second.
  static let lateDepartures = Program(
    "late-departures",
    summary: "counts the flights of each hour; late ones apart",
    columns: ["kind", "origin", "hour", "departures"],
    inputs: ["departures"],
    parameters: [patience],
    isConfluent: false
  ) { environment in
    let late = OutputTag<Departure>("late")
    let hours = departures(environment).name("departures").uid("departures")
      .assignTimestampsAndWatermarks(
        .forBoundedOutOfOrderness(environment.time(patience)).withTimestampAssigner {
          $0.eventTime.milliseconds
        }
      )
      .keyBy(\.origin)
      .window(.tumblingEventTime(.minutes(60)))
      .sideOutputLateData(late)
      .aggregate(RecordCount(), emitting: PartOfHour.self) { origin, count, context, rows in
        rows.collect(PartOfHour(kind: "counted", HourOfDepartures(origin, context.window, count)))
      }
      .name("hours").uid("hours")
    let stragglers = hours.getSideOutput(late)
      .map { flight in
        let start = TimeWindow.start(of: flight.eventTime.milliseconds, offset: 0, size: 3_600_000)
        let window = TimeWindow(start: start, end: start + 3_600_000)
        return PartOfHour(kind: "late", HourOfDepartures(flight.origin, window, 1))
      }
      .name("stragglers")
    hours.union(stragglers).writeAsCSV().name("rows").uid("rows")
  }

  private static let patience = ProgramParameter.time(
    "patience",
    default: .minutes(15),
    in: .zero ... .minutes(24 * 60),
    help: "for how long a window waits for flights that leave late"
  )

  private static func departures(
    _ environment: StreamExecutionEnvironment
  ) -> DataStream<Departure> {
    guard environment.arguments.rate == nil else {
      return environment.readCSVFile("departures", as: Departure.self)
    }
    let clock = ReplayClock<Departure>(by: { $0.knownAt.milliseconds }, speed: 3600)
    return environment.replayCSVFile("departures", as: Departure.self, clock)
  }
}

/// Flights of an hour that were counted in its window, or one that came too late for it.
private struct PartOfHour: CSVFields {
  var kind: String
  var hour: HourOfDepartures

  init(kind: String, _ hour: HourOfDepartures) {
    self.kind = kind
    self.hour = hour
  }

  var csvFields: [any CSVField] { [kind] + hour.csvFields }
}
