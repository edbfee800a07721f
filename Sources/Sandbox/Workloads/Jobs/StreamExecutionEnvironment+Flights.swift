import DataStreamAPI

extension StreamExecutionEnvironment {
  /// The flights that left, by the moment at which that became known, and those that came down, by
  /// the moment at which they did.
  ///
  /// Both files are in the order of these times, so a watermark can follow each record closely.
  func flights(
    _ parameters: JobParameters
  ) -> (departures: DataStream<Departure>, arrivals: DataStream<Arrival>) {
    let departures = readCSVFile(parameters.input, as: Departure.self, rate: parameters.rate)
      .name("departures").uid("departures")
      .filter { $0.status == .departed }
      .assignTimestampsAndWatermarks(
        .monotonousTimestamps.withTimestamps { $0.knownAt.milliseconds }
      )
    let arrivals = readCSVFile(
      parameters.input("arrivals"),
      as: Arrival.self,
      rate: parameters.rate
    )
    .name("arrivals").uid("arrivals")
    .assignTimestampsAndWatermarks(
      .monotonousTimestamps.withTimestamps { $0.arrivedAt.milliseconds }
    )
    return (departures, arrivals)
  }
}
