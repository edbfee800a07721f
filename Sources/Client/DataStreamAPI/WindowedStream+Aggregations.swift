public import KeyedState
public import StreamModel
public import StreamOperators

extension WindowedStream {
  /// Combines the elements of each window two by two, and gives the result to a function with
  /// states of its own.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1)))
  ///   .reduce({ $0.degrees < $1.degrees ? $1 : $0 }) { CountOfWindow<Reading>() }
  ///   .print()
  /// ```
  @inlinable
  public func reduce<Function: ProcessWindowFunction & SendableMetatype>(
    _ combine: @escaping @Sendable (Element, Element) throws -> Element,
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> DataStream<Function.Output> where Function.Key == Key, Function.Input == Element {
    transform(Kind.reduce(by: selector, plan, combine, makeFunction), Function.Output.self)
  }

  /// Aggregates the elements of each window, and gives the result to a function with states of its
  /// own.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1)))
  ///   .aggregate(MeanDegrees()) { CountOfWindow<Double>() }
  ///   .print()
  /// ```
  @inlinable
  public func aggregate<
    Aggregate: AggregateFunction & Sendable,
    Function: ProcessWindowFunction & SendableMetatype
  >(
    _ aggregate: Aggregate,
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> DataStream<Function.Output>
  where Aggregate.Input == Element, Function.Key == Key, Function.Input == Aggregate.Output {
    transform(Kind.aggregate(by: selector, plan, aggregate, makeFunction), Function.Output.self)
  }

  /// Adds a whole number up in each window, wrapping as Java's integers do: the first element of
  /// the window with the sum.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1))).sum(\.degrees).print()
  /// ```
  @inlinable
  public func sum<Number: FixedWidthInteger & SendableMetatype>(
    _ path: any WritableKeyPath<Element, Number> & Sendable
  ) -> DataStream<Element> {
    reduce {
      var sum = $0
      sum[keyPath: path] &+= $1[keyPath: path]
      return sum
    }
  }

  /// Adds a floating-point number up in each window: the first element of the window with the sum.
  ///
  /// ```swift
  /// costs.keyBy(\.f0).window(.tumblingProcessingTime(.minutes(1))).sum(\.f1).print()
  /// ```
  @inlinable
  public func sum<Number: BinaryFloatingPoint & SendableMetatype>(
    _ path: any WritableKeyPath<Element, Number> & Sendable
  ) -> DataStream<Element> {
    reduce {
      var sum = $0
      sum[keyPath: path] += $1[keyPath: path]
      return sum
    }
  }

  /// The first element of each window with the greatest value of a property in it.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1))).max(\.degrees).print()
  /// ```
  @inlinable
  public func max<Value: Comparable & SendableMetatype>(
    _ path: any WritableKeyPath<Element, Value> & Sendable
  ) -> DataStream<Element> { reduce(Extremum.value(path, isGreatest: true)) }

  /// The first element of each window with the least value of a property in it.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1))).min(\.degrees).print()
  /// ```
  @inlinable
  public func min<Value: Comparable & SendableMetatype>(
    _ path: any WritableKeyPath<Element, Value> & Sendable
  ) -> DataStream<Element> { reduce(Extremum.value(path, isGreatest: false)) }

  /// The element of each window that has the greatest value; of equals the first, or the last.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1))).maxBy(\.degrees).print()
  /// ```
  @inlinable
  public func maxBy<Value: Comparable & SendableMetatype>(
    _ path: any KeyPath<Element, Value> & Sendable,
    first: Bool = true
  ) -> DataStream<Element> { reduce(Extremum.element(path, isGreatest: true, isFirst: first)) }

  /// The element of each window that has the least value; of equals the first, or the last.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1))).minBy(\.degrees).print()
  /// ```
  @inlinable
  public func minBy<Value: Comparable & SendableMetatype>(
    _ path: any KeyPath<Element, Value> & Sendable,
    first: Bool = true
  ) -> DataStream<Element> { reduce(Extremum.element(path, isGreatest: false, isFirst: first)) }

  /// Makes rows of all elements of each window, knowing the key and the window.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1)))
  ///   .apply(emitting: Tuple2<String, Int>.self) { room, window, readings, rows in
  ///     rows.collect(Tuple2("\(room) until \(window.end)", readings.count))
  ///   }
  ///   .print()
  /// ```
  ///
  /// *Source:* Flink `WindowedStream.apply` with a `WindowFunction`.
  @inlinable
  public func apply<Out>(
    emitting type: Out.Type = Out.self,
    _ body: @escaping @Sendable (Key, TimeWindow, [Element], inout Collector<Out>) throws -> Void
  ) -> DataStream<Out> {
    process(emitting: type) { key, elements, context, output in
      try body(key, context.window, elements, &output)
    }
  }
}
