import JobGraphs
public import StreamModel
public import StreamOperators

/// Two streams that one operator reads, each in its own way.
///
/// ```swift
/// words.connect(readings).map({ $0.utf8.count }, { $0.degrees }).print()
/// ```
///
/// *Source:* Flink `ConnectedStreams` of streams without keys.
public struct ConnectedStreams<First, Second> {
  @usableFromInline let first: DataStream<First>
  @usableFromInline let second: DataStream<Second>

  @inlinable
  init(_ first: DataStream<First>, _ second: DataStream<Second>) {
    self.first = first
    self.second = second
  }

  /// One element for each of either stream.
  ///
  /// ```swift
  /// words.connect(readings).map({ $0.utf8.count }, { $0.degrees }).print()
  /// ```
  @inlinable
  public func map<Out>(
    _ mapFirst: @escaping @Sendable (First) throws -> Out,
    _ mapSecond: @escaping @Sendable (Second) throws -> Out
  ) -> DataStream<Out> {
    transform(
      "Co-Map",
      .coProcess { _ in
        CoProcessClosures<First, Second, Out>(
          { $1.collect(try mapFirst($0)) },
          { $1.collect(try mapSecond($0)) }
        )
      }
    )
  }

  /// Any number of elements for each of either stream.
  ///
  /// ```swift
  /// words.connect(readings).flatMap(
  ///   emitting: Int.self,
  ///   { word, numbers in numbers.collect(word.utf8.count) },
  ///   { reading, numbers in if reading.degrees > 0 { numbers.collect(reading.degrees) } }
  /// )
  /// .print()
  /// ```
  @inlinable
  public func flatMap<Out>(
    emitting type: Out.Type = Out.self,
    _ mapFirst: @escaping @Sendable (First, inout Collector<Out>) throws -> Void,
    _ mapSecond: @escaping @Sendable (Second, inout Collector<Out>) throws -> Void
  ) -> DataStream<Out> {
    transform("Co-Flat Map", .coProcess { _ in CoProcessClosures(mapFirst, mapSecond) })
  }

  /// Processes the elements of both; `makeFunction` makes the
  /// function anew for each subtask attempt.
  ///
  /// ```swift
  /// words.connect(stops).process { _ in WithoutStopped() }.print()
  /// ```
  @inlinable
  public func process<Function: CoProcessFunction & SendableMetatype>(
    _ makeFunction: @escaping @Sendable (FunctionContext) throws -> Function
  ) -> DataStream<Function.Output> where Function.First == First, Function.Second == Second {
    transform("Co-Process", .coProcess(makeFunction))
  }
}

/// Two streams with the same keys that one operator reads: states are common to both.
///
/// ```swift
/// words.keyBy { $0 }.connect(stops.keyBy { $0 }).process(UntilStopped.init).print()
/// ```
///
/// *Source:* Flink `ConnectedStreams` of keyed streams.
public struct ConnectedKeyedStreams<First, Second, Key: StreamKey> {
  @usableFromInline let first: KeyedStream<First, Key>
  @usableFromInline let second: KeyedStream<Second, Key>

  @inlinable
  init(_ first: KeyedStream<First, Key>, _ second: KeyedStream<Second, Key>) {
    self.first = first
    self.second = second
  }

  /// Processes the elements of both with state by key; `makeFunction` is called anew for each
  /// subtask attempt.
  ///
  /// ```swift
  /// words.keyBy { $0 }.connect(stops.keyBy { $0 }).process(UntilStopped.init).print()
  /// ```
  @inlinable
  public func process<Function: KeyedCoProcessFunction & SendableMetatype>(
    _ makeFunction: @escaping @Sendable (KeyedFunctionContext<Key>) throws -> Function
  ) -> DataStream<Function.Output>
  where Function.Key == Key, Function.First == First, Function.Second == Second {
    first.stream.transform(
      "Co-Keyed-Process",
      .keyedCoProcess(by: first.selector, second.selector, makeFunction),
      with: second.stream
    )
  }
}

extension ConnectedKeyedStreams {
  /// One element for each of either stream; elements with one key meet in one subtask.
  ///
  /// ```swift
  /// words.keyBy { $0 }.connect(stops.keyBy { $0 }).map({ $0 }, { "no more \($0)" }).print()
  /// ```
  @inlinable
  public func map<Out>(
    _ mapFirst: @escaping @Sendable (First) throws -> Out,
    _ mapSecond: @escaping @Sendable (Second) throws -> Out
  ) -> DataStream<Out> {
    ConnectedStreams(first.stream, second.stream).map(mapFirst, mapSecond)
  }

