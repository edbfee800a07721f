import DataStreamAPI
import ReferenceJobs

extension Fact {
  /// What is behind the watermark, and what becomes of it.
  static let lateness: [Fact] = [
    Fact("late_0_15_60", "departures", order: .byWatermark) { inputs in
      let departures = inputs.departures
      let late = [0, 15, 60].map { bound in
        departures.timed(boundMinutes: bound, \.eventTime).behindTheWatermark()
          .map { _ in String(bound) }
      }
      return late[0].union(late[1], late[2]).counted { $0 }
    },
    Fact("lag_percentiles", "departures", order: .byState) { inputs in
      inputs.departures.keyBy { _ in Int8(0) }.process(Lag.init)
        .allAtEnd().process(emitting: FactRow.self) { _, lags, _, rows in
          let ranked = lags.sorted { $0.f1 < $1.f1 }
          for (name, percent) in [("p50", 50), ("p90", 90), ("p99", 99), ("max", 100)] {
            let rank = (ranked.count * percent + 99) / 100
            rows.collect(FactRow(name, String(ranked[rank - 1].f1)))
          }
          rows.collect(FactRow("flight_id", ranked.last?.f0 ?? ""))
        }
    },
    Fact("drop_1h_bound15", "departures", order: .byWatermark) { inputs in
      let departures = inputs.departures
      let late = OutputTag<Departure>("late")
      let onTime = onTimeHours(departures, late)
      let counted = onTime.map { HourPart(hour: $0.f0, counted: $0.f1) }
      let dropped = onTime.getSideOutput(late).map { HourPart(hour: hour(of: $0), dropped: 1) }
      let all = hours(departures.timed(\.eventTime)).map { HourPart(hour: $0.f0, all: $0.f1) }
      return counted.union(dropped, all).keyBy(\.hour).atEnd()
        .reduce { $0 + $1 }
        .allAtEnd().process(emitting: FactRow.self) { _, hours, _, rows in
          let short = hours.count { $0.counted > 0 && $0.counted < $0.all }
          rows.collect(FactRow("dropped", String(hours.reduce(0) { $0 + $1.dropped })))
          rows.collect(FactRow("windows_short", String(short)))
        }
    },
    Fact("on_time_counts_0308", "departures", order: .byWatermark) { inputs in
      let late = OutputTag<Departure>("late")
      let onTime = onTimeHours(inputs.departures, late)
      let counted = onTime.map { HourPart(hour: $0.f0, counted: $0.f1) }
      let dropped = onTime.getSideOutput(late).map { HourPart(hour: hour(of: $0), dropped: 1) }
      // From 2013-03-08T05:00:00Z, a day.
      let day = Int64(1_362_718_800_000)..<1_362_718_800_000 + 86_400_000
      return counted.union(dropped).filter { day.contains($0.hour) }.keyBy(\.hour).atEnd()
        .reduce { $0 + $1 }
        .flatMap(emitting: FactRow.self) { hour, rows in
          rows.collect(FactRow("\(text(hour.hour))/0", String(hour.counted)))
          rows.collect(FactRow("\(text(hour.hour))/1", String(hour.dropped)))
        }
    },
    Fact("allowed_lateness_60", "departures", order: .byWatermark) { inputs in
      let late = OutputTag<Departure>("late")
      let firings = inputs.departures.timed(boundMinutes: 15, \.eventTime)
        .windowAll(.tumblingEventTime(.minutes(60)))
        .allowedLateness(.minutes(60)).sideOutputLateData(late)
        .process { Firings() }
      let dropped = firings.getSideOutput(late).map { _ in "dropped" }
      return firings.union(dropped).counted { $0 }
    },
    Fact("late_three_splits_15", "departures", order: .byWatermark) { inputs in
      let airports = ["EWR", "JFK", "LGA"]
      return inputs.departures.assignTimestampsAndWatermarks(
        .forBoundedOutOfOrdernessPerRecord(.minutes(15))
          .withTimestampAssigner { $0.eventTime.milliseconds }
          .perSplit(3) { airports.firstIndex(of: $0.origin) ?? 0 }
      )
      .behindTheWatermark().counted { _ in "" }
    },
    Fact("late_within_origin_15", "departures", order: .byWatermark) { inputs in
      let departures = inputs.departures
      let late = ["EWR", "JFK", "LGA"].map { origin in
        departures.filter { $0.origin == origin }.timed(boundMinutes: 15, \.eventTime)
          .behindTheWatermark()
      }
      return late[0].union(late[1], late[2]).counted(by: \.origin)
    },
  ]

  /// How many flights are counted in each hour by a watermark that waits a quarter of an hour.
  private static func onTimeHours(
    _ departures: DataStream<Departure>,
    _ late: OutputTag<Departure>
  ) -> DataStream<TimedCount> {
    departures.timed(boundMinutes: 15, \.eventTime)
      .windowAll(.tumblingEventTime(.minutes(60))).sideOutputLateData(late)
      .aggregate(RecordCount(), emitting: TimedCount.self) { _, count, context, counts in
        counts.collect(TimedCount(context.window.start, count))
      }
  }

  private static func hour(of flight: Departure) -> Int64 {
    TimeWindow.start(of: flight.eventTime.milliseconds, offset: 0, size: 3_600_000)
  }
}

/// What became of flights of an hour.
private struct HourPart: Codable, Sendable {
  var hour: Int64
  var counted = 0
  var dropped = 0
  var all = 0

  static func + (left: HourPart, right: HourPart) -> HourPart {
    HourPart(
      hour: left.hour,
      counted: left.counted + right.counted,
      dropped: left.dropped + right.dropped,
      all: left.all + right.all
    )
  }
}

/// How many minutes each flight is behind the latest one before it.
private struct Lag: KeyedProcessFunction {
  private let latest: ValueState<Int64>

  init(_ context: KeyedFunctionContext<Int8>) throws {
    latest = try context.valueState(named: "latest")
  }

  mutating func processElement(
    _ flight: Departure,
    _ context: KeyedFunctionContext<Int8>,
    _ lags: inout Collector<NamedCount>
  ) {
    let time = flight.eventTime.milliseconds
    let before = latest.value() ?? time
    lags.collect(NamedCount(flight.flight, Int(max(0, before - time) / 60_000)))
    latest.update(max(before, time))
  }
}

/// Tells of each firing of a window that a late record caused.
private struct Firings: ProcessWindowFunction {
  mutating func process(
    _ key: Int8,
    _ flights: [Departure],
    _ context: WindowContext<Int8>,
    _ output: inout Collector<String>
  ) throws {
    // The first firing is the watermark's: the one of a late record begins with a fired window.
    let fired: WindowState<Bool> = try context.windowState(named: "fired")
    if fired.value() != nil { output.collect("late_accepted") }
    fired.update(true)
  }

  mutating func clear(_ context: WindowContext<Int8>) throws {
    let fired: WindowState<Bool> = try context.windowState(named: "fired")
    fired.clear()
  }
}
