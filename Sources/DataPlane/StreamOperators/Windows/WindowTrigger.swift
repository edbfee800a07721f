public import StreamModel

/// What a trigger wants done with a window.
///
/// ```swift
/// /// Fires when something hot comes, and at the end of the window.
/// struct HotTrigger: WindowTrigger {
///   func onElement(
///     _ reading: Reading,
///     timestamp: Int64,
///     window: TimeWindow,
///     _ context: TriggerContext
///   ) -> TriggerResult {
///     context.registerEventTimeTimer(window.maxTimestamp)
///     return reading.degrees > 30 ? .fire : .continue
///   }
///
///   func onEventTime(
///     _ time: Int64,
///     window: TimeWindow,
///     _ context: TriggerContext
///   ) -> TriggerResult {
///     time == window.maxTimestamp ? .fire : .continue
///   }
///
///   func onProcessingTime(
///     _ time: Int64,
///     window: TimeWindow,
///     _ context: TriggerContext
///   ) -> TriggerResult { .continue }
///
///   func clear(_ window: TimeWindow, _ context: TriggerContext) {
///     context.deleteEventTimeTimer(window.maxTimestamp)
///   }
/// }
/// ```
///
/// *Source:* Flink `TriggerResult`.
public enum TriggerResult: Sendable {
  /// Nothing.
  case `continue`
  /// Emit a result of what the window holds.
  case fire
  /// Forget what it holds.
  case purge
  /// Emit a result, then forget.
  case fireAndPurge

  /// Whether a result is emitted.
  public var fires: Bool { self == .fire || self == .fireAndPurge }
  /// Whether the contents are forgotten.
  public var purges: Bool { self == .purge || self == .fireAndPurge }
}

/// Decides when a window emits a result.
///
/// ```swift
/// /// Fires when something hot comes, and at the end of the window.
/// struct HotTrigger: WindowTrigger {
///   func onElement(
///     _ reading: Reading,
///     timestamp: Int64,
///     window: TimeWindow,
///     _ context: TriggerContext
///   ) -> TriggerResult {
///     context.registerEventTimeTimer(window.maxTimestamp)
///     return reading.degrees > 30 ? .fire : .continue
///   }
///
///   func onEventTime(
///     _ time: Int64,
///     window: TimeWindow,
///     _ context: TriggerContext
///   ) -> TriggerResult {
///     time == window.maxTimestamp ? .fire : .continue
///   }
///
///   func onProcessingTime(
///     _ time: Int64,
///     window: TimeWindow,
///     _ context: TriggerContext
///   ) -> TriggerResult { .continue }
///
///   func clear(_ window: TimeWindow, _ context: TriggerContext) {
///     context.deleteEventTimeTimer(window.maxTimestamp)
///   }
/// }
/// ```
///
/// One trigger serves all keys and windows of a subtask: what it has to remember about one of them
/// it keeps in the states of its context. *Source:* Flink `Trigger`.
public protocol WindowTrigger<Element> {
  /// What comes to the windows.
  associatedtype Element

  /// An element came to a window.
  mutating func onElement(
    _ element: Element,
    timestamp: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) throws -> TriggerResult
  /// The watermark has reached a moment that was asked for.
  mutating func onEventTime(
    _ time: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) throws -> TriggerResult
  /// Processing time has reached a moment that was asked for.
  mutating func onProcessingTime(
    _ time: Int64,
    window: TimeWindow,
    _ context: TriggerContext
  ) throws -> TriggerResult
  /// Whether it can serve windows that merge.
  var canMerge: Bool { get }
  /// Windows have become `window`, whose states and timers are to be made of theirs.
  mutating func onMerge(
    _ window: TimeWindow,
    from merged: [TimeWindow],
    _ context: TriggerContext
  ) throws
  /// The window is forgotten: forget what was kept about it.
  mutating func clear(_ window: TimeWindow, _ context: TriggerContext) throws
}

extension WindowTrigger {
  /// It cannot.
  public var canMerge: Bool { false }

  /// Fails: a trigger that can merge says how.
  ///
  /// - Throws: ``WindowFailure/triggerCannotMerge``.
  public mutating func onMerge(
    _ window: TimeWindow,
    from merged: [TimeWindow],
    _ context: TriggerContext
  ) throws { throw WindowFailure.triggerCannotMerge }
}

/// What a trigger can ask for, about the key and the window at hand.
///
/// ```swift
/// /// Fires when something hot comes, and at the end of the window.
/// struct HotTrigger: WindowTrigger {
///   func onElement(
///     _ reading: Reading,
///     timestamp: Int64,
///     window: TimeWindow,
///     _ context: TriggerContext
///   ) -> TriggerResult {
///     context.registerEventTimeTimer(window.maxTimestamp)
///     return reading.degrees > 30 ? .fire : .continue
///   }
///
///   func onEventTime(
///     _ time: Int64,
///     window: TimeWindow,
///     _ context: TriggerContext
///   ) -> TriggerResult {
///     time == window.maxTimestamp ? .fire : .continue
///   }
///
///   func onProcessingTime(
///     _ time: Int64,
///     window: TimeWindow,
///     _ context: TriggerContext
///   ) -> TriggerResult { .continue }
///
///   func clear(_ window: TimeWindow, _ context: TriggerContext) {
///     context.deleteEventTimeTimer(window.maxTimestamp)
///   }
/// }
/// ```
///
/// *Source:* Flink `Trigger.TriggerContext`.
public final class TriggerContext {
  private let scope: any WindowScoping
  /// Asks for a moment or takes the wish back.
  ///
  /// Made where the key's type is known: through the scope's protocol each timer would ask for the
  /// metadata of generic types.
  private let setTimer: (_ time: Int64, _ isEventTime: Bool, _ isWanted: Bool) -> Void

  @usableFromInline
  init(
    _ scope: any WindowScoping,
    setTimer: @escaping (_ time: Int64, _ isEventTime: Bool, _ isWanted: Bool) -> Void
  ) {
    self.scope = scope
    self.setTimer = setTimer
  }

  /// How far event time has come.
  public var currentWatermark: Watermark { scope.currentWatermark }
  /// Processing time: milliseconds since 1970.
  public var currentProcessingTime: Int64 { scope.currentProcessingTime }

  /// Asks to be called when the watermark has reached a moment.
  public func registerEventTimeTimer(_ time: Int64) {
    setTimer(time, true, true)
  }

  /// Asks to be called when processing time has reached a moment.
  public func registerProcessingTimeTimer(_ time: Int64) {
    setTimer(time, false, true)
  }

  /// Takes the wish for a moment of event time back.
  public func deleteEventTimeTimer(_ time: Int64) {
    setTimer(time, true, false)
  }

  /// Takes the wish for a moment of processing time back.
  public func deleteProcessingTimeTimer(_ time: Int64) {
    setTimer(time, false, false)
  }

  /// A value kept for the key and the window, in checkpoints under that name.
  ///
  /// - Throws: `StateCodecError` when the name is taken by a state of another type.
  public func state<Value: Codable>(
    named name: String,
    of type: Value.Type = Value.self
  ) throws -> WindowState<Value> {
    try scope.windowState(named: name, of: type)
  }
}
