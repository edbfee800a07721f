/// Windows of a plan that is known only when the program runs: the way is chosen then, and code is
/// made for all of them.
public enum PlannedWindowKind: WindowKind {
  /// They stay what they are.
  public typealias Triggered = PlannedWindowKind

  /// The operator that the plan asks for.
  @inlinable
  public static func windows<Contents: WindowContents & Sendable, Key, Output>(
    by selector: KeySelector<Contents.Element, Key>,
    _ plan: WindowPlan<Contents.Element>,
    _ contents: Contents,
    emitting makeEmitter:
      @escaping @Sendable () -> WindowEmitter<Key, Contents.Accumulator, Output>
  ) -> StreamOperatorFactory
  where Contents.Element: Codable & SendableMetatype {
    if plan.evictor != nil {
      return EvictingWindowKind.windows(by: selector, plan, contents, emitting: makeEmitter)
    }
    return AlignedWindows(plan) == nil
      ? TriggeredWindowKind.windows(by: selector, plan, contents, emitting: makeEmitter)
      : AlignedWindowKind.windows(by: selector, plan, contents, emitting: makeEmitter)
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
