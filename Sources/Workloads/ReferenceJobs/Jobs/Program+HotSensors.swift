import DataStreamAPI

extension Program {
  /// The minutes in which a sensor was hotter than 35 degrees.
  ///
  /// Half of all readings are from one sensor, and a key lives in one subtask: at any parallelism
  /// that subtask has at least half of the work. More slots do not help against skew; look at how
  /// busy the subtasks of `minutes` are. What comes from one partition is 90 seconds late; the
  /// watermark waits two minutes, so nothing is dropped.
  static let hotSensors = Program(
    "hot-sensors",
    summary: "finds the minutes in which a sensor was hot",
    columns: ["sensor", "minute", "readings", "max_milli_c"],
    inputs: ["sensors"],
    variants: [(name: "salted", program: "hot-sensors-salted")],
    isConfluent: true
  ) { environment in
    readings(environment)
      .keyBy(\.sensor)
      .window(.tumblingEventTime(.minutes(1)))
      .aggregate(Heat(), emitting: SensorMinute.self) { sensor, heat, context, rows in
        rows.collect(SensorMinute(sensor, context.window, heat))
      }
      .name("minutes").uid("minutes")
      .filter(\.isHot).name("hot")
      .writeAsCSV().name("rows").uid("rows")
  }

  /// The same rows in two steps, so that no subtask has most of the work.
  ///
  /// The first step counts by the sensor and a grain of salt, the second of the reading, so that
  /// the readings of one sensor are spread over eight keys. The second step puts the parts of a
  /// minute together: at most eight for each sensor, however many readings there were. The salt
  /// comes from the reading itself and not from chance, so a reading that is read twice finds its
  /// key again.
  static let hotSensorsSalted = Program(
    "hot-sensors-salted",
    summary: "the same in two steps, the work of a sensor spread",
    columns: ["sensor", "minute", "readings", "max_milli_c"],
    inputs: ["sensors"],
    isConfluent: true
  ) { environment in
    readings(environment)
      .keyBy { Tuple2($0.sensor, Int($0.eventTime.milliseconds / 1000 % 8)) }
      .window(.tumblingEventTime(.minutes(1)))
      .aggregate(Heat(), emitting: SensorMinute.self) { key, heat, context, parts in
        parts.collect(SensorMinute(key.f0, context.window, heat))
      }
      .name("parts").uid("parts")
      .keyBy(\.sensor)
      .window(.tumblingEventTime(.minutes(1)))
      .reduce { $0.joined(with: $1) }
      .name("minutes").uid("minutes")
      .filter(\.isHot).name("hot")
      .writeAsCSV().name("rows").uid("rows")
  }

  /// The readings with their event time.
  private static func readings(
    _ environment: StreamExecutionEnvironment
  ) -> DataStream<SensorReading> {
    environment.readCSVFile("sensors", as: SensorReading.self)
      .name("sensors").uid("sensors")
      .assignTimestampsAndWatermarks(
        .forBoundedOutOfOrderness(.minutes(2)).withTimestampAssigner { $0.eventTime.milliseconds }
      )
  }
}

/// The highest of some readings.
private struct Heat: AggregateFunction {
  struct Peak: Codable {
    var readings = 0
    var highest = Int.min
  }

  func createAccumulator() -> Peak { Peak() }

  func add(_ reading: SensorReading, to peak: inout Peak) {
    peak.readings += 1
    peak.highest = max(peak.highest, reading.milliCelsius)
  }

  func getResult(_ peak: Peak) -> Peak { peak }

  func merge(_ other: Peak, into peak: inout Peak) {
    peak.readings += other.readings
    peak.highest = max(peak.highest, other.highest)
  }
}

/// What a sensor measured in a minute, or in a part of it.
private struct SensorMinute: CSVFields, Codable {
  var sensor: String
  var minute: EventTime
  var heat: Heat.Peak

  init(_ sensor: String, _ window: TimeWindow, _ heat: Heat.Peak) {
    self.sensor = sensor
    minute = EventTime(milliseconds: window.start)
    self.heat = heat
  }

  var isHot: Bool { heat.highest > 35_000 }

  func joined(with other: SensorMinute) -> SensorMinute {
    var whole = self
    Heat().merge(other.heat, into: &whole.heat)
    return whole
  }

  var csvFields: [any CSVField] { [sensor, minute, heat.readings, heat.highest] }
}
