import DataStreamAPI

extension ReferenceJob {
  /// The minutes in which a sensor was hotter than 35 degrees.
  ///
  /// Half of all readings are from one sensor, and a key lives in one subtask: at any parallelism
  /// that subtask has at least half of the work. More slots do not help against skew; look at how
  /// busy the subtasks of `minutes` are. What comes from one partition is 90 seconds late; the
  /// watermark waits two minutes, so nothing is dropped.
  static let hotSensors = ReferenceJob(
    name: "hot-sensors",
    summary: "finds the minutes in which a sensor was hot",
    columns: ["sensor", "minute", "readings", "max_milli_c"],
    inputs: ["sensors"],
    isConfluent: true
  ) { environment, parameters in
    environment.readCSVFile(parameters.input, as: SensorReading.self, rate: parameters.rate)
      .name("sensors").uid("sensors")
      .assignTimestampsAndWatermarks(
        .boundedOutOfOrderness(.minutes(2)).withTimestamps { $0.eventTime.milliseconds }
      )
      .keyBy(\.sensor)
      .window(.tumblingEventTime(.minutes(1)))
      .aggregate(Heat(), emitting: HotMinute.self) { sensor, heat, context, rows in
        guard heat.highest > 35_000 else { return }
        let minute = EventTime(milliseconds: context.window.start)
        rows.collect(HotMinute(sensor: sensor, minute: minute, heat: heat))
      }
      .name("minutes").uid("minutes")
      .writeAsCSV(limit: parameters.rowLimit).name("rows").uid("rows")
  }
}

/// The highest of some readings.
private struct Heat: AggregateFunction {
  struct Peak: Codable {
    var readings = 0
    var highest = Int.min
  }

  func makeAccumulator() -> Peak { Peak() }

  func add(_ reading: SensorReading, to peak: inout Peak) {
    peak.readings += 1
    peak.highest = max(peak.highest, reading.milliCelsius)
  }

  func result(of peak: Peak) -> Peak { peak }

  func merge(_ other: Peak, into peak: inout Peak) {
    peak.readings += other.readings
    peak.highest = max(peak.highest, other.highest)
  }
}

/// A minute in which a sensor was hot.
private struct HotMinute: CSVFields {
  var sensor: String
  var minute: EventTime
  var heat: Heat.Peak

  var csvFields: [any CSVField] { [sensor, minute, heat.readings, heat.highest] }
}
