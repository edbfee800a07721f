import DataStreamAPI
import ReferenceJobs

extension Fact {
  /// Facts about the datasets that Drey makes.
  static let generated: [Fact] = [
    Fact("words_top10", "words") { inputs in
      let words = inputs.environment.readTextFile("words")
        .name("words").uid("words")
        .flatMap(emitting: NamedCount.self) { line, words in
          Tokens.forEach(in: line) { token in
            words.collect(NamedCount(Tokens.normalised(token), 1))
          }
        }
      return top(10, of: words)
    },
    Fact("clicks_truth", "clicks") { inputs in
      let clicks = inputs.clicks.timed(\.eventTime)
      let distinct = clicks.keyBy(\.id).process(FirstClick.init)
      let visits = distinct.keyBy(\.user).window(.eventTimeSession(gap: .minutes(30)))
        .aggregate(RecordCount(), emitting: NamedCount.self) { _, _, _, visits in
          visits.collect(NamedCount("sessions", 1))
        }
      let all = clicks.map { _ in NamedCount("duplicates", 1) }
      let events = distinct.flatMap(emitting: NamedCount.self) { _, sums in
        sums.collect(NamedCount("events", 1))
        sums.collect(NamedCount("duplicates", -1))
      }
      return visits.union(all, events).summed { $0 }
    },
    Fact("payments_fraud", "payments") { inputs in
      inputs.payments.timed(\.eventTime).keyBy(\.card).process(FraudDetector.init)
        .allAtEnd().process(emitting: FactRow.self) { _, frauds, _, rows in
          rows.collect(FactRow("count", String(frauds.count)))
          let ordered = frauds.sorted { $0.large < $1.large }
          for (index, fraud) in ordered.prefix(3).enumerated() {
            rows.collect(FactRow("first3/\(index)", fraud.card))
          }
        }
    },
    Fact("payments_v1_v2", "payments") { inputs in
      inputs.payments.flatMap(emitting: NamedCount.self) { payment, sums in
        let schema = "v\(payment.schema ?? 1)"
        sums.collect(NamedCount(schema, 1))
        sums.collect(NamedCount(schema + "_cents", payment.cents))
      }
      .summed { $0 }
    },
    Fact("sensors_skew", "sensors") { inputs in
      inputs.sensors.map { NamedCount($0.sensor, $0.partition) }
        .allAtEnd().process(emitting: FactRow.self) { _, readings, _, rows in
          let hot = readings.count { $0.f0 == "s000" }
          rows.collect(FactRow("records", String(readings.count)))
          rows.collect(FactRow("s000_permille", String(hot * 1000 / readings.count)))
          for partition in 0..<4 {
            let count = readings.count { $0.f1 == partition }
            rows.collect(FactRow("by_partition/\(partition)", String(count)))
          }
        }
    },
    Fact("sensors_late_single", "sensors", order: .byWatermark) { inputs in
      inputs.sensors.assignTimestampsAndWatermarks(
        .forBoundedOutOfOrdernessPerRecord(.seconds(5)).withTimestampAssigner {
          $0.eventTime.milliseconds
        }
      )
      .behindTheWatermark().counted { _ in "" }
    },
    Fact("sensors_split_no_idleness", "sensors", order: .byWatermark) { inputs in
      inputs.sensors.assignTimestampsAndWatermarks(
        .forBoundedOutOfOrdernessPerRecord(.seconds(5)).withTimestampAssigner {
          $0.eventTime.milliseconds
        }
        .perSplit(4, \.partition)
      )
      .process { _ in WatermarkStalls() }
    },
  ]
}

/// Counts late readings, and measures how long readings see the same watermark, in the time at
/// which they arrive.
private struct WatermarkStalls: ProcessFunction, BoundedOneInput {
  private var late = 0
  private var longest: Int64 = 0
  private var watermark = Watermark.none
  /// When the reading arrived that saw it first.
  private var firstArrival: Int64?

  mutating func processElement(
    _ reading: SensorReading,
    _ context: FunctionContext,
    _ rows: inout Collector<FactRow>
  ) {
    let arrival = reading.knownAt.milliseconds
    if context.currentWatermark > watermark {
      watermark = context.currentWatermark
      if let firstArrival { longest = max(longest, arrival - firstArrival) }
      firstArrival = arrival
    }
    if reading.eventTime.milliseconds <= watermark.timestamp { late += 1 }
  }

  mutating func endInput(_ context: FunctionContext, _ rows: inout Collector<FactRow>) {
    rows.collect(FactRow("late", String(late)))
    rows.collect(FactRow("longest_stall_ms", String(longest)))
  }
}
