import DataStreamAPI

extension Program {
  /// Counts the flights of each hour and airport, by the hour in which they were to leave.
  ///
  /// Flights become known when they really leave, so the hours come mixed. The watermark waits 15
  /// hours, and the worst flight of these two weeks is 14 hours and 45 minutes behind: nothing is
  /// dropped, and the rows are the same however the file is divided and whatever fails.
  static let hourlyDepartures = Program(
    "hourly-departures",
    summary: "counts the flights of each hour and airport",
    columns: ["origin", "hour", "departures"],
    inputs: ["departures"],
    isConfluent: true
  ) { environment in
    environment.readCSVFile("departures", as: Departure.self)
      .name("departures").uid("departures")
      .assignTimestampsAndWatermarks(
        .forBoundedOutOfOrderness(.minutes(15 * 60)).withTimestampAssigner {
          $0.eventTime.milliseconds
        }
      )
      .keyBy(\.origin)
      .window(.tumblingEventTime(.minutes(60)))
      .aggregate(RecordCount(), emitting: HourOfDepartures.self) { origin, count, context, rows in
        rows.collect(HourOfDepartures(origin, context.window, count))
      }
      .name("hours").uid("hours")
      .writeAsCSV().name("rows").uid("rows")
  }
}

/// How many flights were to leave an airport in an hour.
struct HourOfDepartures: CSVFields {
  var origin: String
  var hour: EventTime
  var departures: Int

  init(_ origin: String, _ window: TimeWindow, _ departures: Int) {
    self.origin = origin
    hour = EventTime(milliseconds: window.start)
    self.departures = departures
  }

  var csvFields: [any CSVField] { [origin, hour, departures] }
}
