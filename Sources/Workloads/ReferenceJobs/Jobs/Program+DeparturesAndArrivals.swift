import DataStreamAPI

extension Program {
  /// Joins each departure with the arrival of the same flight, if it comes within three hours.
  ///
  /// An interval join keeps a record only as long as a partner may still come: three hours of event
  /// time for a departure, nothing for an arrival. Both files are in the order of their times, so
  /// watermarks never overtake a record, and the pairs are the same whichever stream is ahead.
  static let departuresAndArrivals = Program(
    "departures-and-arrivals",
    summary: "joins departures with arrivals within three hours",
    columns: ["flight", "departed", "arrived", "minutes"],
    inputs: ["departures", "arrivals"],
    isConfluent: true
  ) { environment in
    let (departures, arrivals) = environment.flights()
    departures.keyBy(\.flight)
      .intervalJoin(arrivals.keyBy(\.flight), between: .zero, and: .minutes(3 * 60))
      .process(emitting: Hop.self) { departure, arrival, _, rows in
        rows.collect(
          Hop(
            flight: departure.flight,
            departed: departure.knownAt,
            arrived: arrival.arrivedAt
          )
        )
      }
      .name("hops").uid("hops")
      .writeAsCSV().name("rows").uid("rows")
  }
}

/// A flight from its one end to the other.
private struct Hop: CSVFields {
  var flight: String
  var departed: EventTime
  var arrived: EventTime

  var csvFields: [any CSVField] {
    [flight, departed, arrived, (arrived.milliseconds - departed.milliseconds) / 60_000]
  }
}
