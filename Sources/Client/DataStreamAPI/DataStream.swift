public import JobGraphs
public import StreamModel
public import StreamOperators

/// A stream of elements of one type: what an operator of a program emits.
///
/// ```swift
/// words.filter { !$0.isEmpty }.map { $0.utf8.count }.keyBy { $0 % 2 }.sum(\.self).print()
/// ```
///
/// Calls describe the program; nothing is processed by them. *Source:* Flink `DataStream` and
/// `SingleOutputStreamOperator`.
public struct DataStream<Element> {
  /// The environment that the program is written in.
  public let environment: StreamExecutionEnvironment

  /// The operators that emit it; a union has several, each distributed in its own way.
  @usableFromInline let origins: [StreamOrigin]

  @usableFromInline
  init(environment: StreamExecutionEnvironment, origins: [StreamOrigin]) {
    self.environment = environment
    self.origins = origins
  }

  /// A stream of one operator's elements that no partitioning was chosen for.
  @inlinable
  init(environment: StreamExecutionEnvironment, operator id: Int) {
    let partitioning = Partitioning(nil) { .unkeyed($0, of: Element.self) }
    self.init(
      environment: environment,
      origins: [StreamOrigin(id: id, partitioning: partitioning)]
    )
  }

  @usableFromInline
  func attach(_ name: String, _ kind: OperatorKind, _ factory: StreamOperatorFactory) -> Int {
    let id = environment.plan.add(
      name: name,
      kind: kind,
      parallelism: environment.parallelism,
      factory: factory
    )
    connect(to: id, input: 0)
    return id
  }

  @usableFromInline
  func connect(to id: Int, input: Int) {
    for origin in origins {
      environment.plan.connect(origin, to: id, input: input)
    }
  }

  /// A side output of the operator that emits this stream.
  ///
  /// ```swift
  /// let long = OutputTag<String>("long")
  /// let lengths = words.process(emitting: Int.self) { word, context, lengths in
  ///   lengths.collect(word.utf8.count)
  ///   if word.utf8.count > 10 { context.output(long, word) }
  /// }
  /// lengths.print()
  /// lengths.getSideOutput(long).print()
  /// ```
  ///
  /// *Source:* Flink `SingleOutputStreamOperator.getSideOutput`.
  @inlinable
  public func getSideOutput<Side>(_ tag: OutputTag<Side>) -> DataStream<Side> {
    let partitioning = Partitioning(nil) { .unkeyed($0, of: Side.self) }
    return DataStream<Side>(
      environment: environment,
      origins: origins.map {
        StreamOrigin(id: $0.id, partitioning: partitioning, sideOutput: tag.id)
      }
    )
  }

  @usableFromInline
  func changing(_ body: (inout StreamNode) -> Void) -> DataStream {
    for origin in origins { environment.plan.change(origin.id, body) }
    return self
  }
}

// MARK: Operators

extension DataStream {
  /// One element for each.
  ///
  /// ```swift
  /// words.map { $0.uppercased() }.print()
  /// ```
  @inlinable
  public func map<Out>(
    _ transform: @escaping @Sendable (Element) throws -> Out
  ) -> DataStream<Out> {
    self.transform("Map", .map(transform))
  }

  /// The elements for which `isIncluded` holds.
  ///
  /// ```swift
  /// numbers.filter { $0 > 0 }.print()
  /// ```
  @inlinable
  public func filter(
    _ isIncluded: @escaping @Sendable (Element) throws -> Bool
  ) -> DataStream<Element> {
    transform("Filter", .filter(isIncluded))
  }

  /// Any number of elements for each.
  ///
  /// ```swift
  /// words.flatMap(emitting: Character.self) { word, letters in
  ///   for letter in word { letters.collect(letter) }
  /// }
  /// .print()
  /// ```
  @inlinable
  public func flatMap<Out>(
    emitting type: Out.Type = Out.self,
    _ transform: @escaping @Sendable (Element, inout Collector<Out>) throws -> Void
  ) -> DataStream<Out> {
    self.transform("Flat Map", .flatMap(transform))
  }

  /// The same elements with their event time, and promises about it.
  ///
  /// ```swift
  /// readings
  ///   .assignTimestampsAndWatermarks(
  ///     .forBoundedOutOfOrderness(.seconds(5)).withTimestampAssigner { $0.time }
  ///   )
  ///   .print()
  /// ```
  ///
  /// *Source:* Flink `assignTimestampsAndWatermarks`.
  @inlinable
  public func assignTimestampsAndWatermarks(
    _ strategy: WatermarkStrategy<Element>
  ) -> DataStream<Element> {
    transform("Timestamps/Watermarks", .timestampsAndWatermarks(strategy))
  }

  /// The elements of this stream and of others of the same type, in no order between them.
  ///
  /// ```swift
  /// numbers.union(words.map { $0.utf8.count }).print()
  /// ```
  ///
  /// Each keeps the partitioning that was chosen for it, unless one is chosen for the union.
  public func union(_ others: DataStream<Element>...) -> DataStream<Element> {
    DataStream(environment: environment, origins: origins + others.flatMap(\.origins))
  }

  /// The stream divided by the value of a property.
  ///
  /// ```swift
  /// readings.keyBy(\.room).max(\.degrees).print()
  /// ```
  @inlinable
  public func keyBy<Key: StreamKey>(
    _ path: any KeyPath<Element, Key> & Sendable
  ) -> KeyedStream<Element, Key> {
    keyed(by: KeySelector(path))
  }

  /// The stream divided by a key that is computed, always the same for the same element.
  ///
  /// ```swift
  /// numbers.keyBy { $0 % 10 }.print()
  /// ```
  @inlinable
  public func keyBy<Key: StreamKey>(
    _ key: @escaping @Sendable (Element) -> Key
  ) -> KeyedStream<Element, Key> {
    keyed(by: KeySelector(key))
  }

  @inlinable
  func keyed<Key>(by selector: KeySelector<Element, Key>) -> KeyedStream<Element, Key> {
    KeyedStream(
      stream: partitioned(Partitioning(.hash) { _ in .keyed(by: selector) }),
      selector: selector
    )
  }
}
