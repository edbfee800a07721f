public import DreyCluster

extension Program {
  /// A rule that is broadcast to all subtasks, and readings that are held against it: those that
  /// come before their rule wait in state.
  public static let rules = Program(
    "examples-rules",
    columns: ["room", "thermometer", "degrees"]
  ) { environment in
    let limits = BroadcastStateDescriptor("limits", by: String.self, of: Int.self)
    let rules = environment.fromData(Tuple2("attic", 15), Tuple2("cellar", 10)).broadcast(limits)
    environment.fromData(Reading.minute)
      .keyBy(\.room)
      .connect(rules)
      .process { try AboveLimit($0, limits) }
      .sinkTo(FileSink.csv())
  }
}

/// Emits what is above the limit of its room.
struct AboveLimit: KeyedBroadcastProcessFunction {
  private let limits: BroadcastStateDescriptor<String, Int>
  private let waiting: ListState<Reading>

  init(
    _ context: KeyedFunctionContext<String>,
    _ limits: BroadcastStateDescriptor<String, Int>
  ) throws {
    self.limits = limits
    waiting = try context.listState(named: "waiting")
  }

  func processElement(
    _ reading: Reading,
    _ context: KeyedFunctionContext<String>,
    _ broadcast: ReadOnlyBroadcastContext,
    _ output: inout Collector<Reading>
  ) throws {
    waiting.add(reading)
    guard let limit = try broadcast.broadcastState(limits)[reading.room] else {
      // No key is at hand when a rule comes: looked at again with the room's next reading, or at
      // the end of the input.
      context.timerService.registerEventTimeTimer(.max)
      return
    }
    emit(above: limit, &output)
  }

  func processBroadcastElement(
    _ rule: Tuple2<String, Int>,
    _ context: BroadcastContext,
    _ output: inout Collector<Reading>
  ) throws {
    try context.broadcastState(limits)[rule.f0] = rule.f1
  }

  func onTimer(
    _ timestamp: Int64,
    _ context: KeyedFunctionContext<String>,
    _ broadcast: ReadOnlyBroadcastContext,
    _ output: inout Collector<Reading>
  ) throws {
    guard let room = context.currentKey, let limit = try broadcast.broadcastState(limits)[room]
    else { return }
    emit(above: limit, &output)
  }

  private func emit(above limit: Int, _ output: inout Collector<Reading>) {
    for reading in waiting.get() where reading.degrees > limit { output.collect(reading) }
    waiting.clear()
  }
}
