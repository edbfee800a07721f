import DataStreamAPI
import ReferenceJobs

extension Fact {
  /// Counts and sums.
  static let totals: [Fact] = [
    Fact(
      "rows",
      "departures",
      "arrivals",
      "airlines",
      "airports",
      "planes",
      "weather",
      "quakes"
    ) { inputs in
      let names = ["departures", "arrivals", "airlines", "airports", "planes", "weather", "quakes"]
      let streams = names.map { name in
        inputs.environment.readCSVFile(name) { _ in name }
      }
      return streams.dropFirst().reduce(streams[0]) { $0.union($1) }.counted { $0 }
    },
    Fact("by_carrier", "departures") { $0.departures.counted(by: \.carrier) },
    Fact("top5_dest", "departures") { inputs in
      top(5, of: inputs.departures.map { Tuple2($0.dest, 1) })
    },
    Fact("distance_sum", "departures") { inputs in
      inputs.departures.summed { Tuple2("", $0.distance) }
    },
    Fact("delay_stats", "departures") { inputs in
      inputs.departures.filter { $0.status == .departed }.map { $0.delay ?? 0 }
        .allAtEnd().process(emitting: FactRow.self) { _, delays, _, rows in
          rows.collect(FactRow("count", String(delays.count)))
          rows.collect(FactRow("sum", String(delays.reduce(0, +))))
          rows.collect(FactRow("min", String(delays.min() ?? 0)))
          rows.collect(FactRow("max", String(delays.max() ?? 0)))
          rows.collect(FactRow("positive", String(delays.count { $0 > 0 })))
        }
    },
    Fact("nulls", "departures", "arrivals") { inputs in
      let departures = inputs.departures.flatMap(emitting: String.self) { flight, names in
        if flight.tailnum == nil { names.collect("tailnum") }
        if flight.delay == nil { names.collect("dep_delay_min") }
      }
      let arrivals = inputs.arrivals.filter { $0.delay == nil }.map { _ in "arr_delay_min" }
      return departures.union(arrivals).counted { $0 }
    },
    Fact("arr_delay", "arrivals") { inputs in
      inputs.arrivals.filter { $0.status == .arrived }
        .flatMap(emitting: NamedCount.self) { flight, sums in
          sums.collect(NamedCount("count", 1))
          sums.collect(NamedCount("arr_delay_sum", flight.delay ?? 0))
          sums.collect(NamedCount("air_time_sum", flight.airTime ?? 0))
        }
        .summed { $0 }
    },
    Fact("hour_of_day_fixed", "departures") { inputs in
      inputs.departures.counted { flight in
        let hour = (flight.eventTime.milliseconds / 3_600_000 - 5) % 24
        return hour < 10 ? "0\(hour)" : "\(hour)"
      }
    },
    Fact("skew_dest_crc32_mod4", "departures") { inputs in
      inputs.departures.counted { String(crc32($0.dest) % 4) }
    },
    Fact("state_at_6000", "departures") { inputs in
      inputs.departures.filter { $0.seq <= 6000 }.keyBy(\.carrier).process(CarrierState.init)
    },
    Fact("seq_sum", "departures") { inputs in
      inputs.departures.summed { Tuple2("", $0.seq) }
    },
  ]

  /// The most frequent names, the most frequent first; of equals the first of the alphabet.
  static func top(_ count: Int, of names: DataStream<NamedCount>) -> DataStream<FactRow> {
    names.keyBy(\.f0).atEnd()
      .aggregate(RecordCount(), emitting: NamedCount.self) { name, count, _, counts in
        counts.collect(NamedCount(name, count))
      }
      .allAtEnd().process(emitting: FactRow.self) { _, counts, _, rows in
        let ranked = counts.sorted { ($1.f1, $0.f0) < ($0.f1, $1.f0) }
        for (rank, entry) in ranked.prefix(count).enumerated() {
          rows.collect(FactRow("\(rank)/0", entry.f0))
          rows.collect(FactRow("\(rank)/1", String(entry.f1)))
        }
      }
  }

  private static func crc32(_ text: String) -> UInt32 {
    var crc = UInt32.max
    for byte in text.utf8 {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}

/// How many flights a carrier had and how far they went, kept in keyed state.
private struct CarrierState: KeyedProcessFunction {
  private let sums: ValueState<Tuple2<Int, Int>>

  init(_ context: KeyedFunctionContext<String>) throws {
    sums = try context.valueState(named: "sums")
  }

  mutating func processElement(
    _ flight: Departure,
    _ context: KeyedFunctionContext<String>,
    _ rows: inout Collector<FactRow>
  ) {
    var sum = sums.value() ?? Tuple2(0, 0)
    sum = Tuple2(sum.f0 + 1, sum.f1 + flight.distance)
    sums.update(sum)
    rows.collect(FactRow("\(flight.carrier)/0", String(sum.f0)))
    rows.collect(FactRow("\(flight.carrier)/1", String(sum.f1)))
  }
}
