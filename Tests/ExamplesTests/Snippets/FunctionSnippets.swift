import DreyCluster
import Examples

// The examples of doc comments and documents about function: compiled here, held against them by
// DocumentedExamples.swift.

/// Numbers the elements of its subtask.
struct Numbering: ProcessFunction {
  private var count = 0

  mutating func processElement(
    _ word: String,
    _ context: FunctionContext,
    _ output: inout Collector<String>
  ) {
    count += 1
    output.collect("\(context.subtask).\(count) \(word)")
  }
}

/// Adds up, and emits the sum at the end of the input.
struct Total: ProcessFunction, BoundedOneInput {
  private var sum = 0

  mutating func processElement(
    _ word: String,
    _ context: FunctionContext,
    _ output: inout Collector<Int>
  ) {
    sum += word.utf8.count
  }

  mutating func endInput(_ context: FunctionContext, _ output: inout Collector<Int>) {
    output.collect(sum)
  }
}

/// Emits a word when it is seen for the first time.
struct FirstSeen: KeyedProcessFunction {
  private let seen: ValueState<Bool>

  init(_ context: KeyedFunctionContext<String>) throws {
    seen = try context.valueState(named: "seen")
  }

  func processElement(
    _ word: String,
    _ context: KeyedFunctionContext<String>,
    _ output: inout Collector<String>
  ) {
    guard seen.value() == nil else { return }
    seen.update(true)
    output.collect(word)
  }
}

/// Leaves out what the second stream names; each subtask knows those that it has seen.
struct WithoutStopped: CoProcessFunction {
  private var stopped: Set<String> = []

  func processElement1(
    _ word: String,
    _ context: FunctionContext,
    _ output: inout Collector<String>
  ) {
    if !stopped.contains(word) { output.collect(word) }
  }

  mutating func processElement2(
    _ word: String,
    _ context: FunctionContext,
    _ output: inout Collector<String>
  ) {
    stopped.insert(word)
  }
}

/// Lets a word through until the second stream names it.
struct UntilStopped: KeyedCoProcessFunction {
  private let isStopped: ValueState<Bool>

  init(_ context: KeyedFunctionContext<String>) throws {
    isStopped = try context.valueState(named: "stopped")
  }

  func processElement1(
    _ word: String,
    _ context: KeyedFunctionContext<String>,
    _ output: inout Collector<String>
  ) {
    if isStopped.value() == nil { output.collect(word) }
  }

  func processElement2(
    _ word: String,
    _ context: KeyedFunctionContext<String>,
    _ output: inout Collector<String>
  ) {
    isStopped.update(true)
  }
}

/// Leaves out the words that the broadcast stream names.
struct NotStopped: BroadcastProcessFunction {
  let stopped: BroadcastStateDescriptor<String, Bool>

  func processElement(
    _ word: String,
    _ context: ReadOnlyBroadcastContext,
    _ output: inout Collector<String>
  ) throws {
    if try context.broadcastState(stopped)[word] == nil { output.collect(word) }
  }

  func processBroadcastElement(
    _ word: String,
    _ context: BroadcastContext,
    _ output: inout Collector<String>
  ) throws {
    try context.broadcastState(stopped)[word] = true
  }
}

/// Emits what is above the limit of its room.
struct LastLimit: KeyedBroadcastProcessFunction {
  let limits: BroadcastStateDescriptor<String, Int>

  func processElement(
    _ reading: Reading,
    _ context: KeyedFunctionContext<String>,
    _ broadcast: ReadOnlyBroadcastContext,
    _ output: inout Collector<Reading>
  ) throws {
    let limit = try broadcast.broadcastState(limits)[reading.room]
    if let limit, reading.degrees > limit { output.collect(reading) }
  }

  func processBroadcastElement(
    _ limit: Tuple2<String, Int>,
    _ context: BroadcastContext,
    _ output: inout Collector<Reading>
  ) throws {
    try context.broadcastState(limits)[limit.f0] = limit.f1
  }
}

/// Asks a service that takes from 5 to 20 milliseconds.
struct Translation: AsyncFunction {
  let service = SimulatedService(minLatency: .milliseconds(5), maxLatency: .milliseconds(20))

  func asyncInvoke(_ word: String, _ random: inout RandomStream) -> AsyncReply<String> {
    service.reply(word == "nest" ? "drey" : word, &random)
  }

  func timeout(_ word: String) -> [String] { ["\(word), untranslated"] }
}

/// Replies after a second with the word twice, and fails at an empty one.
struct Echo: AsyncFunction {
  func asyncInvoke(_ word: String, _ random: inout RandomStream) -> AsyncReply<String> {
    word.isEmpty
      ? AsyncReply(failure: AsyncTimeout(), after: .seconds(1))
      : AsyncReply([word, word], after: .seconds(1))
  }
}

/// Numbers the windows of each key.
struct CountOfWindow<Contents>: ProcessWindowFunction {
  func process(
    _ key: String,
    _ contents: Contents,
    _ context: WindowContext<String>,
    _ output: inout Collector<String>
  ) throws {
    let windows = try context.globalState(named: "windows", of: Int.self)
    windows.update((windows.value() ?? 0) + 1)
    output.collect("\(key): window \(windows.value() ?? 0) ends at \(context.window.end)")
  }

  func clear(_ context: WindowContext<String>) {}
}

/// Promises at each full minute that nothing from before will come.
struct OnEachMinute: WatermarkGenerator {
  func onEvent(_ reading: Reading, timestamp: Int64) -> Watermark? {
    timestamp % 60_000 == 0 ? Watermark(timestamp - 1) : nil
  }

  func onPeriodicEmit() -> Watermark? { nil }
}

/// Fires when something hot comes, and at the end of the window.
struct HotTrigger: WindowTrigger {
  func onElement(
    _ reading: Reading,
    timestamp: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) -> TriggerResult {
    context.registerEventTimeTimer(window.maxTimestamp)
    return reading.degrees > 30 ? .fire : .continue
  }

  func onEventTime(
    _ time: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) -> TriggerResult {
    time == window.maxTimestamp ? .fire : .continue
  }

  func onProcessingTime(
    _ time: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) -> TriggerResult { .continue }

  func clear(_ window: TimeWindow, _ context: TriggerContext) {
    context.deleteEventTimeTimer(window.maxTimestamp)
  }
}

/// Lets a function see what is warm only.
struct WarmEvictor: WindowEvictor {
  func evictBefore(_ elements: inout [TimestampedElement<Reading>], window: TimeWindow) {
    elements.removeAll { $0.element.degrees < 15 }
  }
}

struct MeanDegrees: AggregateFunction {
  func createAccumulator() -> Tuple2<Int, Int> { Tuple2(0, 0) }
  func add(_ reading: Reading, to sum: inout Tuple2<Int, Int>) {
    sum = Tuple2(sum.f0 + reading.degrees, sum.f1 + 1)
  }
  func getResult(_ sum: Tuple2<Int, Int>) -> Double { Double(sum.f0) / Double(sum.f1) }
  func merge(_ other: Tuple2<Int, Int>, into sum: inout Tuple2<Int, Int>) {
    sum = Tuple2(sum.f0 + other.f0, sum.f1 + other.f1)
  }
}

struct Route: StructKey {
  var origin: String
  var destination: String
  func visitKeyFields(_ visitor: inout KeyFieldVisitor) {
    visitor.visit(origin)
    visitor.visit(destination)
  }
}

enum Side: String, EnumKey { case buy, sell }
