import SimulationKernel
import StreamModel

/// Never fires: the default of the one window of everything.
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
  ) -> TriggerResult { .goOn }

  /// It can.
  public var canMerge: Bool { true }
}
