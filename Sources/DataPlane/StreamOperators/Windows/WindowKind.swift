public import KeyedState

/// How windows are carried out, known when a program is compiled: so that code is made only for the
/// way that the program takes.
///
/// An assigner brings its kind along (``WindowAssigner/Kind``); a trigger or an evictor of the
/// program's own changes it.
public protocol WindowKind {
  /// What it becomes with another trigger.
  associatedtype Triggered: WindowKind

  /// The operator that keeps contents for each key and window, and emits what is made of them when
  /// the window fires.
  static func windows<Contents: WindowContents & Sendable, Key, Output>(
    by selector: KeySelector<Contents.Element, Key>,
    _ plan: WindowPlan<Contents.Element>,
    _ contents: Contents,
    emitting makeEmitter:
      @escaping @Sendable () -> WindowEmitter<Key, Contents.Accumulator, Output>
  ) -> StreamOperatorFactory
  where Contents.Element: Codable & SendableMetatype
}

extension WindowKind {
  /// Combines the elements of each window two by two, and gives the result to a function.
  @inlinable
  public static func reduce<Element: Codable & SendableMetatype, Function>(
    by selector: KeySelector<Element, Function.Key>,
    _ plan: WindowPlan<Element>,
    _ combine: @escaping @Sendable (Element, Element) throws -> Element,
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> StreamOperatorFactory
  where Function: ProcessWindowFunction & SendableMetatype, Function.Input == Element {
    windows(by: selector, plan, ReducedContents(combine)) {
      WindowEmitter(makeFunction()) { accumulator, _ in accumulator }
    }
  }

  /// Aggregates the elements of each window, and gives the result to a function.
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
    windows(by: selector, plan, AggregatedContents(aggregate)) {
      WindowEmitter(makeFunction()) { accumulator, _ in
        try aggregate.getResult(accumulator)
      }
    }
  }

  /// Gives all elements of each window to a function.
  @inlinable
  public static func process<Element: Codable & SendableMetatype, Function>(
    by selector: KeySelector<Element, Function.Key>,
    _ plan: WindowPlan<Element>,
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> StreamOperatorFactory
  where Function: ProcessWindowFunction & SendableMetatype, Function.Input == [Element] {
    windows(by: selector, plan, ListedContents()) {
      WindowEmitter(makeFunction()) { accumulator, _ in accumulator }
    }
  }
}

/// Tumbling and sliding windows of event time that fire when their time is over.
public enum AlignedWindowKind: WindowKind {
  /// With another trigger they need timers for each key.
  public typealias Triggered = TriggeredWindowKind

  /// The operator that needs no timers.
  @inlinable
  public static func windows<Contents: WindowContents & Sendable, Key, Output>(
    by selector: KeySelector<Contents.Element, Key>,
    _ plan: WindowPlan<Contents.Element>,
    _ contents: Contents,
    emitting makeEmitter:
      @escaping @Sendable () -> WindowEmitter<Key, Contents.Accumulator, Output>
  ) -> StreamOperatorFactory {
    guard let aligned = AlignedWindows(plan) else {
      fatalError("broken invariant: \(plan.assigner.name) are no aligned windows")
    }
    return .alignedWindows(by: selector, aligned, plan, contents, emitting: makeEmitter)
  }
}

/// Windows of any shape that fire when a trigger says so.
public enum TriggeredWindowKind: WindowKind {
  /// They stay what they are.
  public typealias Triggered = TriggeredWindowKind

  /// The operator that serves any windows.
  @inlinable
  public static func windows<Contents: WindowContents & Sendable, Key, Output>(
    by selector: KeySelector<Contents.Element, Key>,
    _ plan: WindowPlan<Contents.Element>,
    _ contents: Contents,
    emitting makeEmitter:
      @escaping @Sendable () -> WindowEmitter<Key, Contents.Accumulator, Output>
  ) -> StreamOperatorFactory {
    .triggeredWindows(by: selector, plan, contents, emitting: makeEmitter)
  }
}
