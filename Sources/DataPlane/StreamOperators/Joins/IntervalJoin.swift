public import KeyedState
public import StreamModel

/// Which elements of two keyed streams belong together: those of the second whose time lies within
/// bounds around that of the first.
///
/// *Source:* Flink `KeyedStream.IntervalJoin`.
public struct IntervalJoin<
  Left: Codable & SendableMetatype,
  Right: Codable & SendableMetatype
>: Sendable {
  /// The least time of the second element after the first, in milliseconds; may be negative.
  public let lowerBound: Int64
  /// The greatest.
  public let upperBound: Int64
  /// Where elements of the first stream go that come too late; nil drops them.
  public var lateLeft: OutputTag<Left>?
  /// Where elements of the second stream go that come too late; nil drops them.
  public var lateRight: OutputTag<Right>?

  /// Bounds that belong to the interval.
  public init(lowerBound: Int64, upperBound: Int64) {
    self.lowerBound = lowerBound
    self.upperBound = upperBound
  }

  /// After which moment of event time an element of the first stream meets nobody any more.
  @inlinable
  func leftExpiry(_ timestamp: Int64) -> Int64 {
    upperBound > 0 ? Self.time(timestamp, plus: upperBound) : timestamp
  }

  /// After which moment of event time an element of the second stream meets nobody any more.
  @inlinable
  func rightExpiry(_ timestamp: Int64) -> Int64 {
    lowerBound < 0 ? Self.time(timestamp, plus: 0 &- lowerBound) : timestamp
  }

  /// A time and a span behind it; the end of time where there is no later one.
  @inlinable
  static func time(_ timestamp: Int64, plus span: Int64) -> Int64 {
    let (time, isBeyond) = timestamp.addingReportingOverflow(span)
    return isBeyond && span > 0 ? .max : time
  }
}

/// What a function of joined elements can ask.
///
/// ```swift
/// orders.keyBy(\.room)
///   .intervalJoin(deliveries.keyBy(\.room), between: .seconds(-5), and: .hours(1))
///   .process(emitting: Tuple2<Int, Int64>.self) { order, _, context, rows in
///     rows.collect(Tuple2(order.degrees, context.rightTimestamp - context.leftTimestamp))
///   }
///   .print()
/// ```
///
/// *Source:* Flink `ProcessJoinFunction.Context`.
public struct JoinContext: FunctionContexts {
  /// What is asked at the moment; its timestamp is the later one of the two elements'.
  public let scope: FunctionScope
  /// The time of the element of the first stream, in milliseconds since 1970.
  public let leftTimestamp: Int64
  /// The time of the element of the second stream.
  public let rightTimestamp: Int64

  @usableFromInline
  init(_ scope: FunctionScope, left: Int64, right: Int64) {
    self.scope = scope
    leftTimestamp = left
    rightTimestamp = right
  }
}

/// An element that waits for its partners.
@usableFromInline
struct JoinEntry<Element: Codable>: Codable {
  @usableFromInline var timestamp: Int64
  @usableFromInline var element: Element

  @usableFromInline
  init(timestamp: Int64, element: Element) {
    self.timestamp = timestamp
    self.element = element
  }
}

/// Elements of one stream and one key that wait, by their time; of the same time, as they came.
@usableFromInline
struct JoinSide<Element: Codable>: Codable {
  @usableFromInline var entries: [JoinEntry<Element>] = []

  @usableFromInline
  init() {}

  @inlinable
  mutating func insert(_ timestamp: Int64, _ element: Element) {
    var index = entries.count
    while index > 0, entries[index - 1].timestamp > timestamp { index -= 1 }
    entries.insert(JoinEntry(timestamp: timestamp, element: element), at: index)
  }

  /// Forgets the elements up to a time.
  @inlinable
  mutating func removeFirst(upTo timestamp: Int64) {
    var count = 0
    while count < entries.count, entries[count].timestamp <= timestamp { count += 1 }
    if count > 0 { entries.removeFirst(count) }
  }

