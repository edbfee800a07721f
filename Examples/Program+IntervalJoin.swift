public import DreyCluster

extension Program {
  /// Pairs each click with the visits of the same user in the five seconds before it.
  public static let intervalJoin = Program(
    "examples-interval-join",
    columns: ["user", "visited", "clicked"]
  ) { environment in
    let strategy = WatermarkStrategy<Click>.forMonotonousTimestamps()
      .withTimestampAssigner { $0.time }
    let clicks =
      environment
      .fromData(Click("ann", second: 8), Click("bob", second: 9), Click("ann", second: 20))
      .assignTimestampsAndWatermarks(strategy)
    let visits =
      environment
      .fromData(Click("ann", second: 3), Click("bob", second: 4), Click("ann", second: 7))
      .assignTimestampsAndWatermarks(strategy)
    clicks.keyBy(\.user)
      .intervalJoin(visits.keyBy(\.user), between: .seconds(-5), and: .zero)
      .lowerBoundExclusive()
      .process(emitting: Tuple3<String, EventTime, EventTime>.self) { click, visit, _, pairs in
        pairs.collect(Tuple3(click.user, visit.time, click.time))
      }
      .sinkTo(FileSink.csv())
  }
}
