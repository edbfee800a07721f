public import KeyedState

/// Windows of a plan that is known only when the program runs: the way is chosen then, and code is
/// made for all of them.
public enum PlannedWindowKind: WindowKind {
  /// They stay what they are.
  public typealias Triggered = PlannedWindowKind

  /// Combines the elements of each window two by two, and gives the result to a function.
  @inlinable
  public static func reduce<Element: Codable & SendableMetatype, Function>(
    by selector: KeySelector<Element, Function.Key>,
    _ plan: WindowPlan<Element>,
    _ combine: @escaping @Sendable (Element, Element) throws -> Element,
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> StreamOperatorFactory
  where Function: ProcessWindowFunction & SendableMetatype, Function.Input == Element {
    switch way(of: plan) {
    case .aligned: AlignedWindowKind.reduce(by: selector, plan, combine, makeFunction)
    case .triggered: TriggeredWindowKind.reduce(by: selector, plan, combine, makeFunction)
    case .evicting: EvictingWindowKind.reduce(by: selector, plan, combine, makeFunction)
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
    switch way(of: plan) {
    case .aligned: AlignedWindowKind.aggregate(by: selector, plan, aggregate, makeFunction)
    case .triggered: TriggeredWindowKind.aggregate(by: selector, plan, aggregate, makeFunction)
    case .evicting: EvictingWindowKind.aggregate(by: selector, plan, aggregate, makeFunction)
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
    switch way(of: plan) {
    case .aligned: AlignedWindowKind.process(by: selector, plan, makeFunction)
    case .triggered: TriggeredWindowKind.process(by: selector, plan, makeFunction)
    case .evicting: EvictingWindowKind.process(by: selector, plan, makeFunction)
    }
  }

  /// The ways in which windows are carried out.
  @usableFromInline
  enum Way {
    case aligned, triggered, evicting
  }

  @inlinable
  static func way<Element>(of plan: WindowPlan<Element>) -> Way {
    if plan.evictor != nil { return .evicting }
    return AlignedWindows(plan) == nil ? .triggered : .aligned
  }
}

/// An assigner that is known only when the program runs.
///
/// ```swift
/// let isHourly = CommandLine.arguments.contains("--hourly")
/// let windows = PlannedWindows(.tumblingEventTime(isHourly ? .hours(1) : .minutes(1)))
/// readings.keyBy(\.room).window(windows).sum(\.degrees).print()
/// ```
public struct PlannedWindows: WindowAssigner {
  /// The way is chosen when the program runs.
  public typealias Kind = PlannedWindowKind
  /// Which windows a record belongs to.
  public let assignment: WindowAssignment

  /// Any windows.
  public init(_ assignment: WindowAssignment) {
    self.assignment = assignment
  }
}
