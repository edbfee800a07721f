public import KeyedState
public import StreamModel

// What windows make of their elements: the operators of `WindowedStream`'s methods.

extension StreamOperatorFactory {
  /// The operator that serves a plan best.
  @inlinable
  static func windows<Contents: WindowContents & Sendable, Key, Output>(
    by selector: KeySelector<Contents.Element, Key>,
    _ plan: WindowPlan<Contents.Element>,
    _ contents: Contents,
    emitting makeEmitter:
      @escaping @Sendable () -> WindowEmitter<Key, Contents.Accumulator, Output>
  ) -> StreamOperatorFactory {
    if let aligned = AlignedWindows(plan) {
      return alignedWindows(by: selector, aligned, plan, contents, emitting: makeEmitter)
    }
    return triggeredWindows(by: selector, plan, contents, emitting: makeEmitter)
  }

  /// Combines the elements of each window two by two, and gives the result to a function.
  @inlinable
  public static func reduceWindows<Element: Codable & SendableMetatype, Function>(
    by selector: KeySelector<Element, Function.Key>,
    _ plan: WindowPlan<Element>,
    _ combine: @escaping @Sendable (Element, Element) throws -> Element,
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> StreamOperatorFactory
  where Function: ProcessWindowFunction & SendableMetatype, Function.Input == Element {
    if let evictor = plan.evictor {
      return evictingWindows(by: selector, plan, evictor, makeFunction) { elements in
        var iterator = elements.makeIterator()
        guard var reduced = iterator.next() else { return nil }
        while let next = iterator.next() { reduced = try combine(reduced, next) }
        return reduced
      }
    }
    return windows(by: selector, plan, ReducedContents(combine)) {
      WindowEmitter(makeFunction()) { accumulator, _ in accumulator }
    }
  }

  /// Aggregates the elements of each window, and gives the result to a function.
  @inlinable
  public static func aggregateWindows<
    Aggregate: AggregateFunction & Sendable,
    Function: ProcessWindowFunction & SendableMetatype
  >(
    by selector: KeySelector<Aggregate.Input, Function.Key>,
    _ plan: WindowPlan<Aggregate.Input>,
    _ aggregate: Aggregate,
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> StreamOperatorFactory
  where Aggregate.Input: Codable & SendableMetatype, Function.Input == Aggregate.Output {
    if let evictor = plan.evictor {
      return evictingWindows(by: selector, plan, evictor, makeFunction) { elements in
        var accumulator = aggregate.makeAccumulator()
        for element in elements { try aggregate.add(element, to: &accumulator) }
        return try aggregate.result(of: accumulator)
      }
    }
    return windows(by: selector, plan, AggregatedContents(aggregate)) {
      WindowEmitter(makeFunction()) { accumulator, _ in try aggregate.result(of: accumulator) }
    }
  }

  /// Gives all elements of each window to a function.
  @inlinable
  public static func processWindows<Element: Codable & SendableMetatype, Function>(
    by selector: KeySelector<Element, Function.Key>,
    _ plan: WindowPlan<Element>,
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> StreamOperatorFactory
  where Function: ProcessWindowFunction & SendableMetatype, Function.Input == [Element] {
    if let evictor = plan.evictor {
      return evictingWindows(by: selector, plan, evictor, makeFunction) { $0 }
    }
    return windows(by: selector, plan, ListedContents()) {
      WindowEmitter(makeFunction()) { accumulator, _ in accumulator }
    }
  }

  /// Windows that keep every element, since an evictor wants to see them.
  ///
  /// *Source:* Flink `EvictingWindowOperator.emitWindowContents`.
  @inlinable
  static func evictingWindows<
    Element: Codable & SendableMetatype,
    Function: ProcessWindowFunction & SendableMetatype
  >(
    by selector: KeySelector<Element, Function.Key>,
    _ plan: WindowPlan<Element>,
    _ makeEvictor: @escaping @Sendable () -> any WindowEvictor<Element>,
    _ makeFunction: @escaping @Sendable () -> Function,
    _ view: @escaping @Sendable ([Element]) throws -> Function.Input?
  ) -> StreamOperatorFactory {
    windows(by: selector, plan, TimedContents<Element>()) {
      var evictor = makeEvictor()
      var function = makeFunction()
      return WindowEmitter(
        clear: { try function.clear($0) },
        emit: { key, elements, context, output in
          evictor.evictBefore(&elements, window: context.window)
          if let contents = try view(elements.map(\.element)) {
            try function.process(key, contents, context, &output)
          }
          evictor.evictAfter(&elements, window: context.window)
        }
      )
    }
  }
}

/// Emits what the window came to as it is.
public struct PassWindowResult<Key: StreamKey, Result>: ProcessWindowFunction {
  /// Makes the function.
  @inlinable
  public init() {}

  /// Emits it.
  @inlinable
  public func process(
    _ key: Key,
    _ contents: Result,
    _ context: WindowContext<Key>,
    _ output: inout Collector<Result>
  ) {
    output.collect(contents)
  }
}

/// Emits what a closure makes of a window.
public struct ProcessWindowClosure<Key: StreamKey, Input, Output>: ProcessWindowFunction {
  @usableFromInline let body:
    @Sendable (Key, Input, WindowContext<Key>, inout Collector<Output>) throws -> Void

  /// Wraps a closure.
  @inlinable
  public init(
    _ body:
      @escaping @Sendable (Key, Input, WindowContext<Key>, inout Collector<Output>) throws ->
      Void
  ) {
    self.body = body
  }

  /// Calls it.
  @inlinable
  public func process(
    _ key: Key,
    _ contents: Input,
    _ context: WindowContext<Key>,
    _ output: inout Collector<Output>
  ) throws {
    try body(key, contents, context, &output)
  }
}
