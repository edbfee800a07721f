public import KeyedState
public import SimulationKernel
public import StreamModel

/// The timers of a keyed operator and the two kinds of time that they wait for.
///
/// Timers are part of the operator's keyed state: they are in its snapshots and go with their keys
/// when the parallelism changes; the watermark is not. *Source:* Flink `InternalTimerServiceImpl`.
public final class TimerService<Key: StreamKey, Namespace: StreamKey> {
  /// How far event time has come.
  @inlinable
  public var currentWatermark: Watermark { watermark }

  @usableFromInline var watermark = Watermark.none
  @usableFromInline let clock: TaskClock
  /// Whether timers are taken no more, since those of a key that has ended are being fired.
  @usableFromInline var isQuiesced = false
  @usableFromInline var eventTime: TimerQueue<Key, Namespace>
  @usableFromInline var processingTime: TimerQueue<Key, Namespace>

  /// The timers that a store keeps.
  ///
  /// - Throws: `StateCodecError` when restored timers cannot be read.
  @inlinable
  public init(_ store: KeyedStateStore<Key>, clock: TaskClock) throws {
    self.clock = clock
    eventTime = try TimerQueue(store, named: "_timers/event-time")
    processingTime = try TimerQueue(store, named: "_timers/processing-time")
  }

  /// Processing time: milliseconds since 1970.
  @inlinable
  public var currentProcessingTime: Int64 { clock.milliseconds }

  /// How many timers are registered.
  @inlinable
  public var count: Int { eventTime.count + processingTime.count }

  /// Asks for a moment of event time; the timer fires when the watermark has reached it.
  @inlinable
  public func registerEventTimeTimer(_ key: Key, _ namespace: Namespace, at timestamp: Int64) {
    guard !isQuiesced else { return }
    eventTime.register(Timer(key: key, namespace: namespace, timestamp: timestamp))
  }

  /// Asks for a moment of processing time.
  @inlinable
  public func registerProcessingTimeTimer(_ key: Key, _ namespace: Namespace, at timestamp: Int64) {
    guard !isQuiesced else { return }
    processingTime.register(Timer(key: key, namespace: namespace, timestamp: timestamp))
  }

  /// Takes a timer of event time back.
  @inlinable
  public func deleteEventTimeTimer(_ key: Key, _ namespace: Namespace, at timestamp: Int64) {
    eventTime.delete(Timer(key: key, namespace: namespace, timestamp: timestamp))
  }

  /// Takes a timer of processing time back.
  @inlinable
  public func deleteProcessingTimeTimer(_ key: Key, _ namespace: Namespace, at timestamp: Int64) {
    processingTime.delete(Timer(key: key, namespace: namespace, timestamp: timestamp))
  }

  /// Moves event time on and fires what it reaches, in the order of the moments.
  @inlinable
  public func advance(
    to watermark: Watermark,
    _ fire: (Timer<Key, Namespace>) throws -> Void
  ) rethrows {
    self.watermark = watermark
    while let timer = eventTime.pop(notAfter: watermark.timestamp) { try fire(timer) }
  }

  /// The instant at which the first timer of processing time is due.
  @inlinable
  public var nextInstant: VirtualInstant? {
    processingTime.first.map { clock.instant(after: $0) }
  }

  /// Fires the timers of processing time that are due.
  @inlinable
  public func fireDue(_ fire: (Timer<Key, Namespace>) throws -> Void) rethrows {
    let due = clock.milliseconds - 1
    while let timer = processingTime.pop(notAfter: due) { try fire(timer) }
  }

  /// Fires every timer there is: those of event time, then those of processing time.
  ///
  /// Timers that are asked for meanwhile are not taken.
  ///
  /// *Source:* Flink `BatchExecutionInternalTimeService.setCurrentKey`.
  public func endKey(
    eventTime fireEventTime: (Timer<Key, Namespace>) throws -> Void,
    processingTime fireProcessingTime: (Timer<Key, Namespace>) throws -> Void
  ) rethrows {
    isQuiesced = true
    watermark = .max
    defer {
      isQuiesced = false
      watermark = .none
    }
    while let timer = eventTime.pop(notAfter: .max) { try fireEventTime(timer) }
    while let timer = processingTime.pop(notAfter: .max) { try fireProcessingTime(timer) }
  }
}
