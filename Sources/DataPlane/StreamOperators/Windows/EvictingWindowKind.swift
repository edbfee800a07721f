public import KeyedState

/// Windows that keep every element, since an evictor wants to see them.
///
/// *Source:* Flink `EvictingWindowOperator.emitWindowContents`.
public enum EvictingWindowKind: WindowKind {
  /// They stay what they are.
  public typealias Triggered = EvictingWindowKind

  /// Combines the elements that the evictor leaves, two by two.
  @inlinable
  public static func reduce<Element: Codable & SendableMetatype, Function>(
    by selector: KeySelector<Element, Function.Key>,
    _ plan: WindowPlan<Element>,
    _ combine: @escaping @Sendable (Element, Element) throws -> Element,
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> StreamOperatorFactory
  where Function: ProcessWindowFunction & SendableMetatype, Function.Input == Element {
    evicting(by: selector, plan, makeFunction) { elements in
      var iterator = elements.makeIterator()
      guard var reduced = iterator.next() else { return nil }
      while let next = iterator.next() { reduced = try combine(reduced, next) }
      return reduced
    }
  }

  /// Aggregates the elements that the evictor leaves.
  @inlinable
  public static func aggregate<
    Aggregate: AggregateFunction & Sendable,
    Function: ProcessWindowFunction & SendableMetatype
  >(
    by selector: KeySelector<Aggregate.Input, Function.Key>,
    _ plan: WindowPlan<Aggregate.Input>,
    _ aggregate: Aggregate,
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> StreamOperatorFactory
  where Aggregate.Input: Codable & SendableMetatype, Function.Input == Aggregate.Output {
    evicting(by: selector, plan, makeFunction) { elements in
      var accumulator = aggregate.createAccumulator()
      for element in elements { try aggregate.add(element, to: &accumulator) }
      return try aggregate.getResult(accumulator)
    }
  }

  /// Gives the elements that the evictor leaves to a function.
  @inlinable
  public static func process<Element: Codable & SendableMetatype, Function>(
    by selector: KeySelector<Element, Function.Key>,
    _ plan: WindowPlan<Element>,
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> StreamOperatorFactory
  where Function: ProcessWindowFunction & SendableMetatype, Function.Input == [Element] {
    evicting(by: selector, plan, makeFunction) { $0 }
  }

  @inlinable
  static func evicting<
    Element: Codable & SendableMetatype,
    Function: ProcessWindowFunction & SendableMetatype
  >(
    by selector: KeySelector<Element, Function.Key>,
    _ plan: WindowPlan<Element>,
    _ makeFunction: @escaping @Sendable () -> Function,
    _ view: @escaping @Sendable ([Element]) throws -> Function.Input?
  ) -> StreamOperatorFactory {
    .triggeredWindows(by: selector, plan, TimedContents<Element>()) {
      guard var evictor = plan.evictor?() else {
        fatalError("broken invariant: windows that evict have no evictor")
      }
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
