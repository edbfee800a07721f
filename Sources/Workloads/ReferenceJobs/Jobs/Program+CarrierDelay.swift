import DataStreamAPI

extension Program {
  /// The average delay of each airline and day.
  ///
  /// An average cannot be made of averages, so what is kept for a window is a sum and a number; the
  /// division is done when the window fires. Cancelled flights have no delay and are counted apart.
  /// Days are those of UTC: a late evening in New York belongs to the next. No record comes too
  /// late for a watermark that waits 15 hours.
  static let carrierDelay = Program(
    "carrier-delay",
    summary: "averages the delay of each airline and day",
    columns: ["carrier", "day", "departed", "cancelled", "average_delay_min"],
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
      .keyBy(\.carrier)
      .window(.tumblingEventTime(.minutes(24 * 60)))
      .aggregate(DelayOfFlights(), emitting: DayOfCarrier.self) { carrier, delay, context, rows in
        let day = EventTime(milliseconds: context.window.start)
        rows.collect(DayOfCarrier(carrier: carrier, day: day, delay: delay))
      }
      .name("days").uid("days")
      .writeAsCSV().name("rows").uid("rows")
  }
}

/// Sums delays up.
private struct DelayOfFlights: AggregateFunction {
  struct Sum: Codable {
    var departed = 0
    var cancelled = 0
    var minutes = 0
  }

  func createAccumulator() -> Sum { Sum() }

  func add(_ flight: Departure, to sum: inout Sum) {
    if let delay = flight.delay {
      sum.departed += 1
      sum.minutes += delay
    } else {
      sum.cancelled += 1
    }
  }

  func getResult(_ sum: Sum) -> Sum { sum }

  func merge(_ other: Sum, into sum: inout Sum) {
    sum.departed += other.departed
    sum.cancelled += other.cancelled
    sum.minutes += other.minutes
  }
}

/// The flights of an airline on a day; no average where none left.
private struct DayOfCarrier: CSVFields {
  var carrier: String
  var day: EventTime
  var delay: DelayOfFlights.Sum

  var csvFields: [any CSVField] {
    let average = delay.departed > 0 ? Double(delay.minutes) / Double(delay.departed) : nil
    return [carrier, day, delay.departed, delay.cancelled, average]
  }
}
