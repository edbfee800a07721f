package import DataStreamAPI

extension Program {
  /// Gives each flight the name of its airline and the weather at the time when it was to leave.
  ///
  /// Two ways to look something up. The weather has versions: a flight waits for a timer at its
  /// time, then takes the version that held. The names are broadcast, so that every subtask has all
  /// of them; a flight whose airline is not there yet waits for a timer too. Neither table has
  /// watermarks, and an operator's event time is that of its slowest input: no timer fires before
  /// the table is read to its end. So nothing depends on which stream is faster.
  static let flightEnrichment = Program(
    "flight-enrichment",
    summary: "adds the airline and the weather to each flight",
    columns: ["flight", "airline", "origin", "scheduled", "temp_f", "visib_mi"],
    inputs: ["departures", "airlines", "weather"],
    isConfluent: true
  ) { environment in
    let departures = environment.readCSVFile("departures", as: Departure.self)
      .name("departures").uid("departures")
      .assignTimestampsAndWatermarks(
        .forBoundedOutOfOrderness(.minutes(15 * 60)).withTimestampAssigner {
          $0.eventTime.milliseconds
        }
      )
    // The tables are there at once, whatever the pace of the flights.
    let weather = environment.readCSVFile(
      "weather",
      as: WeatherObservation.self,
      rate: .unlimited
    )
    .name("weather").uid("weather")
    let airlines = environment.readCSVFile("airlines", as: Airline.self, rate: .unlimited)
      .name("airlines").uid("airlines")
    departures.keyBy(\.origin).connect(weather.keyBy(\.origin))
      .process(WeatherLookup.init).name("weather at departure").uid("weather-lookup")
      .keyBy(\.departure.carrier).connect(airlines.broadcast(AirlineLookup.names))
      .process(AirlineLookup.init).name("airline").uid("airline-lookup")
      .writeAsCSV().name("rows").uid("rows")
  }
}

/// A flight and the weather that it was to leave in; none where none was observed before it.
package struct WeatheredFlight: Codable, Sendable {
  /// The flight.
  package var departure: Departure
  /// The weather.
  package var weather: WeatherObservation?
}

/// Finds the weather that held at an airport when a flight was to leave it.
package struct WeatherLookup: KeyedCoProcessFunction {
  /// Flights that wait for their time, by it.
  private let flights: MapState<Int64, [Departure]>
  /// The observations by the time from which they hold; those that nobody can need are forgotten.
  private let versions: MapState<Int64, WeatherObservation>

  /// Asks for what it remembers.
  package init(_ context: KeyedFunctionContext<String>) throws {
    flights = try context.mapState(named: "flights")
    versions = try context.mapState(named: "versions")
  }

  /// Lets a flight wait for its time.
  package mutating func processElement1(
    _ departure: Departure,
    _ context: KeyedFunctionContext<String>,
    _ output: inout Collector<WeatheredFlight>
  ) {
    let time = departure.eventTime.milliseconds
    flights.put(time, (flights.get(time) ?? []) + [departure])
    context.timerService.registerEventTimeTimer(time)
  }

  /// Keeps a version.
  package mutating func processElement2(
    _ observation: WeatherObservation,
    _ context: KeyedFunctionContext<String>,
    _ output: inout Collector<WeatheredFlight>
  ) {
    versions.put(observation.hour.milliseconds, observation)
  }

  /// Gives the flights of a moment the version that holds then.
  package mutating func onTimer(
    _ timestamp: Int64,
    _ context: KeyedFunctionContext<String>,
    _ output: inout Collector<WeatheredFlight>
  ) {
    let past = versions.entries().filter { $0.key <= timestamp }
    let latest = past.max { $0.key < $1.key }
    for departure in flights.get(timestamp) ?? [] {
      output.collect(WeatheredFlight(departure: departure, weather: latest?.value))
    }
    flights.remove(timestamp)
    for version in past where version.key != latest?.key { versions.remove(version.key) }
  }
}

/// Finds the name of an airline among those that were broadcast.
private struct AirlineLookup: KeyedBroadcastProcessFunction {
  static let names = BroadcastStateDescriptor<String, String>("names")

  /// Flights whose airline is not known yet.
  private let waiting: ListState<WeatheredFlight>

  init(_ context: KeyedFunctionContext<String>) throws {
    waiting = try context.listState(named: "waiting")
  }

  mutating func processElement(
    _ flight: WeatheredFlight,
    _ context: KeyedFunctionContext<String>,
    _ broadcast: ReadOnlyBroadcastContext,
    _ rows: inout Collector<EnrichedFlight>
  ) throws {
    if let name = try broadcast.broadcastState(Self.names)[flight.departure.carrier] {
      rows.collect(EnrichedFlight(flight: flight, airline: name))
      return
    }
    waiting.add(flight)
    context.timerService.registerEventTimeTimer(flight.departure.eventTime.milliseconds)
  }

  mutating func processBroadcastElement(
    _ airline: Airline,
    _ context: BroadcastContext,
    _ rows: inout Collector<EnrichedFlight>
  ) throws {
    try context.broadcastState(Self.names)[airline.carrier] = airline.name
  }

  mutating func onTimer(
    _ timestamp: Int64,
    _ context: KeyedFunctionContext<String>,
    _ broadcast: ReadOnlyBroadcastContext,
    _ rows: inout Collector<EnrichedFlight>
  ) throws {
    let names = try broadcast.broadcastState(Self.names)
    for flight in waiting.get() {
      rows.collect(EnrichedFlight(flight: flight, airline: names[flight.departure.carrier]))
    }
    waiting.clear()
  }
}

/// A flight with what was looked up for it.
private struct EnrichedFlight: CSVFields {
  var flight: WeatheredFlight
  var airline: String?

  var csvFields: [any CSVField] {
    let (departure, weather) = (flight.departure, flight.weather)
    return [
      departure.flight, airline, departure.origin, departure.eventTime, weather?.temperature,
      weather?.visibility,
    ]
  }
}
