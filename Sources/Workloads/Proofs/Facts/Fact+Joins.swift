import DataStreamAPI
import ReferenceJobs

extension Fact {
  /// Streams that meet.
  static let joins: [Fact] = [
    Fact("planes_left_join", "departures", "planes") { inputs in
      inputs.departures.coGroup(inputs.read("planes", as: Plane.self))
        .where { $0.tailnum ?? "" }.equalTo { $0.tailnum }
        .window(.global).trigger(EventTimeTrigger<TaggedUnion<Departure, Plane>>())
        .apply(emitting: String.self) { flights, planes, names in
          for flight in flights {
            names.collect(
              flight.tailnum == nil ? "blank" : planes.isEmpty ? "unmatched" : "matched"
            )
          }
        }
        .counted { $0 }
    },
    Fact("by_dest_tz", "departures", "airports") { inputs in
      let airports = inputs.read("airports", as: Airport.self)
      return inputs.departures.keyBy(\.dest).connect(airports.broadcast(ZoneCount.zones))
        .process(ZoneCount.init)
        .summed { $0 }
    },
    Fact("interval_join_3h", "departures", "arrivals") { inputs in
      inputs.departures.filter { $0.status == .departed }.timed(\.knownAt).keyBy(\.flight)
        .intervalJoin(
          inputs.arrivals.timed(\.arrivedAt).keyBy(\.flight),
          between: .zero,
          and: .minutes(3 * 60)
        )
        .process(emitting: NamedCount.self) { _, _, _, pairs in pairs.collect(NamedCount("", 1)) }
        .summed { $0 }
    },
    Fact("never_arrived", "departures", "arrivals") { inputs in
      inputs.departures.filter { $0.status == .departed }.coGroup(inputs.arrivals)
        .where(\.flight).equalTo(\.flight)
        .window(.global).trigger(EventTimeTrigger<TaggedUnion<Departure, Arrival>>())
        .apply(emitting: NamedCount.self) { flights, arrivals, missing in
          if arrivals.isEmpty { missing.collect(NamedCount("", flights.count)) }
        }
        .summed { $0 }
    },
    Fact("temporal_join_low_visibility", "departures", "weather") { inputs in
      inputs.departures.filter { $0.status == .departed }.timed(\.eventTime)
        .keyBy(\.origin).connect(inputs.weather.keyBy(\.origin))
        .process(WeatherLookup.init)
        .flatMap(emitting: NamedCount.self) { flight, sums in
          guard let weather = flight.weather, weather.visibility < 3 else { return }
          sums.collect(NamedCount("records", 1))
          sums.collect(NamedCount("delay_sum", flight.departure.delay ?? 0))
        }
        .summed { $0 }
    },
    Fact("weather_gaps", "weather") { inputs in
      let weather = inputs.weather
      let blanks = weather.flatMap(emitting: String.self) { row, names in
        if row.gust == nil { names.collect("gust_blank") }
        if row.pressure == nil { names.collect("pressure_blank") }
      }
      let gaps = weather.keyBy(\.origin).atEnd()
        .process(emitting: FactRow.self) { origin, rows, _, gaps in
          let hours = rows.map(\.hour.milliseconds).sorted()
          var missing = 0
          for (hour, next) in zip(hours, hours.dropFirst()) {
            for gap in stride(from: hour + 3_600_000, to: next, by: 3_600_000) {
              gaps.collect(FactRow("missing/\(origin)/\(missing)", text(gap)))
              missing += 1
            }
          }
        }
      return blanks.counted { $0 }.union(gaps)
    },
  ]
}

/// What the jobs need of a row of the dataset `planes`.
private struct Plane: Codable, Sendable {
  var tailnum: String
}

/// What the jobs need of a row of the dataset `airports`.
private struct Airport: Codable, Sendable {
  var iata: String
  var tz: String
}

/// Counts flights by destination, and at the end looks up in which zone it is.
private struct ZoneCount: KeyedBroadcastProcessFunction {
  static let zones = BroadcastStateDescriptor<String, String>("zones")

  private let count: ValueState<Int>

  init(_ context: KeyedFunctionContext<String>) throws {
    count = try context.valueState(named: "count")
  }

  mutating func processElement(
    _ flight: Departure,
    _ context: KeyedFunctionContext<String>,
    _ broadcast: ReadOnlyBroadcastContext,
    _ counts: inout Collector<NamedCount>
  ) {
    count.update((count.value() ?? 0) + 1)
    context.timerService.registerEventTimeTimer(.max)
  }

  mutating func processBroadcastElement(
    _ airport: Airport,
    _ context: BroadcastContext,
    _ counts: inout Collector<NamedCount>
  ) throws {
    try context.broadcastState(Self.zones)[airport.iata] = airport.tz
  }

  mutating func onTimer(
    _ timestamp: Int64,
    _ context: KeyedFunctionContext<String>,
    _ broadcast: ReadOnlyBroadcastContext,
    _ counts: inout Collector<NamedCount>
  ) throws {
    let zones = try broadcast.broadcastState(Self.zones)
    let zone = context.currentKey.flatMap { zones[$0] } ?? "unknown"
    counts.collect(NamedCount(zone, count.value() ?? 0))
  }
}
