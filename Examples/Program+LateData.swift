public import DreyCluster

extension Program {
  /// Counts the readings of each room in each ten seconds; those that come too late for their
  /// window go another way instead of being dropped.
  public static let lateReadings = Program(
    "examples-late-data",
    columns: ["kind", "room", "count"]
  ) { environment in
    let late = OutputTag<Reading>("late")
    let counts = environment.fromData(Reading.minute)
      .assignTimestampsAndWatermarks(
        .forBoundedOutOfOrdernessPerRecord(.seconds(5)).withTimestampAssigner { $0.time }
      )
      .keyBy(\.room)
      .window(.tumblingEventTime(.seconds(10)))
      .sideOutputLateData(late)
      .process(emitting: Tuple3<String, String, Int>.self) { room, readings, _, rows in
        rows.collect(Tuple3("counted", room, readings.count))
      }
    counts.getSideOutput(late)
      .map { Tuple3("late", $0.room, 1) }
      .union(counts)
      .sinkTo(FileSink.csv())
  }
}