  /// The position of the first element that is not before a time.
  @inlinable
  func position(of timestamp: Int64) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].timestamp < timestamp { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// What waits under one key.
@usableFromInline
struct JoinBuffer<Left: Codable, Right: Codable>: Codable {
  @usableFromInline var left = JoinSide<Left>()
  @usableFromInline var right = JoinSide<Right>()
  /// The moment at which it is looked through for what has expired; nil while it is empty.
  @usableFromInline var cleanup: Int64?

  @usableFromInline
  init() {}
}

/// An element with no event time came to a join that goes by it.
public struct MissingTimestamp: Error, CustomStringConvertible {
  /// What is to be done.
  public let description =
    "an element without event time came to an interval join;"
    + " call assignTimestampsAndWatermarks before it"

  @usableFromInline
  init() {}
}

extension StreamOperatorFactory {
  /// Joins two streams by key and interval.
  ///
  /// Partners are met in the order of their times. An element is forgotten by the first watermark
  /// after it that reaches its expiry; each key has one timer, for the element that expires first.
  /// *Source:* Flink `IntervalJoinOperator`, which has a timer for each element.
  @inlinable
  public static func intervalJoin<Left, Right, Key: StreamKey, Output>(
    _ join: IntervalJoin<Left, Right>,
    by leftSelector: KeySelector<Left, Key>,
    _ rightSelector: KeySelector<Right, Key>,
    _ body:
      @escaping @Sendable (Left, Right, JoinContext, inout Collector<Output>) throws -> Void
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in
      let output = OperatorOutput<Output>(outputs)
      let operation = try IntervalJoinOperation<Left, Right, Key, Output>(
        join,
        FunctionScope(context),
        body
      )
      let left: BatchReceiver<Left> = operation.scope.receiver(emittingTo: output) {
        try operation.acceptLeft($0, leftSelector.key(of: $0), &$1)
      }
      let right: BatchReceiver<Right> = operation.scope.receiver(emittingTo: output) {
        try operation.acceptRight($0, rightSelector.key(of: $0), &$1)
      }
      var hooks = OperatorHooks(operation.scope)
      hooks.advance = {
        operation.scope.watermark = $0
        operation.timers.advance(to: $0) { operation.clean($0.key, at: $0.timestamp) }
      }
      hooks.endOfKey = {
        operation.timers.endKey(eventTime: { _ in }, processingTime: { _ in })
        operation.store.removeAll()
      }
      hooks.keyedState = { operation.store.snapshot() }
      hooks.keyedStateSize = { operation.store.size }
      return HookedOperator(context, [left, right], hooks)
    }
    .sortingInBatch(by: leftSelector, rightSelector)
  }
}

/// The state and the steps of an interval join.
@usableFromInline
final class IntervalJoinOperation<
  Left: Codable & SendableMetatype,
  Right: Codable & SendableMetatype,
  Key: StreamKey,
  Output
