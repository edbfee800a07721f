/// Everything that a program says about windows but what is made of their elements.
public struct WindowPlan<Element>: Sendable {
  /// Which windows a record belongs to.
  public var assigner: WindowAssignment
  /// When they fire; nil for when their time is over.
  public var trigger: (@Sendable () -> any WindowTrigger<Element>)?
  /// What they forget before or after they fire.
  public var evictor: (@Sendable () -> any WindowEvictor<Element>)?
  /// For how long after its end a window waits for late records, in milliseconds.
  public var allowedLateness: Int64 = 0
  /// Where records go that come later than that; nil for nowhere.
  public var lateTag: OutputTag<Element>?

  /// Plans windows with their assigner's defaults.
  public init(_ assigner: WindowAssignment) {
    self.assigner = assigner
  }

  /// When a window is forgotten: event time's or processing time's, in milliseconds since 1970.
  ///
  /// *Source:* Flink `WindowOperator.cleanupTime`.
  @inlinable
  public func cleanupTime(of window: TimeWindow) -> Int64 {
    guard assigner.isEventTime else { return window.maxTimestamp }
    let (time, overflow) = window.maxTimestamp.addingReportingOverflow(allowedLateness)
    return overflow ? .max : time
  }
}
