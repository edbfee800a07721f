import OperatorTesting
import StreamModel
import StreamOperators

/// Keeps everything back until the end, in lists of the subtask.
private struct Hoard: ProcessFunction, BoundedOneInput {
  private let kept: OperatorListState<Item>

  init(_ context: FunctionContext, isUnion: Bool) throws {
    guard isUnion else {
      kept = try context.listState(named: "kept")
      return
    }
    let union = try context.unionListState(named: "kept", of: Item.self)
    // Every subtask sees the elements of all: each takes its own.
    union.elements = union.elements.enumerated()
      .filter { $0.offset % context.parallelism == context.subtask }.map(\.element)
    kept = union
  }

  mutating func processElement(
    _ item: Item,
    _ context: FunctionContext,
    _ output: inout Collector<Row>
  ) {
    kept.add(item)
  }

  mutating func endInput(_ context: FunctionContext, _ output: inout Collector<Row>) {
    for item in kept.elements { output.collect(Row(item)) }
    kept.clear()
  }
}

/// Says how many there were in the subtask so far.
private struct Count: ProcessFunction, CoProcessFunction {
  static let side = OutputTag<Item>("side")
  private let seen: OperatorListState<Int>

  init(_ context: FunctionContext) throws {
    seen = try context.listState(named: "seen")
  }

  mutating func processElement(
    _ item: Item,
    _ context: FunctionContext,
    _ output: inout Collector<Row>
  ) {
    seen.add(item.id)
    if item.value == 7 { seen.clear() }
    if item.value == 3 { context.output(Self.side, item) }
    let watermark = context.currentWatermark.timestamp
    output.collect(Row(item.key, "\(seen.elements) at \(watermark)"))
  }

  mutating func processElement1(
    _ item: Item,
    _ context: FunctionContext,
    _ output: inout Collector<Row>
  ) { processElement(item, context, &output) }

  mutating func processElement2(
    _ item: Item,
    _ context: FunctionContext,
    _ output: inout Collector<Row>
  ) {
    if let first = seen.elements.first { output.collect(Row(item.key, "first \(first)")) }
  }
}

extension OperatorCase {
  private static let timeless = {
    var shape = ScriptShape()
    shape.hasTimelessRecords = true
    return shape
  }()

  static let subtaskState: [OperatorCase] = [
    OperatorCase(
      "process with a list, said at the end",
      .process { try Hoard($0, isUnion: false) },
      [.inTurn(Item.self)],
      element: { $0 },
      row: { (row: Row) in row }
    ),
    OperatorCase(
      "process with a union, said at the end",
      .process { try Hoard($0, isUnion: true) },
      [.inTurn(Item.self)],
      element: { $0 },
      row: { (row: Row) in row }
    ),
    OperatorCase(
      "process with a list",
      .process(Count.init),
      [.inTurn(Item.self)],
      timeless,
      canBeRescaled: false,
      sides: [Count.side],
      element: { $0 },
      row: { (row: Row) in row }
    ),
    OperatorCase(
      "co-process with a list",
      .coProcess(Count.init),
      [.inTurn(Item.self), .inTurn(Item.self)],
      timeless,
      canBeRescaled: false,
      sides: [Count.side],
      element: { $0 },
      row: { (row: Row) in row }
    ),
    OperatorCase(
      "co-map",
      .coProcess { _ in
        CoProcessClosures<Item, Item, Row>(
          { $1.collect(Row($0)) },
          { $1.collect(Row($0.key, "second \($0.id)")) }
        )
      },
      [.inTurn(Item.self), .inTurn(Item.self)],
      timeless,
      element: { $0 },
      row: { (row: Row) in row }
    ),
  ]
}
