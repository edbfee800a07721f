public import DreyCluster

extension Program {
  /// Counts the readings of each room, and emits the count when the room was silent for so long.
  ///
  /// *Source:* the example of Flink's page on `ProcessFunction`.
  public static let countWithTimeout = Program(
    "examples-count-with-timeout",
    columns: ["room", "count", "until"]
  ) { environment in
    environment.fromData(Reading.minute)
      .assignTimestampsAndWatermarks(
        .forBoundedOutOfOrderness(.seconds(10)).withTimestampAssigner { $0.time }
      )
      .keyBy(\.room)
      .process(CountWithTimeout.init)
      .sinkTo(FileSink.csv())
  }
}

/// A count, and when it last grew.
struct CountSoFar: Codable {
  var count: Int
  var lastModified: Int64
}

/// Emits the count of a key that had no element for twenty seconds.
struct CountWithTimeout: KeyedProcessFunction {
  private static let timeout = VirtualDuration.seconds(20)
  private let state: ValueState<CountSoFar>

  init(_ context: KeyedFunctionContext<String>) throws {
    state = try context.valueState(named: "count")
  }

  func processElement(
    _ reading: Reading,
    _ context: KeyedFunctionContext<String>,
    _ output: inout Collector<Tuple3<String, Int, EventTime>>
  ) {
    var current = state.value() ?? CountSoFar(count: 0, lastModified: .min)
    current.count += 1
    current.lastModified = max(current.lastModified, reading.time.milliseconds)
    state.update(current)
    context.timerService.registerEventTimeTimer((reading.time + Self.timeout).milliseconds)
  }

  func onTimer(
    _ timestamp: Int64,
    _ context: KeyedFunctionContext<String>,
    _ output: inout Collector<Tuple3<String, Int, EventTime>>
  ) {
    guard let room = context.currentKey, let current = state.value(),
      timestamp == current.lastModified + Self.timeout.milliseconds
    else { return }
    let last = EventTime(milliseconds: current.lastModified)
    output.collect(Tuple3(room, current.count, last))
    state.clear()
  }
}
