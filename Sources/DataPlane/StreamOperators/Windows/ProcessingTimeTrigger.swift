import SimulationKernel
import StreamModel

/// Fires when processing time passes the end of the window.
///
/// ```swift
/// readings.windowAll(.tumblingEventTime(.minutes(1))).trigger(ProcessingTimeTrigger())
///   .sum(\.degrees).print()
/// ```
///
/// *Source:* Flink `ProcessingTimeTrigger`.
public struct ProcessingTimeTrigger<Element>: WindowTrigger {
  /// Makes the trigger.
  public init() {}

  /// Asks for the end of the window.
  public func onElement(
    _ element: Element,
    timestamp: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) -> TriggerResult {
    context.registerProcessingTimeTimer(window.maxTimestamp)
    return .continue
  }

  /// Fires at the end of the window.
  public func onProcessingTime(
    _ time: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) -> TriggerResult { .fire }

  /// It can.
  public var canMerge: Bool { true }

  /// Asks for the end of the merged window, unless it is over.
  public func onMerge(
    _ window: TimeWindow,
    from merged: [TimeWindow],
    _ context: TriggerContext
  ) {
    if window.maxTimestamp > context.currentProcessingTime {
      context.registerProcessingTimeTimer(window.maxTimestamp)
    }
  }

  /// Takes the wish for the end of the window back.
  public func clear(_ window: TimeWindow, _ context: TriggerContext) {
    context.deleteProcessingTimeTimer(window.maxTimestamp)
  }

  /// Nothing: it asks for no moment of event time.
  public func onEventTime(
    _ time: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) -> TriggerResult { .continue }
}
