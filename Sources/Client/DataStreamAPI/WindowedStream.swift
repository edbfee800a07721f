import JobGraphs
public import KeyedState
public import StreamModel
public import StreamOperators

/// A keyed stream divided into windows.
///
/// *Source:* Flink `WindowedStream` and `AllWindowedStream`.
public struct WindowedStream<Element: Codable & SendableMetatype, Key: StreamKey> {
  @usableFromInline let stream: DataStream<Element>
  @usableFromInline let selector: KeySelector<Element, Key>
  @usableFromInline var plan: WindowPlan<Element>
  /// Whether one subtask sees everything.
  @usableFromInline let isAll: Bool

  @usableFromInline
  init(
    _ stream: DataStream<Element>,
    _ selector: KeySelector<Element, Key>,
    _ assigner: WindowAssigner,
    isAll: Bool = false
  ) {
    self.stream = stream
    self.selector = selector
    self.isAll = isAll
    plan = WindowPlan(assigner)
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
  ) -> WindowedStream {
    changing { $0.trigger = make }
  }

  /// Takes elements out of windows before or after they are looked at.
  public func evictor(
    _ make: @autoclosure @escaping @Sendable () -> any WindowEvictor<Element>
  ) -> WindowedStream {
    changing { $0.evictor = make }
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
      .reduceWindows(by: selector, plan, combine) { PassWindowResult<Key, Element>() },
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
      .reduceWindows(by: selector, plan, combine) { ProcessWindowClosure(body) },
      type
    )
  }

  /// Aggregates the elements of each window.
  @inlinable
  public func aggregate<Aggregate: AggregateFunction & Sendable>(
    _ aggregate: Aggregate
  ) -> DataStream<Aggregate.Output> where Aggregate.Input == Element {
    transform(
      .aggregateWindows(by: selector, plan, aggregate) {
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
      .aggregateWindows(by: selector, plan, aggregate) { ProcessWindowClosure(body) },
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
    transform(.processWindows(by: selector, plan) { ProcessWindowClosure(body) }, type)
  }

  /// Makes rows of all elements of each window by a function with states of its own;
  /// `makeFunction` is called anew for each subtask attempt.
  @inlinable
  public func process<Function: ProcessWindowFunction & SendableMetatype>(
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> DataStream<Function.Output>
  where Function.Key == Key, Function.Input == [Element] {
    transform(.processWindows(by: selector, plan, makeFunction), Function.Output.self)
  }
}

// MARK: Streams with windows

extension KeyedStream where Element: Codable & SendableMetatype {
  /// Divides the elements of each key into windows.
  public func window(_ assigner: WindowAssigner) -> WindowedStream<Element, Key> {
    WindowedStream(stream, selector, assigner)
  }

  /// Windows of so many elements each; one that is not full at the end is never seen.
  public func countWindow(_ size: Int) -> WindowedStream<Element, Key> {
    window(.global).trigger(PurgingTrigger(CountTrigger<Element>(size)))
  }

  /// Every `slide` elements, the last `size`.
  public func countWindow(_ size: Int, slide: Int) -> WindowedStream<Element, Key> {
    window(.global).evictor(CountEvictor<Element>(size)).trigger(CountTrigger<Element>(slide))
  }
}

extension DataStream where Element: Codable & SendableMetatype {
  /// Divides all elements into windows, in one subtask.
  public func windowAll(_ assigner: WindowAssigner) -> WindowedStream<Element, Int8> {
    let keyed = keyBy { _ in Int8(0) }
    return WindowedStream(keyed.stream, keyed.selector, assigner, isAll: true)
  }

  /// Windows of so many elements of the whole stream, in one subtask.
  public func countWindowAll(_ size: Int) -> WindowedStream<Element, Int8> {
    windowAll(.global).trigger(PurgingTrigger(CountTrigger<Element>(size)))
  }
}
