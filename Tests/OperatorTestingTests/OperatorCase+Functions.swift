import KeyedState
import OperatorTesting
import StreamModel
import StreamOperators

/// Adds up, and says by timers of both kinds how far it has come.
private struct Ledger: KeyedProcessFunction, KeyedCoProcessFunction {
  typealias Key = String
  typealias First = Item
  typealias Second = Item

  static let side = OutputTag<Item>("side")
  private var sum: ValueState<Int>?

  mutating func open(_ context: KeyedFunctionContext<String>) throws {
    sum = try context.valueState(named: "sum")
  }

  mutating func process(
    _ item: Item,
    _ context: KeyedFunctionContext<String>,
    _ output: inout Collector<Row>
  ) {
    let total = (sum?.value() ?? 0) + item.value
    let next = max(context.timestamp ?? 0, context.currentWatermark.timestamp &+ 1)
    let moment = (next / 50 + 1) * 50
    switch item.value {
    case 0: context.deleteEventTimeTimer(at: moment)
    case 1:
      context.registerProcessingTimeTimer(at: (context.currentProcessingTime / 20 + 1) * 20 + 10)
    case 2:
      context.deleteProcessingTimeTimer(at: (context.currentProcessingTime / 20 + 1) * 20 + 10)
    case 3: context.output(item, to: Self.side)
    default: context.registerEventTimeTimer(at: moment)
    }
    if total > 30 { sum?.clear() } else { sum?.update(total) }
    output.collect(Row(item.key, "\(item.id) sum \(total) at \(context.timestamp ?? -1)"))
  }

  mutating func processFirst(
    _ item: Item,
    _ context: KeyedFunctionContext<String>,
    _ output: inout Collector<Row>
  ) { process(item, context, &output) }

  mutating func processSecond(
    _ item: Item,
    _ context: KeyedFunctionContext<String>,
    _ output: inout Collector<Row>
  ) {
    let total = sum?.value() ?? 0
    sum?.update(total / 2)
    output.collect(Row(item.key, "\(item.id) halves \(total)"))
  }

  mutating func onTimer(
    _ timer: FiredTimer,
    _ context: KeyedFunctionContext<String>,
    _ output: inout Collector<Row>
  ) {
    let key = context.currentKey ?? "?"
    let total = sum?.value() ?? 0
    output.collect(Row(key, "timer \(timer.timestamp) of \(timer.domain), sum \(total)"))
    context.output(Item(key, -1, value: total), to: Self.side)
    sum?.update(total + 1)
    if timer.domain == .eventTime, !total.isMultiple(of: 2), timer.timestamp < 1_000 {
      context.registerEventTimeTimer(at: timer.timestamp + 50)
    }
  }
}

/// Goes by the rules of a broadcast stream: a factor for each key.
private struct Ruled: BroadcastProcessFunction, KeyedBroadcastProcessFunction {
  typealias Key = String
  static let rules = BroadcastStateDescriptor<String, Int>("rules")
  static let side = OutputTag<Item>("side")
  private var count: ValueState<Int>?

  mutating func open(_ context: KeyedFunctionContext<String>) throws {
    count = try context.valueState(named: "count")
  }

  mutating func process(
    _ item: Item,
    _ context: ReadOnlyBroadcastContext,
    _ output: inout Collector<Row>
  ) throws {
    let rules = try context.broadcastState(Self.rules)
    let all = rules.entries.map { "\($0.key)\($0.value)" }.joined(separator: ",")
    output.collect(Row(item.key, "\(item.id) × \(rules[item.key] ?? 1) of \(all)"))
    if item.value == 3 { context.output(item, to: Self.side) }
  }

  mutating func process(
    _ item: Item,
    _ context: KeyedFunctionContext<String>,
    _ broadcast: ReadOnlyBroadcastContext,
    _ output: inout Collector<Row>
  ) throws {
    let factor = try broadcast.broadcastState(Self.rules)[item.key] ?? 1
    let total = (count?.value() ?? 0) + factor
    count?.update(total)
    let next = max(context.timestamp ?? 0, context.currentWatermark.timestamp &+ 1)
    context.registerEventTimeTimer(at: (next / 50 + 1) * 50)
    output.collect(Row(item.key, "\(item.id) is \(total)"))
  }

  mutating func processBroadcast(
    _ item: Item,
    _ context: BroadcastContext,
    _ output: inout Collector<Row>
  ) throws {
    let rules = try context.broadcastState(Self.rules)
    rules[item.key] = item.value == 0 ? nil : item.value
  }

  mutating func onTimer(
    _ timer: FiredTimer,
    _ context: KeyedFunctionContext<String>,
    _ broadcast: ReadOnlyBroadcastContext,
    _ output: inout Collector<Row>
  ) throws {
    let key = context.currentKey ?? "?"
    let factor = try broadcast.broadcastState(Self.rules)[key] ?? 1
    output.collect(Row(key, "timer \(timer.timestamp), \(count?.value() ?? 0) × \(factor)"))
    count?.clear()
  }
}

extension OperatorCase {
  private static let timeless = {
    var shape = ScriptShape()
    shape.hasTimelessRecords = true
    return shape
  }()

  static let keyedFunctions: [OperatorCase] = [
    .keyed(
      "keyed process",
      .keyedProcess(by: KeySelector(\Item.key)) { Ledger() },
      timeless,
      sides: [Ledger.side]
    ),
    OperatorCase(
      "keyed co-process",
      .keyedCoProcess(by: KeySelector(\Item.key), KeySelector(\Item.key)) { Ledger() },
      [.keyed(by: \Item.key), .keyed(by: \Item.key)],
      timeless,
      sides: [Ledger.side],
      element: { $0 },
      row: { (row: Row) in row }
    ),
    OperatorCase(
      "broadcast process",
      .broadcastProcess { Ruled() },
      [.inTurn(Item.self), .broadcast(Item.self)],
      timeless,
      sides: [Ruled.side],
      element: { $0 },
      row: { (row: Row) in row }
    ),
    OperatorCase(
      "keyed broadcast process",
      .keyedBroadcastProcess(by: KeySelector(\Item.key)) { Ruled() },
      [.keyed(by: \Item.key), .broadcast(Item.self)],
      timeless,
      element: { $0 },
      row: { (row: Row) in row }
    ),
  ]
}
