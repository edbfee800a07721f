import DataStreamAPI
import ReferenceJobs

extension Fact {
  /// Windows in which nothing is late.
  static let windows: [Fact] = [
    Fact("hourly_windows", "departures") { inputs in
      hours(inputs.departures.timed(\.eventTime)).map { FactRow(text($0.f0), String($0.f1)) }
    },
    Fact("hop_60_15", "departures") { inputs in
      inputs.departures.timed(\.eventTime)
        .windowAll(.slidingEventTime(.minutes(60), slide: .minutes(15)))
        .aggregate(RecordCount(), emitting: TimedCount.self) { _, count, context, counts in
          counts.collect(TimedCount(context.window.start, count))
        }
        .allAtEnd().process(emitting: FactRow.self) { _, counts, _, rows in
          rows.collect(FactRow("sum", String(counts.reduce(0) { $0 + $1.f1 })))
          summarise(counts, to: &rows) { text($0) }
        }
    },
    Fact("utc_days", "departures") { inputs in
      inputs.departures.timed(\.eventTime)
        .windowAll(.tumblingEventTime(.minutes(24 * 60)))
        .aggregate(RecordCount(), emitting: FactRow.self) { _, count, context, rows in
          rows.collect(FactRow(text(context.window.start), String(count)))
        }
    },
    Fact("sessions_origin", "departures") { inputs in
      inputs.departures.timed(\.eventTime).keyBy(\.origin)
        .window(.eventTimeSession(gap: .seconds(2 * 3600 + 30)))
        .aggregate(RecordCount(), emitting: NamedCount.self) { origin, count, _, counts in
          counts.collect(NamedCount(origin, count))
        }
        .keyBy(\.f0).atEnd().process(emitting: FactRow.self) { origin, sessions, _, rows in
          rows.collect(FactRow("\(origin)/0", String(sessions.count)))
          rows.collect(FactRow("\(origin)/1", String(sessions.map(\.f1).max() ?? 0)))
        }
    },
  ]

  /// How many flights there were in each hour.
  static func hours(_ flights: DataStream<Departure>) -> DataStream<TimedCount> {
    flights.windowAll(.tumblingEventTime(.minutes(60)))
      .aggregate(RecordCount(), emitting: TimedCount.self) { _, count, context, counts in
        counts.collect(TimedCount(context.window.start, count))
      }
  }

  /// How many windows there are, the largest count, and where it is.
  static func summarise(
    _ counts: [TimedCount],
    to rows: inout Collector<FactRow>,
    _ name: (Int64) -> String
  ) {
    let most = counts.map(\.f1).max() ?? 0
    rows.collect(FactRow("windows", String(counts.count)))
    rows.collect(FactRow("max", String(most)))
    let starts = counts.filter { $0.f1 == most }.map(\.f0).sorted()
    for (index, start) in starts.enumerated() {
      rows.collect(FactRow("at/\(index)", name(start)))
    }
  }
}
