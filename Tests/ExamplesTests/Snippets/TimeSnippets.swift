import DreyCluster
import Examples

// The examples of doc comments and documents about time: compiled here, held against them by
// DocumentedExamples.swift.

func strategies(_ readings: DataStream<Reading>) {
  readings
    .assignTimestampsAndWatermarks(
      .forBoundedOutOfOrderness(.seconds(5)).withTimestampAssigner { $0.time }
    )
    .print()

  readings
    .assignTimestampsAndWatermarks(
      .forGenerator { OnEachMinute() }.withTimestampAssigner { $0.time }
    )
    .print()

  readings
    .assignTimestampsAndWatermarks(
      .forBoundedOutOfOrdernessPerRecord(.seconds(5)).withTimestampAssigner { $0.time }
    )
    .print()

  readings
    .assignTimestampsAndWatermarks(.forMonotonousTimestamps().withTimestampAssigner { $0.time })
    .print()

  readings
    .assignTimestampsAndWatermarks(.noWatermarks().withTimestampAssigner { $0.time })
    .print()

  let bySecond = WatermarkStrategy<Reading>.forMonotonousTimestamps()
    .withTimestampAssigner { $0.time.milliseconds / 1000 * 1000 }
  readings.assignTimestampsAndWatermarks(bySecond).print()

  let delayed = WatermarkStrategy<Reading>.forMonotonousTimestamps()
    .withTimestampAssigner { _, recordTimestamp in recordTimestamp + 1000 }
  readings.assignTimestampsAndWatermarks(delayed).print()

  let byTime = WatermarkStrategy<Reading>.forMonotonousTimestamps()
    .withTimestampAssigner { $0.time + .hours(1) }
  readings.assignTimestampsAndWatermarks(byTime).print()

  readings
    .assignTimestampsAndWatermarks(
      .forBoundedOutOfOrderness(.seconds(5)).withTimestampAssigner { $0.time }
        .withIdleness(.seconds(30))
    )
    .print()

  readings
    .assignTimestampsAndWatermarks(
      .forMonotonousTimestamps().withTimestampAssigner { $0.time }
        .perSplit(8) { $0.thermometer % 8 }
    )
    .print()

  readings
    .assignTimestampsAndWatermarks(
      .forMonotonousTimestamps().withTimestampAssigner { $0.time }
        .withWatermarkAlignment(group: "rooms", maxDrift: .minutes(5))
    )
    .print()
}

func arithmetic(_ reading: Reading) -> VirtualDuration {
  let deadline = reading.time + .hours(8)
  let yesterday = reading.time - .days(1)
  let lag = deadline - yesterday
  return lag
}
