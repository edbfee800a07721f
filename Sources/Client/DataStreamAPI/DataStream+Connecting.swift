public import StreamModel
public import StreamOperators

extension DataStream {
  /// This stream and another, to be read by one operator.
  ///
  /// ```swift
  /// words.connect(stops).process { _ in WithoutStopped() }.print()
  /// ```
  @inlinable
  public func connect<Other>(_ other: DataStream<Other>) -> ConnectedStreams<Element, Other> {
    ConnectedStreams(self, other)
  }

  /// This stream and a broadcast one, to be read by one operator.
  ///
  /// ```swift
  /// let known = BroadcastStateDescriptor("known", by: String.self, of: Bool.self)
  /// words.connect(stops.broadcast(known)).process { _ in NotStopped(stopped: known) }.print()
  /// ```
  @inlinable
  public func connect<Other>(
    _ broadcast: BroadcastStream<Other>
  ) -> BroadcastConnectedStream<Element, Other> {
    BroadcastConnectedStream(self, broadcast)
  }

  /// The stream with every element going to every subtask, where the function that reads it keeps
  /// what it needs in broadcast states of these descriptors.
  ///
  /// ```swift
  /// let known = BroadcastStateDescriptor("known", by: String.self, of: Bool.self)
  /// words.connect(stops.broadcast(known)).process { _ in NotStopped(stopped: known) }.print()
  /// ```
  public func broadcast<Key, Value>(
    _ descriptor: BroadcastStateDescriptor<Key, Value>
  ) -> BroadcastStream<Element> {
    BroadcastStream(broadcast())
  }

  /// Processes elements one by one, with their time and side outputs; `makeFunction` is called anew
  /// for each subtask attempt.
  ///
  /// ```swift
  /// words.process { _ in Numbering() }.print()
  /// ```
  @inlinable
  public func process<Function: ProcessFunction & SendableMetatype>(
    _ makeFunction: @escaping @Sendable (FunctionContext) throws -> Function
  ) -> DataStream<Function.Output> where Function.Input == Element {
    transform("Process", .process(makeFunction))
  }

  /// Processes elements one by one, by a function that has something to say at the end.
  ///
  /// ```swift
  /// words.process { _ in Total() }.print()
  /// ```
  @inlinable
  public func process<Function: ProcessFunction & BoundedOneInput & SendableMetatype>(
    _ makeFunction: @escaping @Sendable (FunctionContext) throws -> Function
  ) -> DataStream<Function.Output> where Function.Input == Element {
    transform("Process", .process(makeFunction))
  }

  /// Processes elements one by one by a closure, with their time and side outputs.
  ///
  /// ```swift
  /// words.process(emitting: Tuple2<Int, String>.self) { word, context, rows in
  ///   rows.collect(Tuple2(context.subtask, word))
  /// }
  /// .print()
  /// ```
  @inlinable
  public func process<Out>(
    emitting type: Out.Type = Out.self,
    _ body: @escaping @Sendable (Element, FunctionContext, inout Collector<Out>) throws -> Void
  ) -> DataStream<Out> {
    transform("Process", .process { _ in ProcessClosure(body) })
  }
}

extension KeyedStream {
  /// This stream and another with the same keys, to be read by one operator.
  ///
  /// ```swift
  /// words.keyBy { $0 }.connect(stops.keyBy { $0 }).process(UntilStopped.init).print()
  /// ```
  @inlinable
  public func connect<Other>(
    _ other: KeyedStream<Other, Key>
  ) -> ConnectedKeyedStreams<Element, Other, Key> {
    ConnectedKeyedStreams(self, other)
  }

  /// This stream and a broadcast one, to be read by one operator.
  ///
  /// ```swift
  /// let bounds = BroadcastStateDescriptor("bounds", by: String.self, of: Int.self)
  /// let bound = words.map { Tuple2($0, $0.utf8.count) }.broadcast(bounds)
  /// readings.keyBy(\.room).connect(bound).process { _ in LastLimit(limits: bounds) }.print()
  /// ```
  @inlinable
  public func connect<Other>(
    _ broadcast: BroadcastStream<Other>
  ) -> BroadcastConnectedKeyedStream<Element, Key, Other> {
    BroadcastConnectedKeyedStream(self, broadcast)
  }
}
