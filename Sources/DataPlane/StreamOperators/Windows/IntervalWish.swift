import StreamModel

/// The next end of an interval at which a continuous trigger wants to fire, of one key and window.
struct IntervalWish {
  /// The length of an interval, in milliseconds.
  let interval: Int64
  /// The time that the intervals are of.
  let domain: TimeDomain

  private func state(_ context: TriggerContext) throws -> WindowState<Int64> {
    try context.state(named: "_trigger/next-time", of: Int64.self)
  }

  private func next(_ context: TriggerContext) throws -> Int64? { try state(context).value() }

  /// Waits for the end of the interval that a moment lies in, unless it waits already.
  func begin(at time: Int64, in window: TimeWindow, _ context: TriggerContext) throws {
    if try next(context) == nil { try ask(after: time &- time % interval, in: window, context) }
  }

  /// Waits for an interval after a moment, or for the end of the window if that is earlier.
  func ask(after time: Int64, in window: TimeWindow, _ context: TriggerContext) throws {
    try wait(for: min(time &+ interval, window.maxTimestamp), context)
  }

  /// Waits no more, if it waited for that moment; says whether it did.
  func take(_ time: Int64, _ context: TriggerContext) throws -> Bool {
    guard try next(context) == time else { return false }
    try state(context).clear()
    return true
  }

  /// Waits for the earliest of the moments that windows waited for which have merged.
  func merge(_ merged: [TimeWindow], _ context: TriggerContext) throws {
    let state = try state(context)
    let times = merged.compactMap { state.take(from: $0) } + [state.value()].compactMap { $0 }
    if let earliest = times.min() { try wait(for: earliest, context) }
  }

  /// Waits no more.
  func clear(_ context: TriggerContext) throws {
    guard let time = try next(context) else { return }
    switch domain {
    case .eventTime: context.deleteEventTimeTimer(time)
    case .processingTime: context.deleteProcessingTimeTimer(time)
    }
    try state(context).clear()
  }

  private func wait(for time: Int64, _ context: TriggerContext) throws {
    try state(context).update(time)
    switch domain {
    case .eventTime: context.registerEventTimeTimer(time)
    case .processingTime: context.registerProcessingTimeTimer(time)
    }
  }
}
