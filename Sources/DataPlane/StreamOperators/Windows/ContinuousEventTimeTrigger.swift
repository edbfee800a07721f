public import SimulationKernel
import StreamModel

/// Fires at every multiple of an interval of event time, and at the end of the window.
///
/// ```swift
/// readings.windowAll(.tumblingEventTime(.hours(1)))
///   .trigger(ContinuousEventTimeTrigger(.minutes(5)))
///   .sum(\.degrees).print()
/// ```
///
/// It fires once for each interval that a watermark jumps over, each time with the same contents,
/// as Flink's does. *Source:* Flink `ContinuousEventTimeTrigger`. *Simplified:* in the one window
/// of everything the end of time is no such jump, which would have intervals without end.
public struct ContinuousEventTimeTrigger<Element>: WindowTrigger {
  private let wish: IntervalWish

  /// Makes the trigger.
  ///
  /// - Precondition: The interval is at least a millisecond.
  public init(_ interval: VirtualDuration) {
    invariant(interval.milliseconds > 0, "a window that fires every \(interval.milliseconds) ms")
    wish = IntervalWish(interval: interval.milliseconds, domain: .eventTime)
  }

  /// Fires for an element that is late; else asks for the end of the window and the next interval.
  public func onElement(
    _ element: Element,
    timestamp: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) throws -> TriggerResult {
    if window.maxTimestamp <= context.currentWatermark.timestamp { return .fire }
    context.registerEventTimeTimer(window.maxTimestamp)
    try wish.begin(at: timestamp, in: window, context)
    return .continue
  }

  /// Fires at the end of the window, and at an interval's end that it asked for.
  public func onEventTime(
    _ time: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) throws -> TriggerResult {
    if time == window.maxTimestamp { return .fire }
    guard try wish.take(time, context) else { return .continue }
    if window != .global || context.currentWatermark < .max {
      try wish.ask(after: time, in: window, context)
    }
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

  /// Nothing: it asks for no moment of processing time.
  public func onProcessingTime(
    _ time: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) -> TriggerResult { .continue }
}
