public import SimulationKernel
public import StreamModel
public import StreamOperators

/// Two streams whose elements meet by key and window.
///
/// ```swift
/// orders.join(deliveries).where { $0.room }.equalTo { $0.room }
///   .window(.tumblingEventTime(.minutes(1)))
///   .apply { Tuple2($0.degrees, $1.degrees) }
///   .print()
/// ```
///
/// *Source:* Flink `JoinedStreams` and `CoGroupedStreams`.
public struct JoinedStreams<
  First: Codable & SendableMetatype,
  Second: Codable & SendableMetatype,
  Mode: JoinMode
> {
  let first: DataStream<First>
  let second: DataStream<Second>

  /// Says what the first stream is joined by.
  ///
  /// ```swift
  /// orders.join(deliveries).where { $0.room }.equalTo { $0.room }
  ///   .window(.tumblingEventTime(.minutes(1)))
  ///   .apply { Tuple2($0.degrees, $1.degrees) }
  ///   .print()
  /// ```
  public func `where`<Key: StreamKey>(
    _ key: @escaping @Sendable (First) -> Key
  ) -> JoinedStreamsWhere<First, Second, Key, Mode> {
    JoinedStreamsWhere(first: first, second: second, firstKey: key)
  }
}

/// What is made of elements that meet.
public protocol JoinMode {}
/// Pairs of elements.
public enum PairwiseJoin: JoinMode {}
/// All elements of both streams together.
public enum CoGroup: JoinMode {}

/// Two streams, with the key of the first.
///
/// ```swift
/// orders.join(deliveries).where { $0.room }.equalTo { $0.room }
///   .window(.tumblingEventTime(.minutes(1)))
///   .apply { Tuple2($0.degrees, $1.degrees) }
///   .print()
/// ```
public struct JoinedStreamsWhere<
  First: Codable & SendableMetatype,
  Second: Codable & SendableMetatype,
  Key: StreamKey,
  Mode: JoinMode
> {
  let first: DataStream<First>
  let second: DataStream<Second>
  let firstKey: @Sendable (First) -> Key

  /// Says what the second stream is joined by.
  ///
  /// ```swift
  /// orders.join(deliveries).where { $0.room }.equalTo { $0.room }
  ///   .window(.tumblingEventTime(.minutes(1)))
  ///   .apply { Tuple2($0.degrees, $1.degrees) }
  ///   .print()
  /// ```
  public func equalTo(
    _ key: @escaping @Sendable (Second) -> Key
  ) -> JoinedStreamsByKey<First, Second, Key, Mode> {
    let firstKey = firstKey
    let union = first.map { TaggedUnion<First, Second>.first($0) }.name("Map")
      .union(second.map { TaggedUnion<First, Second>.second($0) }.name("Map"))
    return JoinedStreamsByKey(
      union: union.keyBy { element in
        if let first = element.first { return firstKey(first) }
        guard let second = element.second else {
          fatalError("broken invariant: an element of neither stream")
        }
        return key(second)
      }
    )
  }
}

/// Two streams by their keys.
///
/// ```swift
/// orders.join(deliveries).where { $0.room }.equalTo { $0.room }
///   .window(.tumblingEventTime(.minutes(1)))
///   .apply { Tuple2($0.degrees, $1.degrees) }
///   .print()
/// ```
public struct JoinedStreamsByKey<
  First: Codable & SendableMetatype,
  Second: Codable & SendableMetatype,
  Key: StreamKey,
  Mode: JoinMode
> {
  let union: KeyedStream<TaggedUnion<First, Second>, Key>

  /// Says in which windows elements meet.
  ///
  /// ```swift
  /// orders.join(deliveries).where { $0.room }.equalTo { $0.room }
  ///   .window(.tumblingEventTime(.minutes(1)))
  ///   .apply { Tuple2($0.degrees, $1.degrees) }
  ///   .print()
  /// ```
  public func window<Assigner: WindowAssigner>(
    _ assigner: Assigner
  ) -> JoinedWindows<First, Second, Key, Mode, Assigner.Kind> {
    JoinedWindows(windows: union.window(assigner))
  }
}

/// Two streams by key and window.
///
/// ```swift
/// orders.join(deliveries).where { $0.room }.equalTo { $0.room }
///   .window(.tumblingEventTime(.minutes(1)))
///   .apply { Tuple2($0.degrees, $1.degrees) }
///   .print()
/// ```
public struct JoinedWindows<
  First: Codable & SendableMetatype,
  Second: Codable & SendableMetatype,
  Key: StreamKey,
  Mode: JoinMode,
  Kind: WindowKind
