import SimulationKernel
import StreamModel

/// Forgets what a window holds whenever another trigger fires.
///
/// ```swift
/// readings.windowAll(.global).trigger(PurgingTrigger(CountTrigger(100))).sum(\.degrees).print()
/// ```
///
/// *Source:* Flink `PurgingTrigger`.
public struct PurgingTrigger<Nested: WindowTrigger>: WindowTrigger {
  /// What comes to the windows.
  public typealias Element = Nested.Element

  private var nested: Nested

  /// Wraps a trigger.
  public init(_ nested: Nested) {
    self.nested = nested
  }

  private func purging(_ result: TriggerResult) -> TriggerResult {
    result.fires ? .fireAndPurge : result
  }

  /// Fires and forgets when the other fires.
  public mutating func onElement(
    _ element: Element,
    timestamp: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) throws -> TriggerResult {
    purging(try nested.onElement(element, timestamp: timestamp, window: window, context))
  }

  /// Fires and forgets when the other fires.
  public mutating func onEventTime(
    _ time: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) throws -> TriggerResult {
    purging(try nested.onEventTime(time, window: window, context))
  }

  /// Fires and forgets when the other fires.
  public mutating func onProcessingTime(
    _ time: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) throws -> TriggerResult {
    purging(try nested.onProcessingTime(time, window: window, context))
  }

  /// As the other.
  public var canMerge: Bool { nested.canMerge }

  /// As the other.
  public mutating func onMerge(
    _ window: TimeWindow,
    from merged: [TimeWindow],
    _ context: TriggerContext
  ) throws {
    try nested.onMerge(window, from: merged, context)
  }

  /// As the other.
  public mutating func clear(_ window: TimeWindow, _ context: TriggerContext) throws {
    try nested.clear(window, context)
  }
}
