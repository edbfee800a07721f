import SimulationKernel
import StreamModel

/// Fires when the watermark passes the end of the window, and for every late element after that.
///
/// ```swift
/// readings.windowAll(.global).trigger(EventTimeTrigger()).sum(\.degrees).print()
/// ```
///
/// *Source:* Flink `EventTimeTrigger`.
public struct EventTimeTrigger<Element>: WindowTrigger {
  /// Makes the trigger.
  public init() {}

  /// Fires for an element that is late; else asks for the end of the window.
  public func onElement(
    _ element: Element,
    timestamp: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) -> TriggerResult {
    if window.maxTimestamp <= context.currentWatermark.timestamp { return .fire }
    context.registerEventTimeTimer(window.maxTimestamp)
    return .continue
  }

  /// Fires at the end of the window.
  public func onEventTime(
    _ time: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) -> TriggerResult {
    time == window.maxTimestamp ? .fire : .continue
  }

  /// It can.
  public var canMerge: Bool { true }

  /// Asks for the end of the merged window, unless it is over.
  public func onMerge(
    _ window: TimeWindow,
    from merged: [TimeWindow],
    _ context: TriggerContext
  ) {
    if window.maxTimestamp > context.currentWatermark.timestamp {
      context.registerEventTimeTimer(window.maxTimestamp)
    }
  }

  /// Takes the wish for the end of the window back.
  public func clear(_ window: TimeWindow, _ context: TriggerContext) {
    context.deleteEventTimeTimer(window.maxTimestamp)
  }

  /// Nothing: it asks for no moment of processing time.
  public func onProcessingTime(
    _ time: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) -> TriggerResult { .continue }
}
