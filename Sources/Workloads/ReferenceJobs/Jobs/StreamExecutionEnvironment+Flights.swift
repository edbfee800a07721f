import DataStreamAPI

extension StreamExecutionEnvironment {
  /// The flights that left, by the moment at which that became known, and those that came down, by
  /// the moment at which they did.
  ///
  /// Both files are in the order of these times, so a watermark can follow each record closely.
  func flights() -> (departures: DataStream<Departure>, arrivals: DataStream<Arrival>) {
    let departures = readCSVFile("departures", as: Departure.self)
      .name("departures").uid("departures")
      .filter { $0.status == .departed }
      .assignTimestampsAndWatermarks(
        .forMonotonousTimestamps().withTimestampAssigner { $0.knownAt.milliseconds }
      )
    let arrivals = readCSVFile("arrivals", as: Arrival.self)
      .name("arrivals").uid("arrivals")
      .assignTimestampsAndWatermarks(
        .forMonotonousTimestamps().withTimestampAssigner { $0.arrivedAt.milliseconds }
      )
    return (departures, arrivals)
  }
}
