public import SimulationKernel
public import StreamModel
public import StreamOperators

/// Two keyed streams whose elements meet when their times are near.
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
/// *Source:* Flink `KeyedStream.IntervalJoined`.
public struct IntervalJoined<
  First: Codable & SendableMetatype,
  Second: Codable & SendableMetatype,
  Key: StreamKey
> {
  @usableFromInline let first: KeyedStream<First, Key>
  @usableFromInline let second: KeyedStream<Second, Key>
  @usableFromInline var join: IntervalJoin<First, Second>

  @inlinable
  init(
    _ first: KeyedStream<First, Key>,
    _ second: KeyedStream<Second, Key>,
    _ join: IntervalJoin<First, Second>
  ) {
    self.first = first
    self.second = second
    self.join = join
  }

  private func bounded(_ lower: Int64, _ upper: Int64) -> Self {
    var changed = IntervalJoin<First, Second>(lowerBound: lower, upperBound: upper)
    changed.lateLeft = join.lateLeft
    changed.lateRight = join.lateRight
    return Self(first, second, changed)
  }

  /// Takes the lower bound out of the interval.
  ///
  /// ```swift
  /// orders.keyBy(\.room)
  ///   .intervalJoin(deliveries.keyBy(\.room), between: .zero, and: .hours(1))
  ///   .lowerBoundExclusive().upperBoundExclusive()
  ///   .process(emitting: Int.self) { order, _, _, rows in rows.collect(order.degrees) }
  ///   .print()
  /// ```
  public func lowerBoundExclusive() -> Self { bounded(join.lowerBound + 1, join.upperBound) }

  /// Takes the upper bound out of the interval.
  ///
  /// ```swift
  /// orders.keyBy(\.room)
  ///   .intervalJoin(deliveries.keyBy(\.room), between: .zero, and: .hours(1))
  ///   .lowerBoundExclusive().upperBoundExclusive()
  ///   .process(emitting: Int.self) { order, _, _, rows in rows.collect(order.degrees) }
  ///   .print()
  /// ```
  public func upperBoundExclusive() -> Self { bounded(join.lowerBound, join.upperBound - 1) }

  /// Sends elements of the first stream that come too late to a side output.
  ///
  /// ```swift
  /// let lateOrders = OutputTag<Reading>("late orders")
  /// let lateDeliveries = OutputTag<Reading>("late deliveries")
  /// let pairs = orders.keyBy(\.room)
  ///   .intervalJoin(deliveries.keyBy(\.room), between: .zero, and: .hours(1))
  ///   .sideOutputLeftLateData(lateOrders).sideOutputRightLateData(lateDeliveries)
  ///   .process(emitting: Int.self) { order, _, _, rows in rows.collect(order.degrees) }
  /// pairs.getSideOutput(lateOrders).union(pairs.getSideOutput(lateDeliveries)).print()
  /// ```
  public func sideOutputLeftLateData(_ tag: OutputTag<First>) -> Self {
    var changed = self
    changed.join.lateLeft = tag
    return changed
  }

  /// Sends elements of the second stream that come too late to a side output.
  ///
  /// ```swift
  /// let lateOrders = OutputTag<Reading>("late orders")
  /// let lateDeliveries = OutputTag<Reading>("late deliveries")
  /// let pairs = orders.keyBy(\.room)
  ///   .intervalJoin(deliveries.keyBy(\.room), between: .zero, and: .hours(1))
  ///   .sideOutputLeftLateData(lateOrders).sideOutputRightLateData(lateDeliveries)
  ///   .process(emitting: Int.self) { order, _, _, rows in rows.collect(order.degrees) }
  /// pairs.getSideOutput(lateOrders).union(pairs.getSideOutput(lateDeliveries)).print()
  /// ```
  public func sideOutputRightLateData(_ tag: OutputTag<Second>) -> Self {
    var changed = self
    changed.join.lateRight = tag
    return changed
  }

  /// Makes rows of each pair; they have the later one of its times.
  ///
  /// ```swift
  /// orders.keyBy(\.room)
  ///   .intervalJoin(deliveries.keyBy(\.room), between: .seconds(-5), and: .hours(1))
  ///   .process(emitting: Tuple2<Int, Int64>.self) { order, _, context, rows in
  ///     rows.collect(Tuple2(order.degrees, context.rightTimestamp - context.leftTimestamp))
  ///   }
  ///   .print()
  /// ```
  @inlinable
  public func process<Out>(
    emitting type: Out.Type = Out.self,
    _ body:
      @escaping @Sendable (First, Second, JoinContext, inout Collector<Out>) throws -> Void
  ) -> DataStream<Out> {
    first.stream.transform(
      "Interval Join",
      .intervalJoin(join, by: first.selector, second.selector, body),
      with: second.stream
    )
  }
}

extension KeyedStream where Element: Codable & SendableMetatype {
  /// This stream and another with the same keys whose times lie between bounds around those of this
  /// one, both included.
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
  /// - Precondition: The lower bound is not above the upper.
  @inlinable
  public func intervalJoin<Other: Codable & SendableMetatype>(
    _ other: KeyedStream<Other, Key>,
    between lower: VirtualDuration,
    and upper: VirtualDuration
  ) -> IntervalJoined<Element, Other, Key> {
    guard lower <= upper else {
      fatalError("an interval join needs a lower bound that is not above the upper")
    }
    return IntervalJoined(
      self,
      other,
      IntervalJoin(lowerBound: lower.milliseconds, upperBound: upper.milliseconds)
    )
  }
}
