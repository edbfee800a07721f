import JobGraphs
public import KeyedState
public import StreamModel
public import StreamOperators

/// A keyed stream divided into windows.
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
  public func trigger(
    _ make: @autoclosure @escaping @Sendable () -> any WindowTrigger<Element>
  ) -> WindowedStream<Element, Key, Kind.Triggered> {
    changing(to: Kind.Triggered.self) { $0.trigger = make }
  }

  /// Takes elements out of windows before or after they are looked at.
  public func evictor(
    _ make: @autoclosure @escaping @Sendable () -> any WindowEvictor<Element>
  ) -> WindowedStream<Element, Key, EvictingWindowKind> {
    changing(to: EvictingWindowKind.self) { $0.evictor = make }
  }

  /// Keeps windows for so long after their end; every record that comes meanwhile makes its window
  /// fire once more.
  public func allowedLateness(_ lateness: VirtualDuration) -> WindowedStream {
    changing { $0.allowedLateness = lateness.milliseconds }
  }

  /// Sends records that come too late for all of their windows to a side output, instead of
  /// dropping them.
  public func sideOutputLateData(_ tag: OutputTag<Element>) -> WindowedStream {
    changing { $0.lateTag = tag }
  }
}

// MARK: What is made of them

extension WindowedStream {
  /// Combines the elements of each window two by two.
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
  @inlinable
  public func process<Function: ProcessWindowFunction & SendableMetatype>(
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> DataStream<Function.Output>
  where Function.Key == Key, Function.Input == [Element] {
    transform(Kind.process(by: selector, plan, makeFunction), Function.Output.self)
  }
}

// MARK: By Flink's short names

extension WindowedStream {
  /// Combines the elements of each window two by two, and gives the result to a function with
  /// states of its own.
  @inlinable
  public func reduce<Function: ProcessWindowFunction & SendableMetatype>(
    _ combine: @escaping @Sendable (Element, Element) throws -> Element,
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> DataStream<Function.Output> where Function.Key == Key, Function.Input == Element {
    transform(Kind.reduce(by: selector, plan, combine, makeFunction), Function.Output.self)
  }

  /// Aggregates the elements of each window, and gives the result to a function with states of its
  /// own.
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
  @inlinable
  public func max<Value: Comparable & SendableMetatype>(
    _ path: any WritableKeyPath<Element, Value> & Sendable
  ) -> DataStream<Element> { reduce(Extremum.value(path, isGreatest: true)) }

  /// The first element of each window with the least value of a property in it.
  @inlinable
  public func min<Value: Comparable & SendableMetatype>(
    _ path: any WritableKeyPath<Element, Value> & Sendable
  ) -> DataStream<Element> { reduce(Extremum.value(path, isGreatest: false)) }

  /// The element of each window that has the greatest value; of equals the first, or the last.
  @inlinable
  public func maxBy<Value: Comparable & SendableMetatype>(
    _ path: any KeyPath<Element, Value> & Sendable,
    first: Bool = true
  ) -> DataStream<Element> { reduce(Extremum.element(path, isGreatest: true, isFirst: first)) }

  /// The element of each window that has the least value; of equals the first, or the last.
  @inlinable
  public func minBy<Value: Comparable & SendableMetatype>(
    _ path: any KeyPath<Element, Value> & Sendable,
    first: Bool = true
  ) -> DataStream<Element> { reduce(Extremum.element(path, isGreatest: false, isFirst: first)) }

  /// Makes rows of all elements of each window, knowing the key and the window.
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

// MARK: Streams with windows

extension KeyedStream where Element: Codable & SendableMetatype {
  /// Divides the elements of each key into windows.
  public func window<Assigner: WindowAssigner>(
    _ assigner: Assigner
  ) -> WindowedStream<Element, Key, Assigner.Kind> {
    WindowedStream(stream, selector, assigner.plan(), isAll: false)
  }

  /// Windows of so many elements each; one that is not full at the end is never seen.
  public func countWindow(_ size: Int) -> WindowedStream<Element, Key, TriggeredWindowKind> {
    window(.global).trigger(PurgingTrigger(CountTrigger<Element>(size)))
  }

  /// Every `slide` elements, the last `size`.
  public func countWindow(
    _ size: Int,
    slide: Int
  ) -> WindowedStream<Element, Key, EvictingWindowKind> {
    window(.global).evictor(CountEvictor<Element>(size)).trigger(CountTrigger<Element>(slide))
  }
}

extension DataStream where Element: Codable & SendableMetatype {
  /// Divides all elements into windows, in one subtask.
  public func windowAll<Assigner: WindowAssigner>(
    _ assigner: Assigner
  ) -> WindowedStream<Element, Int8, Assigner.Kind> {
    let keyed = keyBy { _ in Int8(0) }
    return WindowedStream(keyed.stream, keyed.selector, assigner.plan(), isAll: true)
  }

  /// Windows of so many elements of the whole stream, in one subtask.
  public func countWindowAll(_ size: Int) -> WindowedStream<Element, Int8, TriggeredWindowKind> {
    windowAll(.global).trigger(PurgingTrigger(CountTrigger<Element>(size)))
  }

  /// Every `slide` elements of the whole stream, the last `size`, in one subtask.
  public func countWindowAll(
    _ size: Int,
    slide: Int
  ) -> WindowedStream<Element, Int8, EvictingWindowKind> {
    windowAll(.global).evictor(CountEvictor<Element>(size)).trigger(CountTrigger<Element>(slide))
  }
}

extension WindowAssigner {
  /// The plan of its windows, with the trigger that it brings along.
  fileprivate func plan<Element>() -> WindowPlan<Element> {
    var plan = WindowPlan<Element>(assignment)
    if makeTrigger(for: Element.self) != nil {
      plan.trigger = { makeTrigger(for: Element.self) ?? EventTimeTrigger<Element>() }
    }
    return plan
  }
}
