public import StreamModel
public import StreamOperators

/// A stream divided by a key: elements with the same key meet in the same subtask.
///
/// ```swift
/// words.map { Tuple2($0, 1) }.keyBy(\.f0).sum(\.f1).print()
/// ```
///
/// *Source:* Flink `KeyedStream`.
public struct KeyedStream<Element, Key: StreamKey> {
  @usableFromInline let stream: DataStream<Element>
  @usableFromInline let selector: KeySelector<Element, Key>

  @inlinable
  init(stream: DataStream<Element>, selector: KeySelector<Element, Key>) {
    self.stream = stream
    self.selector = selector
  }
}

// MARK: Aggregations

extension KeyedStream where Element: Codable & SendableMetatype {
  /// Combines the elements of each key, two by two, and emits the result so far for each element.
  ///
  /// ```swift
  /// words.keyBy { $0.utf8.count }.reduce { $0 + " " + $1 }.print()
  /// ```
  @inlinable
  public func reduce(
    _ combine: @escaping @Sendable (Element, Element) throws -> Element
  ) -> DataStream<Element> {
    stream.transform("Keyed Reduce", .reduce(by: selector, combine))
  }

  /// Adds a whole number up for each key, wrapping as Java's integers do, and emits the first
  /// element of the key with the sum so far for each element.
  ///
  /// ```swift
  /// readings.keyBy(\.room).sum(\.degrees).print()
  /// ```
  @inlinable
  public func sum<Number: FixedWidthInteger & SendableMetatype>(
    _ path: any WritableKeyPath<Element, Number> & Sendable
  ) -> DataStream<Element> {
    stream.transform("Keyed Aggregation", .sum(path, by: selector) { $0 &+ $1 })
  }

  /// Adds a floating-point number up for each key, and emits the first element of the key with the
  /// sum so far for each element.
  ///
  /// ```swift
  /// costs.keyBy(\.f0).sum(\.f1).print()
  /// ```
  @inlinable
  public func sum<Number: BinaryFloatingPoint & SendableMetatype>(
    _ path: any WritableKeyPath<Element, Number> & Sendable
  ) -> DataStream<Element> {
    stream.transform("Keyed Aggregation", .sum(path, by: selector) { $0 + $1 })
  }

  /// Emits the first element of the key with the greatest value of a property so far, for each
  /// element; see ``maxBy(_:first:)`` for the whole element that has it.
  ///
  /// ```swift
  /// readings.keyBy(\.room).max(\.degrees).print()
  /// ```
  ///
  /// *Source:* Flink `KeyedStream.max`, a `ComparableAggregator`.
  @inlinable
  public func max<Value: Comparable & SendableMetatype>(
    _ path: any WritableKeyPath<Element, Value> & Sendable
  ) -> DataStream<Element> {
    stream.transform(
      "Keyed Aggregation",
      .reduce(by: selector, Extremum.value(path, isGreatest: true))
    )
  }

  /// Emits the first element of the key with the least value of a property so far, for each
  /// element; see ``minBy(_:first:)`` for the whole element that has it.
  ///
  /// ```swift
  /// readings.keyBy(\.room).min(\.degrees).print()
  /// ```
  ///
  /// *Source:* Flink `KeyedStream.min`.
  @inlinable
  public func min<Value: Comparable & SendableMetatype>(
    _ path: any WritableKeyPath<Element, Value> & Sendable
  ) -> DataStream<Element> {
    stream.transform(
      "Keyed Aggregation",
      .reduce(by: selector, Extremum.value(path, isGreatest: false))
    )
  }

  /// Emits the element of the key that has the greatest value so far, for each element; of equals
  /// the first, or the last.
  ///
  /// ```swift
  /// readings.keyBy(\.room).maxBy(\.degrees, first: false).print()
  /// ```
  ///
  /// *Source:* Flink `KeyedStream.maxBy`.
  @inlinable
  public func maxBy<Value: Comparable & SendableMetatype>(
    _ path: any KeyPath<Element, Value> & Sendable,
    first: Bool = true
  ) -> DataStream<Element> {
    stream.transform(
      "Keyed Aggregation",
      .reduce(by: selector, Extremum.element(path, isGreatest: true, isFirst: first))
    )
  }

  /// Emits the element of the key that has the least value so far, for each element; of equals the
  /// first, or the last.
  ///
  /// ```swift
  /// readings.keyBy(\.room).minBy(\.degrees).print()
  /// ```
  ///
  /// *Source:* Flink `KeyedStream.minBy`.
  @inlinable
  public func minBy<Value: Comparable & SendableMetatype>(
    _ path: any KeyPath<Element, Value> & Sendable,
    first: Bool = true
  ) -> DataStream<Element> {
    stream.transform(
      "Keyed Aggregation",
      .reduce(by: selector, Extremum.element(path, isGreatest: false, isFirst: first))
    )
  }
}

