import SimulationKernel
import StreamModel

/// Never fires: the default of the one window of everything.
///
/// ```swift
/// readings.windowAll(.global).trigger(NeverTrigger()).sum(\.degrees).print()
/// ```
///
/// *Source:* Flink `NeverTrigger`.
public struct NeverTrigger<Element>: WindowTrigger {
  /// Makes the trigger.
  public init() {}

  /// Nothing.
  public func onElement(
    _ element: Element,
    timestamp: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) -> TriggerResult { .continue }

  /// It can.
  public var canMerge: Bool { true }

  /// Nothing: it asks for no moment of event time.
  public func onEventTime(
    _ time: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) -> TriggerResult { .continue }

  /// Nothing: it asks for no moment of processing time.
  public func onProcessingTime(
    _ time: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) -> TriggerResult { .continue }

  /// Nothing: it keeps nothing.
  public func clear(_ window: TimeWindow, _ context: TriggerContext) {}
}
