import OperatorTesting
import SimulationKernel
import StreamModel
import StreamOperators

/// Asks a service that takes its time: the more, the greater the value.
private struct Asking: AsyncFunction {
  func asyncInvoke(_ item: Item, _ random: inout RandomStream) -> AsyncReply<Row> {
    AsyncReply([Row(item)], after: .milliseconds(Int64(item.value * 5 % 7 + 1) * 10))
  }

  func timeout(_ item: Item) -> [Row] { [Row(item.key, "\(item.id) timed out")] }
}

/// Promises what has passed, at intervals, and at once for what is divisible by three.
private struct Punctuated: WatermarkGenerator {
  private var latest = Int64.min

  mutating func onEvent(_ item: Item, timestamp: Int64) -> Watermark? {
    latest = max(latest, timestamp)
    return item.value.isMultiple(of: 3) ? Watermark(timestamp) : nil
  }

  mutating func onPeriodicEmit() -> Watermark? { Watermark(latest) }
}

extension OperatorCase {
  static let asking: [OperatorCase] = [AsyncSettings.Order.ordered, .unordered].flatMap { order in
    [1, 2, 5].flatMap { capacity in
      [nil, VirtualDuration.milliseconds(45)].map { timeout in
        var shape = ScriptShape()
        shape.hasTimelessRecords = true
        shape.hasIdleness = false
        shape.endsAlways = true
        return OperatorCase(
          "async, \(order), \(capacity) at a time" + (timeout == nil ? "" : ", with timeout"),
          .asyncWait(AsyncSettings(order: order, timeout: timeout, capacity: capacity)) {
            Asking()
          },
          [.inTurn(Item.self)],
          shape,
          restored: order == .ordered ? .exact : .betweenWatermarks,
          element: { $0 },
          row: { (row: Row) in row }
        )
      }
    }
  }

  private static let strategies: [(String, WatermarkStrategy<Item>)] = [
    ("bounded", .forBoundedOutOfOrderness(.milliseconds(20))),
    ("bounded after each record", .forBoundedOutOfOrdernessPerRecord(.milliseconds(20))),
    ("ascending", .forMonotonousTimestamps()),
    ("none", .noWatermarks()),
    ("punctuated", .forGenerator { Punctuated() }),
  ]

  /// What they know is not part of a checkpoint: only the records are the same after a restore.
  static let eventTime: [OperatorCase] = strategies.flatMap { name, strategy in
    [("", strategy), (", with idleness", strategy.withIdleness(.milliseconds(100)))].map {
      suffix,
      strategy in
      var shape = ScriptShape()
      shape.steps = 30
      return OperatorCase(
        "watermarks, \(name)\(suffix)",
        .timestampsAndWatermarks(
          strategy.withTimestampAssigner { Int64($0.id * 10 + $0.value * 7) }
        ),
        [.inTurn(Item.self)],
        shape,
        restored: .rowsInOrder,
        element: { $0 },
        row: { (item: Item) in Row(item) }
      )
    }
  }
}