> {
  @usableFromInline typealias Body =
    @Sendable (Left, Right, JoinContext, inout Collector<Output>) throws -> Void

  @usableFromInline let join: IntervalJoin<Left, Right>
  @usableFromInline let scope: FunctionScope
  @usableFromInline let store: KeyedStateStore<Key>
  @usableFromInline let timers: TimerService<Key, VoidNamespace>
  @usableFromInline let table: StateTable<Key, JoinBuffer<Left, Right>>
  @usableFromInline let body: Body

  @inlinable
  init(_ join: IntervalJoin<Left, Right>, _ scope: FunctionScope, _ body: @escaping Body) throws {
    self.join = join
    self.scope = scope
    self.body = body
    store = try scope.context.keyedStore(by: Key.self)
    timers = try TimerService(store, clock: scope.context.clock)
    table = try store.table(
      named: "join-buffer",
      by: Key.self,
      of: JoinBuffer<Left, Right>.self
    )
  }

  /// The time of the element at hand; nil when it comes too late.
  @inlinable
  func timeliness() throws -> Int64? {
    guard let timestamp = scope.timestamp else { throw MissingTimestamp() }
    return scope.watermark > .none && timestamp < scope.watermark.timestamp ? nil : timestamp
  }

  @inlinable
  func acceptLeft(_ element: Left, _ key: Key, _ output: inout Collector<Output>) throws {
    guard let timestamp = try timeliness() else {
      if let tag = join.lateLeft {
        scope.context.sideOutputs.emit(element, timestamp: scope.timestamp, to: tag)
      }
      return
    }
    let matches = change(key) { buffer in
      buffer.left.insert(timestamp, element)
      plan(&buffer, key, join.leftExpiry(timestamp))
      let start = buffer.right.position(of: timestamp &+ join.lowerBound)
      return buffer.right.entries[start...]
        .prefix { $0.timestamp <= timestamp &+ join.upperBound }
    }
    for match in matches {
      try emit(element, timestamp, match.element, match.timestamp, &output)
    }
  }

  @inlinable
  func acceptRight(_ element: Right, _ key: Key, _ output: inout Collector<Output>) throws {
    guard let timestamp = try timeliness() else {
      if let tag = join.lateRight {
        scope.context.sideOutputs.emit(element, timestamp: scope.timestamp, to: tag)
      }
      return
    }
    let matches = change(key) { buffer in
      buffer.right.insert(timestamp, element)
      plan(&buffer, key, join.rightExpiry(timestamp))
      let start = buffer.left.position(of: timestamp &- join.upperBound)
      return buffer.left.entries[start...]
        .prefix { $0.timestamp <= timestamp &- join.lowerBound }
    }
    for match in matches {
      try emit(match.element, match.timestamp, element, timestamp, &output)
    }
  }

  @inlinable
  func change<Result>(
    _ key: Key,
    _ body: (inout JoinBuffer<Left, Right>) -> Result
  ) -> Result {
    table.update(hash: key.javaHash, key: key, initial: JoinBuffer(), body)
  }

  /// Sees to it that the key is looked through when the element expires, or before.
  @inlinable
  func plan(_ buffer: inout JoinBuffer<Left, Right>, _ key: Key, _ expiry: Int64) {
    if let planned = buffer.cleanup, planned <= expiry { return }
    if let planned = buffer.cleanup {
      timers.deleteEventTimeTimer(key, VoidNamespace(), at: planned)
    }
    buffer.cleanup = expiry
    timers.registerEventTimeTimer(key, VoidNamespace(), at: expiry)
  }

  /// Forgets what has expired under a key, and plans the next look.
  @inlinable
  func clean(_ key: Key, at moment: Int64) {
    let isEmpty = change(key) { buffer in
      let now = scope.watermark.timestamp
      // At the end of time nobody comes any more, whatever the bounds.
      let (left, right) =
        now == .max
        ? (now, now)
        : (
          join.upperBound > 0 ? now &- join.upperBound : now,
          join.lowerBound < 0 ? now &+ join.lowerBound : now
        )
      buffer.left.removeFirst(upTo: left)
      buffer.right.removeFirst(upTo: right)
      buffer.cleanup = nil
      let next = [
        buffer.left.entries.first.map { join.leftExpiry($0.timestamp) },
        buffer.right.entries.first.map { join.rightExpiry($0.timestamp) },
      ].compactMap { $0 }.min()
      if let next { plan(&buffer, key, next) }
      return next == nil
    }
    if isEmpty { table.remove(hash: key.javaHash, key: key) }
  }

  @inlinable
  func emit(
    _ left: Left,
    _ leftTimestamp: Int64,
    _ right: Right,
    _ rightTimestamp: Int64,
    _ output: inout Collector<Output>
  ) throws {
    let latest = max(leftTimestamp, rightTimestamp)
    scope.timestamp = latest
    output.timestamp = latest
    try body(
      left,
      right,
      JoinContext(scope, left: leftTimestamp, right: rightTimestamp),
      &output
    )
  }
}
