public import DreyCluster

extension Program {
  /// The greatest degrees of each room so far: `max` changes the field only, and keeps the rest of
  /// the room's first reading.
  public static let greatestDegrees = Program(
    "examples-max",
    columns: ["room", "thermometer", "degrees"]
  ) { environment in
    environment.fromData(Reading.minute)
      .keyBy(\.room)
      .max(\.degrees)
      .sinkTo(FileSink.csv())
  }

  /// The warmest reading of each room so far: `maxBy` gives the whole reading.
  public static let warmestReading = Program(
    "examples-max-by",
    columns: ["room", "thermometer", "degrees"]
  ) { environment in
    environment.fromData(Reading.minute)
      .keyBy(\.room)
      .maxBy(\.degrees)
      .sinkTo(FileSink.csv())
  }
}
