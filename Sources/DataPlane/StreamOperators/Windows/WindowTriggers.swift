import SimulationKernel
import StreamModel

/// Fires when the watermark passes the end of the window, and for every late element after that.
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
    context.registerEventTimeTimer(at: window.maxTimestamp)
    return .goOn
  }

  /// Fires at the end of the window.
  public func onEventTime(
    _ time: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) -> TriggerResult {
    time == window.maxTimestamp ? .fire : .goOn
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
      context.registerEventTimeTimer(at: window.maxTimestamp)
    }
  }

  /// Takes the wish for the end of the window back.
  public func clear(_ window: TimeWindow, _ context: TriggerContext) {
    context.deleteEventTimeTimer(at: window.maxTimestamp)
  }
}

/// Fires when processing time passes the end of the window.
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
    context.registerProcessingTimeTimer(at: window.maxTimestamp)
    return .goOn
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
      context.registerProcessingTimeTimer(at: window.maxTimestamp)
    }
  }

  /// Takes the wish for the end of the window back.
  public func clear(_ window: TimeWindow, _ context: TriggerContext) {
    context.deleteProcessingTimeTimer(at: window.maxTimestamp)
  }
}

/// Fires whenever a window has got so many elements since it last fired.
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
      return .goOn
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
}

/// Forgets what a window holds whenever another trigger fires.
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