  /// Any number of elements for each of either stream.
  ///
  /// ```swift
  /// words.keyBy { $0 }.connect(stops.keyBy { $0 }).flatMap(
  ///   emitting: String.self,
  ///   { word, all in all.collect(word) },
  ///   { _, _ in }
  /// )
  /// .print()
  /// ```
  @inlinable
  public func flatMap<Out>(
    emitting type: Out.Type = Out.self,
    _ mapFirst: @escaping @Sendable (First, inout Collector<Out>) throws -> Void,
    _ mapSecond: @escaping @Sendable (Second, inout Collector<Out>) throws -> Void
  ) -> DataStream<Out> {
    ConnectedStreams(first.stream, second.stream).flatMap(emitting: type, mapFirst, mapSecond)
  }
}

/// A stream whose every element goes to every subtask, to be kept in broadcast state there.
///
/// ```swift
/// let stopped = BroadcastStateDescriptor("stopped", by: String.self, of: Bool.self)
/// words.connect(stops.broadcast(stopped)).process { _ in NotStopped(stopped: stopped) }.print()
/// ```
///
/// *Source:* Flink `BroadcastStream`.
public struct BroadcastStream<Element> {
  @usableFromInline let stream: DataStream<Element>

  @usableFromInline
  init(_ stream: DataStream<Element>) {
    self.stream = stream
  }
}

/// A stream beside a broadcast one.
///
/// ```swift
/// let stopped = BroadcastStateDescriptor("stopped", by: String.self, of: Bool.self)
/// words.connect(stops.broadcast(stopped)).process { _ in NotStopped(stopped: stopped) }.print()
/// ```
///
/// *Source:* Flink `BroadcastConnectedStream` of a stream without keys.
public struct BroadcastConnectedStream<Element, Broadcast> {
  @usableFromInline let stream: DataStream<Element>
  @usableFromInline let broadcast: BroadcastStream<Broadcast>

  @inlinable
  init(_ stream: DataStream<Element>, _ broadcast: BroadcastStream<Broadcast>) {
    self.stream = stream
    self.broadcast = broadcast
  }

  /// Processes the elements of both; `makeFunction` makes the
  /// function anew for each subtask attempt.
  ///
  /// ```swift
  /// let stopped = BroadcastStateDescriptor("stopped", by: String.self, of: Bool.self)
  /// words.connect(stops.broadcast(stopped)).process { _ in NotStopped(stopped: stopped) }.print()
  /// ```
  @inlinable
  public func process<Function: BroadcastProcessFunction & SendableMetatype>(
    _ makeFunction: @escaping @Sendable (FunctionContext) throws -> Function
  ) -> DataStream<Function.Output>
  where Function.Input == Element, Function.Broadcast == Broadcast {
    stream.transform(
      "Co-Process-Broadcast",
      .broadcastProcess(makeFunction),
      with: broadcast.stream
    )
  }
}

/// A keyed stream beside a broadcast one.
///
/// ```swift
/// let limits = BroadcastStateDescriptor("limits", by: String.self, of: Int.self)
/// let rules = words.map { Tuple2($0, $0.utf8.count) }.broadcast(limits)
/// readings.keyBy(\.room).connect(rules).process { _ in LastLimit(limits: limits) }.print()
/// ```
///
/// *Source:* Flink `BroadcastConnectedStream` of a keyed stream.
public struct BroadcastConnectedKeyedStream<Element, Key: StreamKey, Broadcast> {
  @usableFromInline let keyed: KeyedStream<Element, Key>
  @usableFromInline let broadcast: BroadcastStream<Broadcast>

  @inlinable
  init(_ keyed: KeyedStream<Element, Key>, _ broadcast: BroadcastStream<Broadcast>) {
    self.keyed = keyed
    self.broadcast = broadcast
  }

  /// Processes the elements of both; `makeFunction` makes the
  /// function anew for each subtask attempt.
  ///
  /// ```swift
  /// let limits = BroadcastStateDescriptor("limits", by: String.self, of: Int.self)
  /// let rules = words.map { Tuple2($0, $0.utf8.count) }.broadcast(limits)
  /// readings.keyBy(\.room).connect(rules).process { _ in LastLimit(limits: limits) }.print()
  /// ```
  @inlinable
  public func process<Function: KeyedBroadcastProcessFunction & SendableMetatype>(
    _ makeFunction: @escaping @Sendable (KeyedFunctionContext<Key>) throws -> Function
  ) -> DataStream<Function.Output>
  where
    Function.Key == Key,
    Function.Input == Element,
    Function.Broadcast == Broadcast
  {
    keyed.stream.transform(
      "Co-Process-Broadcast-Keyed",
      .keyedBroadcastProcess(by: keyed.selector, makeFunction),
      with: broadcast.stream
    )
  }
}
