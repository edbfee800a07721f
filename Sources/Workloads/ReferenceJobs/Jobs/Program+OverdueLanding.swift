import DataStreamAPI

extension Program {
  /// Tells of flights that have not landed eight hours after they left.
  ///
  /// What does not happen makes no record: only a timer can notice it. The timer is one of event
  /// time, so it fires when both streams have come that far, however fast they are read. The two
  /// are not in step: a landing may be processed before its departure, and one that is too late
  /// before the timer. The function decides by the times that stand in the records, never by which
  /// came first, so its rows are the same in every run.
  static let overdueLanding = Program(
    "overdue-landing",
    summary: "tells of flights that do not land within eight hours",
    columns: ["flight", "dest", "departed", "deadline"],
    inputs: ["departures", "arrivals"],
    isConfluent: true
  ) { environment in
    let (departures, arrivals) = environment.flights()
    departures.keyBy(\.flight).connect(arrivals.keyBy(\.flight))
      .process { try LandingWatch($0, patience: .minutes(8 * 60)) }
      .name("watch").uid("watch")
      .writeAsCSV().name("rows").uid("rows")
  }
}

/// Waits for each flight that has left.
private struct LandingWatch: KeyedCoProcessFunction {
  let patience: VirtualDuration
  /// The flight, from its departure until it has landed or is overdue.
  private let departed: ValueState<Departure>
  /// When it landed, if its departure was not seen yet.
  private let landed: ValueState<Int64>

  init(_ context: KeyedFunctionContext<String>, patience: VirtualDuration) throws {
    self.patience = patience
    departed = try context.valueState(named: "departed")
    landed = try context.valueState(named: "landed")
  }

  private func deadline(of flight: Departure) -> Int64 {
    flight.knownAt.milliseconds + patience.milliseconds
  }

  mutating func processElement1(
    _ departure: Departure,
    _ context: KeyedFunctionContext<String>,
    _ rows: inout Collector<OverdueFlight>
  ) {
    let deadline = deadline(of: departure)
    if let landing = landed.value(), landing <= deadline { return }
    departed.update(departure)
    context.timerService.registerEventTimeTimer(deadline)
  }

  mutating func processElement2(
    _ arrival: Arrival,
    _ context: KeyedFunctionContext<String>,
    _ rows: inout Collector<OverdueFlight>
  ) {
    let landing = arrival.arrivedAt.milliseconds
    guard let departure = departed.value() else {
      // Remembered until no departure can come any more that was before it.
      landed.update(landing)
      context.timerService.registerEventTimeTimer(landing)
      return
    }
    let deadline = deadline(of: departure)
    guard landing <= deadline else { return }
    context.timerService.deleteEventTimeTimer(deadline)
    departed.clear()
  }

  mutating func onTimer(
    _ timestamp: Int64,
    _ context: KeyedFunctionContext<String>,
    _ rows: inout Collector<OverdueFlight>
  ) {
    if landed.value() == timestamp { landed.clear() }
    guard let departure = departed.value(), deadline(of: departure) == timestamp else {
      return
    }
    let deadline = EventTime(milliseconds: timestamp)
    rows.collect(OverdueFlight(departure: departure, deadline: deadline))
    departed.clear()
  }
}

/// A flight that nobody saw landing in time.
private struct OverdueFlight: CSVFields {
  var departure: Departure
  var deadline: EventTime

  var csvFields: [any CSVField] {
    [departure.flight, departure.dest, departure.knownAt, deadline]
  }
}
