import DataStreamAPI
import ReferenceJobs

extension Fact {
  /// What follows on what.
  static let patterns: [Fact] = [
    Fact("pattern_two_long_delays", "departures", order: .byState) { inputs in
      inputs.departures.filter { $0.status == .departed && $0.tailnum != nil }
        .keyBy { $0.tailnum ?? "" }.process(LongDelays.init)
        .counted { _ in "" }
    }
  ]

  /// Earthquakes.
  static let quakes: [Fact] = [
    Fact("quakes_daily", "quakes") { inputs in
      inputs.quakes.timed(\.event_time).windowAll(.tumblingEventTime(.minutes(24 * 60)))
        .aggregate(RecordCount(), emitting: TimedCount.self) { _, count, context, counts in
          counts.collect(TimedCount(context.window.start, count))
        }
        .allAtEnd().process(emitting: FactRow.self) { _, counts, _, rows in
          summarise(counts, to: &rows) { String(text($0).prefix(10)) }
        }
    },
    Fact("quakes_longest_gap", "quakes", order: .byState) { inputs in
      inputs.quakes.keyBy { _ in Int8(0) }.process(LongestGap.init)
    },
    Fact("quakes_mag", "quakes") { inputs in
      inputs.quakes.allAtEnd().process(emitting: FactRow.self) { _, quakes, _, rows in
        let strongest = quakes.max { $0.mag < $1.mag }
        rows.collect(FactRow("ge5", String(quakes.count { $0.mag >= 5 })))
        rows.collect(FactRow("max", (strongest?.mag ?? 0).description))
        rows.collect(FactRow("place", strongest?.place ?? ""))
      }
    },
  ]
}

/// Passes a flight on that was long delayed, as was the one before it.
private struct LongDelays: KeyedProcessFunction {
  private let wasLong: ValueState<Bool>

  init(_ context: KeyedFunctionContext<String>) throws {
    wasLong = try context.valueState(named: "was-long")
  }

  mutating func processElement(
    _ flight: Departure,
    _ context: KeyedFunctionContext<String>,
    _ flights: inout Collector<Departure>
  ) {
    let isLong = (flight.delay ?? 0) > 60
    if isLong, wasLong.value() == true { flights.collect(flight) }
    wasLong.update(isLong)
  }
}

/// Tells of each gap that is longer than all before it.
private struct LongestGap: KeyedProcessFunction {
  private let last: ValueState<Int64>
  private let longest: ValueState<Int64>

  init(_ context: KeyedFunctionContext<Int8>) throws {
    last = try context.valueState(named: "last")
    longest = try context.valueState(named: "longest")
  }

  mutating func processElement(
    _ quake: Quake,
    _ context: KeyedFunctionContext<Int8>,
    _ rows: inout Collector<FactRow>
  ) {
    let time = quake.event_time.milliseconds
    let gap = time - (last.value() ?? time)
    last.update(time)
    guard gap > longest.value() ?? 0 else { return }
    longest.update(gap)
    rows.collect(FactRow("ms", String(gap)))
    rows.collect(FactRow("seq", String(quake.seq)))
  }
}