/// Of two elements the greater or the less.
///
/// *Source:* Flink `ComparableAggregator.reduce`.
@usableFromInline
enum Extremum {
  /// The first element, with the value of the second where that is beyond its own.
  @inlinable
  static func value<Element, Value: Comparable & SendableMetatype>(
    _ path: any WritableKeyPath<Element, Value> & Sendable,
    isGreatest: Bool
  ) -> @Sendable (Element, Element) -> Element {
    { first, second in
      let (one, other) = (first[keyPath: path], second[keyPath: path])
      guard isGreatest ? one < other : one > other else { return first }
      var extreme = first
      extreme[keyPath: path] = other
      return extreme
    }
  }

  /// The element whose value is beyond the other's; of equals the first, or the last.
  @inlinable
  static func element<Element, Value: Comparable & SendableMetatype>(
    _ path: any KeyPath<Element, Value> & Sendable,
    isGreatest: Bool,
    isFirst: Bool
  ) -> @Sendable (Element, Element) -> Element {
    { first, second in
      let (one, other) = (first[keyPath: path], second[keyPath: path])
      if one == other { return isFirst ? first : second }
      return (isGreatest ? one > other : one < other) ? first : second
    }
  }
}

// MARK: Functions

extension KeyedStream {
  /// Processes elements with state and timers by key; `makeFunction` makes the function anew for
  /// each subtask attempt.
  ///
  /// ```swift
  /// words.keyBy { $0 }.process(FirstSeen.init).print()
  /// ```
  @inlinable
  public func process<Function: KeyedProcessFunction & SendableMetatype>(
    _ makeFunction: @escaping @Sendable (KeyedFunctionContext<Key>) throws -> Function
  ) -> DataStream<Function.Output> where Function.Key == Key, Function.Input == Element {
    stream.transform("KeyedProcess", .keyedProcess(by: selector, makeFunction))
  }

  /// Processes elements one by one by a closure that knows the key.
  ///
  /// ```swift
  /// readings.keyBy(\.room).process(emitting: Int.self) { reading, context, seen in
  ///   let sum = try context.valueState(named: "sum", of: Int.self)
  ///   sum.update((sum.value() ?? 0) + reading.degrees)
  ///   seen.collect(sum.value() ?? 0)
  /// }
  /// .print()
  /// ```
  @inlinable
  public func process<Out>(
    emitting type: Out.Type = Out.self,
    _ body:
      @escaping @Sendable (Element, KeyedFunctionContext<Key>, inout Collector<Out>) throws -> Void
  ) -> DataStream<Out> {
    process { _ in KeyedProcessClosure(body) }
  }
}

// MARK: What any stream can do

extension KeyedStream {
  /// One element for each; the result has no key.
  ///
  /// ```swift
  /// words.keyBy { $0 }.map { $0.uppercased() }.print()
  /// ```
  @inlinable
  public func map<Out>(
    _ transform: @escaping @Sendable (Element) throws -> Out
  ) -> DataStream<Out> { stream.map(transform) }

  /// The elements for which `isIncluded` holds; the result has no key.
  ///
  /// ```swift
  /// words.keyBy { $0 }.filter { $0.utf8.count > 3 }.print()
  /// ```
  @inlinable
  public func filter(
    _ isIncluded: @escaping @Sendable (Element) throws -> Bool
  ) -> DataStream<Element> { stream.filter(isIncluded) }

  /// Any number of elements for each; the result has no key.
  ///
  /// ```swift
  /// words.keyBy { $0 }.flatMap(emitting: String.self) { word, twice in
  ///   twice.collect(word)
  ///   twice.collect(word)
  /// }
  /// .print()
  /// ```
  @inlinable
  public func flatMap<Out>(
    emitting type: Out.Type = Out.self,
    _ transform: @escaping @Sendable (Element, inout Collector<Out>) throws -> Void
  ) -> DataStream<Out> { stream.flatMap(emitting: type, transform) }

  /// Adds a sink that writes this stream.
  ///
  /// ```swift
  /// readings.keyBy(\.room).sinkTo(FileSink.csv())
  /// ```
  @discardableResult
  public func sinkTo(_ sink: some Sink<Element>) -> DataStreamSink { stream.sinkTo(sink) }

  /// Prints each element; see ``DataStream/print()``.
  ///
  /// ```swift
  /// words.keyBy { $0 }.print()
  /// ```
  @discardableResult
  public func print() -> DataStreamSink { stream.print() }
}
