public import SimulationKernel
import StreamModel

/// Fires at every multiple of an interval of processing time, and at the end of the window.
///
/// ```swift
/// readings.windowAll(.tumblingEventTime(.hours(1)))
///   .trigger(ContinuousProcessingTimeTrigger(.seconds(5)))
///   .sum(\.degrees).print()
/// ```
///
/// When the window's last moment has come it waits for the next element: where windows of event
/// time lie behind processing time, asking for that moment once more would never end. *Source:*
/// Flink `ContinuousProcessingTimeTrigger`.
public struct ContinuousProcessingTimeTrigger<Element>: WindowTrigger {
  private let wish: IntervalWish

  /// Makes the trigger.
  ///
  /// - Precondition: The interval is at least a millisecond.
  public init(_ interval: VirtualDuration) {
    invariant(interval.milliseconds > 0, "a window that fires every \(interval.milliseconds) ms")
    wish = IntervalWish(interval: interval.milliseconds, domain: .processingTime)
  }

  /// Asks for the next interval when it waits for none.
  public func onElement(
    _ element: Element,
    timestamp: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) throws -> TriggerResult {
    try wish.begin(at: context.currentProcessingTime, in: window, context)
    return .continue
  }

  /// Fires at an interval's end that it asked for.
  public func onProcessingTime(
    _ time: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) throws -> TriggerResult {
    guard try wish.take(time, context) else { return .continue }
    if time < window.maxTimestamp { try wish.ask(after: time, in: window, context) }
    return .fire
  }

  /// It can.
  public var canMerge: Bool { true }

  /// Goes on with the earliest of the moments that the windows waited for.
  public func onMerge(
    _ window: TimeWindow,
    from merged: [TimeWindow],
    _ context: TriggerContext
  ) throws {
    try wish.merge(merged, context)
  }

  /// Takes its wishes back.
  public func clear(_ window: TimeWindow, _ context: TriggerContext) throws {
    try wish.clear(context)
  }

  /// Nothing: it asks for no moment of event time.
  public func onEventTime(
    _ time: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) -> TriggerResult { .continue }
}