> {
  let windows: WindowedStream<TaggedUnion<First, Second>, Key, Kind>

  /// Lets a trigger say when windows fire, in place of the assigner's.
  ///
  /// ```swift
  /// orders.join(deliveries).where { $0.room }.equalTo { $0.room }
  ///   .window(.global).trigger(EventTimeTrigger())
  ///   .apply { Tuple2($0.degrees, $1.degrees) }
  ///   .print()
  /// ```
  public func trigger(
    _ make:
      @autoclosure @escaping @Sendable () -> any WindowTrigger<TaggedUnion<First, Second>>
  ) -> JoinedWindows<First, Second, Key, Mode, Kind.Triggered> {
    JoinedWindows<First, Second, Key, Mode, Kind.Triggered>(windows: windows.trigger(make()))
  }

  /// Takes elements out of windows before or after they are looked at.
  ///
  /// ```swift
  /// orders.join(deliveries).where { $0.room }.equalTo { $0.room }
  ///   .window(.tumblingEventTime(.minutes(1))).evictor(CountEvictor(10))
  ///   .apply { Tuple2($0.degrees, $1.degrees) }
  ///   .print()
  /// ```
  public func evictor(
    _ make:
      @autoclosure @escaping @Sendable () -> any WindowEvictor<TaggedUnion<First, Second>>
  ) -> JoinedWindows<First, Second, Key, Mode, EvictingWindowKind> {
    JoinedWindows<First, Second, Key, Mode, EvictingWindowKind>(windows: windows.evictor(make()))
  }

  /// Keeps windows for so long after their end.
  ///
  /// ```swift
  /// orders.join(deliveries).where { $0.room }.equalTo { $0.room }
  ///   .window(.tumblingEventTime(.minutes(1))).allowedLateness(.seconds(10))
  ///   .apply { Tuple2($0.degrees, $1.degrees) }
  ///   .print()
  /// ```
  public func allowedLateness(_ lateness: VirtualDuration) -> Self {
    Self(windows: windows.allowedLateness(lateness))
  }
}

extension JoinedWindows where Mode == CoGroup {
  /// Makes rows of all elements that meet; either list may be empty, not both.
  ///
  /// ```swift
  /// orders.coGroup(deliveries).where { $0.room }.equalTo { $0.room }
  ///   .window(.tumblingEventTime(.minutes(1)))
  ///   .apply(emitting: Tuple2<Int, Int>.self) { orders, deliveries, rows in
  ///     rows.collect(Tuple2(orders.count, deliveries.count))
  ///   }
  ///   .print()
  /// ```
  public func apply<Out>(
    emitting type: Out.Type = Out.self,
    _ body: @escaping @Sendable ([First], [Second], inout Collector<Out>) throws -> Void
  ) -> DataStream<Out> {
    windows.process(emitting: type) { _, elements, _, output in
      try body(elements.compactMap(\.first), elements.compactMap(\.second), &output)
    }.name("CoGroup")
  }
}

extension JoinedWindows where Mode == PairwiseJoin {
  /// Makes an element of each pair that meets.
  ///
  /// ```swift
  /// orders.join(deliveries).where { $0.room }.equalTo { $0.room }
  ///   .window(.tumblingEventTime(.minutes(1)))
  ///   .apply { Tuple2($0.degrees, $1.degrees) }
  ///   .print()
  /// ```
  public func apply<Out>(
    _ body: @escaping @Sendable (First, Second) throws -> Out
  ) -> DataStream<Out> {
    windows.process(emitting: Out.self) { _, elements, _, output in
      let seconds = elements.compactMap(\.second)
      for first in elements.compactMap(\.first) {
        for second in seconds { output.collect(try body(first, second)) }
      }
    }.name("Join")
  }
}

extension DataStream where Element: Codable & SendableMetatype {
  /// This stream and another, pair by pair where key and window are the same.
  ///
  /// ```swift
  /// orders.join(deliveries).where { $0.room }.equalTo { $0.room }
  ///   .window(.tumblingEventTime(.minutes(1)))
  ///   .apply { Tuple2($0.degrees, $1.degrees) }
  ///   .print()
  /// ```
  public func join<Other>(
    _ other: DataStream<Other>
  ) -> JoinedStreams<Element, Other, PairwiseJoin> {
    JoinedStreams(first: self, second: other)
  }

  /// This stream and another, all elements together where key and window are the same.
  ///
  /// ```swift
  /// orders.coGroup(deliveries).where { $0.room }.equalTo { $0.room }
  ///   .window(.tumblingEventTime(.minutes(1)))
  ///   .apply(emitting: Tuple2<Int, Int>.self) { orders, deliveries, rows in
  ///     rows.collect(Tuple2(orders.count, deliveries.count))
  ///   }
  ///   .print()
  /// ```
  public func coGroup<Other>(_ other: DataStream<Other>) -> JoinedStreams<Element, Other, CoGroup> {
    JoinedStreams(first: self, second: other)
  }
}
