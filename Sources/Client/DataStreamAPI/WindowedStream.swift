import JobGraphs
public import KeyedState
public import StreamModel
public import StreamOperators

/// A keyed stream divided into windows.
///
/// ```swift
/// readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1))).maxBy(\.degrees).print()
/// ```
///
/// *Source:* Flink `WindowedStream` and `AllWindowedStream`.
public struct WindowedStream<
  Element: Codable & SendableMetatype,
  Key: StreamKey,
  Kind: WindowKind
> {
  @usableFromInline let stream: DataStream<Element>
  @usableFromInline let selector: KeySelector<Element, Key>
  @usableFromInline var plan: WindowPlan<Element>
  /// Whether one subtask sees everything.
  @usableFromInline let isAll: Bool

  @usableFromInline
  init(
    _ stream: DataStream<Element>,
    _ selector: KeySelector<Element, Key>,
    _ plan: WindowPlan<Element>,
    isAll: Bool
  ) {
    self.stream = stream
    self.selector = selector
    self.isAll = isAll
    self.plan = plan
  }

  /// The same windows, carried out in another way.
  private func changing<Other: WindowKind>(
    to kind: Other.Type,
    _ body: (inout WindowPlan<Element>) -> Void
  ) -> WindowedStream<Element, Key, Other> {
    var plan = plan
    body(&plan)
    return WindowedStream<Element, Key, Other>(stream, selector, plan, isAll: isAll)
  }

  @usableFromInline
  func changing(_ body: (inout WindowPlan<Element>) -> Void) -> WindowedStream {
    var changed = self
    body(&changed.plan)
    return changed
  }

  @inlinable
  func transform<Out>(_ factory: StreamOperatorFactory, _ type: Out.Type) -> DataStream<Out> {
    let result: DataStream<Out> = stream.transform(plan.assigner.name, factory)
    return isAll ? result.setParallelism(1).setMaxParallelism(1) : result
  }
}

// MARK: When windows fire, and what they forget

extension WindowedStream {
  /// Lets a trigger say when windows fire, in place of the assigner's.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.global).trigger(PurgingTrigger(CountTrigger(3)))
  ///   .sum(\.degrees).print()
  /// ```
  public func trigger(
    _ make: @autoclosure @escaping @Sendable () -> any WindowTrigger<Element>
  ) -> WindowedStream<Element, Key, Kind.Triggered> {
    changing(to: Kind.Triggered.self) { $0.trigger = make }
  }

  /// Takes elements out of windows before or after they are looked at.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1))).evictor(CountEvictor(10))
  ///   .sum(\.degrees).print()
  /// ```
  public func evictor(
    _ make: @autoclosure @escaping @Sendable () -> any WindowEvictor<Element>
  ) -> WindowedStream<Element, Key, EvictingWindowKind> {
    changing(to: EvictingWindowKind.self) { $0.evictor = make }
  }

  /// Keeps windows for so long after their end; every record that comes meanwhile makes its window
  /// fire once more.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1))).allowedLateness(.seconds(30))
  ///   .sum(\.degrees).print()
  /// ```
  public func allowedLateness(_ lateness: VirtualDuration) -> WindowedStream {
    changing { $0.allowedLateness = lateness.milliseconds }
  }

  /// Sends records that come too late for all of their windows to a side output, instead of
  /// dropping them.
  ///
  /// ```swift
  /// let late = OutputTag<Reading>("late")
  /// let sums = readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1)))
  ///   .sideOutputLateData(late)
  ///   .sum(\.degrees)
  /// sums.getSideOutput(late).print()
  /// ```
  public func sideOutputLateData(_ tag: OutputTag<Element>) -> WindowedStream {
    changing { $0.lateTag = tag }
  }
}

// MARK: What is made of them

extension WindowedStream {
  /// Combines the elements of each window two by two.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1)))
  ///   .reduce { $0.degrees < $1.degrees ? $1 : $0 }
  ///   .print()
  /// ```
  @inlinable
  public func reduce(
    _ combine: @escaping @Sendable (Element, Element) throws -> Element
  ) -> DataStream<Element> {
    transform(
      Kind.reduce(by: selector, plan, combine) { PassWindowResult<Key, Element>() },
      Element.self
    )
  }

  /// Combines the elements of each window two by two, and makes rows of the result, knowing the key
  /// and the window.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1)))
  ///   .reduce({ $0.degrees < $1.degrees ? $1 : $0 }, emitting: Int64.self) { _, _, w, end in
  ///     end.collect(w.window.end)
  ///   }
  ///   .print()
  /// ```
  @inlinable
  public func reduce<Out>(
    _ combine: @escaping @Sendable (Element, Element) throws -> Element,
    emitting type: Out.Type = Out.self,
    _ body:
      @escaping @Sendable (Key, Element, WindowContext<Key>, inout Collector<Out>) throws -> Void
  ) -> DataStream<Out> {
    transform(
      Kind.reduce(by: selector, plan, combine) { ProcessWindowClosure(body) },
      type
    )
  }

  /// Aggregates the elements of each window.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1)))
  ///   .aggregate(MeanDegrees()).print()
  /// ```
  @inlinable
  public func aggregate<Aggregate: AggregateFunction & Sendable>(
    _ aggregate: Aggregate
  ) -> DataStream<Aggregate.Output> where Aggregate.Input == Element {
    transform(
      Kind.aggregate(by: selector, plan, aggregate) {
        PassWindowResult<Key, Aggregate.Output>()
      },
      Aggregate.Output.self
    )
  }

  /// Aggregates the elements of each window, and makes rows of the result, knowing the key and the
  /// window.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1)))
  ///   .aggregate(MeanDegrees(), emitting: Tuple2<String, Double>.self) { room, mean, _, rows in
  ///     rows.collect(Tuple2(room, mean))
  ///   }
  ///   .print()
  /// ```
  @inlinable
  public func aggregate<Aggregate: AggregateFunction & Sendable, Out>(
    _ aggregate: Aggregate,
    emitting type: Out.Type = Out.self,
    _ body:
      @escaping @Sendable (Key, Aggregate.Output, WindowContext<Key>, inout Collector<Out>) throws
      -> Void
  ) -> DataStream<Out> where Aggregate.Input == Element {
    transform(
      Kind.aggregate(by: selector, plan, aggregate) { ProcessWindowClosure(body) },
      type
    )
  }

  /// Makes rows of all elements of each window, which are kept until then.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1)))
  ///   .process(emitting: Tuple2<String, Int>.self) { room, readings, _, rows in
  ///     rows.collect(Tuple2(room, readings.count))
  ///   }
  ///   .print()
  /// ```
  @inlinable
  public func process<Out>(
    emitting type: Out.Type = Out.self,
    _ body:
      @escaping @Sendable (Key, [Element], WindowContext<Key>, inout Collector<Out>) throws ->
      Void
  ) -> DataStream<Out> {
    transform(Kind.process(by: selector, plan) { ProcessWindowClosure(body) }, type)
  }

  /// Makes rows of all elements of each window by a function with states of its own;
  /// `makeFunction` is called anew for each subtask attempt.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.tumblingEventTime(.minutes(1)))
  ///   .process { CountOfWindow<[Reading]>() }
  ///   .print()
  /// ```
  @inlinable
  public func process<Function: ProcessWindowFunction & SendableMetatype>(
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> DataStream<Function.Output>
  where Function.Key == Key, Function.Input == [Element] {
    transform(Kind.process(by: selector, plan, makeFunction), Function.Output.self)
  }
}
