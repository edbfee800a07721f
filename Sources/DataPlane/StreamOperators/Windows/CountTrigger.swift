import SimulationKernel
import StreamModel

/// Fires whenever a window has got so many elements since it last fired.
///
/// ```swift
/// readings.windowAll(.global).trigger(CountTrigger(100)).sum(\.degrees).print()
/// ```
///
/// *Source:* Flink `CountTrigger`.
public struct CountTrigger<Element>: WindowTrigger {
  private let limit: Int

  /// Makes the trigger.
  ///
  /// - Precondition: The number is positive.
  public init(_ limit: Int) {
    invariant(limit > 0, "a window that fires every \(limit) elements")
    self.limit = limit
  }

  /// Counts, and fires when there are enough.
  public func onElement(
    _ element: Element,
    timestamp: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) throws -> TriggerResult {
    let count = try context.state(named: "_trigger/count", of: Int.self)
    let present = (count.value() ?? 0) + 1
    guard present >= limit else {
      count.update(present)
      return .continue
    }
    count.clear()
    return .fire
  }

  /// It can.
  public var canMerge: Bool { true }

  /// Adds the counts up.
  public func onMerge(
    _ window: TimeWindow,
    from merged: [TimeWindow],
    _ context: TriggerContext
  ) throws {
    let count = try context.state(named: "_trigger/count", of: Int.self)
    let counts = merged.compactMap { count.take(from: $0) }
    if !counts.isEmpty { count.update((count.value() ?? 0) + counts.reduce(0, +)) }
  }

  /// Forgets the count.
  public func clear(_ window: TimeWindow, _ context: TriggerContext) throws {
    try context.state(named: "_trigger/count", of: Int.self).clear()
  }

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
}
