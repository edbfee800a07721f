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
  private let sum: ValueState<Int>

  init(_ context: KeyedFunctionContext<String>) throws {
    sum = try context.valueState(named: "sum")
  }

  mutating func processElement(
    _ item: Item,
    _ context: KeyedFunctionContext<String>,
    _ output: inout Collector<Row>
  ) {
    let total = (sum.value() ?? 0) + item.value
    let next = max(context.timestamp ?? 0, context.currentWatermark.timestamp &+ 1)
    let moment = (next / 50 + 1) * 50
    switch item.value {
    case 0: context.timerService.deleteEventTimeTimer(moment)
    case 1:
      context.timerService.registerProcessingTimeTimer(
        (context.currentProcessingTime / 20 + 1) * 20 + 10
      )
    case 2:
      context.timerService.deleteProcessingTimeTimer(
        (context.currentProcessingTime / 20 + 1) * 20 + 10
      )
    case 3: context.output(Self.side, item)
    default: context.timerService.registerEventTimeTimer(moment)
    }
    if total > 30 { sum.clear() } else { sum.update(total) }
    output.collect(Row(item.key, "\(item.id) sum \(total) at \(context.timestamp ?? -1)"))
  }

  mutating func processElement1(
    _ item: Item,
    _ context: KeyedFunctionContext<String>,
    _ output: inout Collector<Row>
  ) { processElement(item, context, &output) }

  mutating func processElement2(
    _ item: Item,
    _ context: KeyedFunctionContext<String>,
    _ output: inout Collector<Row>
  ) {
    let total = sum.value() ?? 0
    sum.update(total / 2)
    output.collect(Row(item.key, "\(item.id) halves \(total)"))
  }

  mutating func onTimer(
    _ timestamp: Int64,
    _ context: KeyedFunctionContext<String>,
    _ output: inout Collector<Row>
  ) {
    let key = context.currentKey ?? "?"
    let total = sum.value() ?? 0
    let domain = context.timeDomain == .eventTime ? "eventTime" : "processingTime"
    output.collect(Row(key, "timer \(timestamp) of \(domain), sum \(total)"))
    context.output(Self.side, Item(key, -1, value: total))
    sum.update(total + 1)
    if context.timeDomain == .eventTime, !total.isMultiple(of: 2), timestamp < 1_000 {
      context.timerService.registerEventTimeTimer(timestamp + 50)
    }
  }
}

/// Goes by the rules of a broadcast stream: a factor for each key.
private struct Ruled: BroadcastProcessFunction {
  static let rules = BroadcastStateDescriptor<String, Int>("rules")
  static let side = OutputTag<Item>("side")

  mutating func processElement(
    _ item: Item,
    _ context: ReadOnlyBroadcastContext,
    _ output: inout Collector<Row>
  ) throws {
    let rules = try context.broadcastState(Self.rules)
    let all = rules.entries.map { "\($0.key)\($0.value)" }.joined(separator: ",")
    output.collect(Row(item.key, "\(item.id) × \(rules[item.key] ?? 1) of \(all)"))
    if item.value == 3 { context.output(Self.side, item) }
  }

  mutating func processBroadcastElement(
    _ item: Item,
    _ context: BroadcastContext,
    _ output: inout Collector<Row>
  ) throws {
    let rules = try context.broadcastState(Self.rules)
    rules[item.key] = item.value == 0 ? nil : item.value
  }
}

/// The same for a keyed stream, with a count for each key.
private struct RuledByKey: KeyedBroadcastProcessFunction {
  private let count: ValueState<Int>

  init(_ context: KeyedFunctionContext<String>) throws {
    count = try context.valueState(named: "count")
  }

  mutating func processElement(
    _ item: Item,
    _ context: KeyedFunctionContext<String>,
    _ broadcast: ReadOnlyBroadcastContext,
    _ output: inout Collector<Row>
  ) throws {
    let factor = try broadcast.broadcastState(Ruled.rules)[item.key] ?? 1
    let total = (count.value() ?? 0) + factor
    count.update(total)
    let next = max(context.timestamp ?? 0, context.currentWatermark.timestamp &+ 1)
    context.timerService.registerEventTimeTimer((next / 50 + 1) * 50)
    output.collect(Row(item.key, "\(item.id) is \(total)"))
  }

  mutating func processBroadcastElement(
    _ item: Item,
    _ context: BroadcastContext,
    _ output: inout Collector<Row>
  ) throws {
    let rules = try context.broadcastState(Ruled.rules)
    rules[item.key] = item.value == 0 ? nil : item.value
  }

  mutating func onTimer(
    _ timestamp: Int64,
    _ context: KeyedFunctionContext<String>,
    _ broadcast: ReadOnlyBroadcastContext,
    _ output: inout Collector<Row>
  ) throws {
    let key = context.currentKey ?? "?"
    let factor = try broadcast.broadcastState(Ruled.rules)[key] ?? 1
    output.collect(Row(key, "timer \(timestamp), \(count.value() ?? 0) × \(factor)"))
    count.clear()
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
      .keyedProcess(by: KeySelector(\Item.key), Ledger.init),
      timeless,
      sides: [Ledger.side]
    ),
    OperatorCase(
      "keyed co-process",
      .keyedCoProcess(by: KeySelector(\Item.key), KeySelector(\Item.key), Ledger.init),
      [.keyed(by: \Item.key), .keyed(by: \Item.key)],
      timeless,
      sides: [Ledger.side],
      element: { $0 },
      row: { (row: Row) in row }
    ),
    OperatorCase(
      "broadcast process",
      .broadcastProcess { _ in Ruled() },
      [.inTurn(Item.self), .broadcast(Item.self)],
      timeless,
      sides: [Ruled.side],
      element: { $0 },
      row: { (row: Row) in row }
    ),
    OperatorCase(
      "keyed broadcast process",
      .keyedBroadcastProcess(by: KeySelector(\Item.key), RuledByKey.init),
      [.keyed(by: \Item.key), .broadcast(Item.self)],
      timeless,
      element: { $0 },
      row: { (row: Row) in row }
    ),
  ]
}
