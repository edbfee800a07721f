public import SimulationKernel
import StreamModel

/// Fires at every multiple of an interval of event time, and at the end of the window.
///
/// It fires once for each interval that a watermark jumps over, each time with the same contents,
/// as Flink's does. *Source:* Flink `ContinuousEventTimeTrigger`. *Simplified:* in the one window
/// of everything the end of time is no such jump, which would have intervals without end.
public struct ContinuousEventTimeTrigger<Element>: WindowTrigger {
  private let interval: Int64

  /// Makes the trigger.
  ///
  /// - Precondition: The interval is at least a millisecond.
  public init(_ interval: VirtualDuration) {
    invariant(interval.milliseconds > 0, "a window that fires every \(interval.milliseconds) ms")
    self.interval = interval.milliseconds
  }

  private func nextTime(_ context: TriggerContext) throws -> WindowState<Int64> {
    try context.state(named: "_trigger/next-time", of: Int64.self)
  }

  /// Fires for an element that is late; else asks for the end of the window and the next interval.
  public func onElement(
    _ element: Element,
    timestamp: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) throws -> TriggerResult {
    if window.maxTimestamp <= context.currentWatermark.timestamp { return .fire }
    context.registerEventTimeTimer(at: window.maxTimestamp)
    if try nextTime(context).value() == nil {
      try ask(timestamp &- timestamp % interval, window, context)
    }
    return .goOn
  }

  /// Fires at the end of the window, and at an interval's end that it asked for.
  public func onEventTime(
    _ time: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) throws -> TriggerResult {
    if time == window.maxTimestamp { return .fire }
    guard try nextTime(context).value() == time else { return .goOn }
    try nextTime(context).clear()
    if window != .global || context.currentWatermark < .max { try ask(time, window, context) }
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
    let state = try nextTime(context)
    let times = merged.compactMap { state.take(from: $0) } + [state.value()].compactMap { $0 }
    guard let earliest = times.min() else { return }
    state.update(earliest)
    context.registerEventTimeTimer(at: earliest)
  }

  /// Takes its wishes back.
  public func clear(_ window: TimeWindow, _ context: TriggerContext) throws {
    let state = try nextTime(context)
    if let time = state.value() {
      context.deleteEventTimeTimer(at: time)
      state.clear()
    }
  }

  private func ask(_ time: Int64, _ window: TimeWindow, _ context: TriggerContext) throws {
    let next = min(time &+ interval, window.maxTimestamp)
    try nextTime(context).update(next)
    context.registerEventTimeTimer(at: next)
  }
}
