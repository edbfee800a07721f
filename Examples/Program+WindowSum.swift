public import DreyCluster

extension Program {
  /// Sums up in windows: how many visitors each door had in each ten seconds.
  public static let windowSum = Program(
    "examples-window-sum",
    columns: ["door", "visitors", "time"]
  ) { environment in
    let visits = [
      Visit("north", visitors: 2, second: 1), Visit("south", visitors: 1, second: 3),
      Visit("north", visitors: 4, second: 8), Visit("north", visitors: 3, second: 11),
      Visit("south", visitors: 6, second: 10), Visit("north", visitors: 5, second: 25),
    ]
    environment.fromData(visits)
      .assignTimestampsAndWatermarks(
        .forBoundedOutOfOrderness(.seconds(2)).withTimestampAssigner { $0.time }
      )
      .keyBy(\.door)
      .window(TumblingEventTimeWindows.of(.seconds(10)))
      .sum(\.visitors)
      .sinkTo(FileSink.csv())
  }
}

/// People who came through a door at once.
struct Visit: Codable, Sendable, CSVFields {
  var door: String
  var visitors: Int
  var time: EventTime

  init(_ door: String, visitors: Int, second: Int64) {
    self.door = door
    self.visitors = visitors
    time = EventTime(milliseconds: second * 1000)
  }

  var csvFields: [any CSVField] { [door, visitors, time] }
}
