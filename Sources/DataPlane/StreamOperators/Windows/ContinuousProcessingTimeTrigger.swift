public import SimulationKernel
import StreamModel

/// Fires at every multiple of an interval of processing time, and at the end of the window.
///
/// When the window's last moment has come it waits for the next element: where windows of event
/// time lie behind processing time, asking for that moment once more would never end. *Source:*
/// Flink `ContinuousProcessingTimeTrigger`.
public struct ContinuousProcessingTimeTrigger<Element>: WindowTrigger {
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

  /// Asks for the next interval when it waits for none.
  public func onElement(
    _ element: Element,
    timestamp: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) throws -> TriggerResult {
    if try nextTime(context).value() == nil {
      let now = context.currentProcessingTime
      try ask(now &- now % interval, window, context)
    }
    return .goOn
  }

  /// Fires at an interval's end that it asked for.
  public func onProcessingTime(
    _ time: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) throws -> TriggerResult {
    guard try nextTime(context).value() == time else { return .goOn }
    try nextTime(context).clear()
    if time < window.maxTimestamp { try ask(time, window, context) }
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
    context.registerProcessingTimeTimer(at: earliest)
  }

  /// Takes its wishes back.
  public func clear(_ window: TimeWindow, _ context: TriggerContext) throws {
    let state = try nextTime(context)
    if let time = state.value() {
      context.deleteProcessingTimeTimer(at: time)
      state.clear()
    }
  }

  private func ask(_ time: Int64, _ window: TimeWindow, _ context: TriggerContext) throws {
    let next = min(time &+ interval, window.maxTimestamp)
    try nextTime(context).update(next)
    context.registerProcessingTimeTimer(at: next)
  }
}
