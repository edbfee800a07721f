public import KeyedState
public import StreamModel

/// Which kind of time a timer waited for.
///
/// *Source:* Flink `TimeDomain`.
public enum TimeDomain: Sendable {
  /// The time of the events.
  case eventTime
  /// The time of the machine: virtual time.
  case processingTime
}

/// What a keyed function can ask.
///
/// ```swift
/// let timers = context.timerService
/// timers.registerEventTimeTimer(timers.currentWatermark() + 1000)
/// timers.deleteProcessingTimeTimer(timers.currentProcessingTime() + 500)
/// ```
public struct KeyedFunctionContext<Key: StreamKey>: FunctionContexts {
  /// What is asked at the moment.
  public let scope: FunctionScope
  @usableFromInline let store: KeyedStateStore<Key>
  @usableFromInline let timers: TimerService<Key, VoidNamespace>

  @usableFromInline
  init(_ scope: FunctionScope) throws {
    self.scope = scope
    store = try scope.context.keyedStore(by: Key.self)
    timers = try TimerService(store, clock: scope.context.clock)
  }

  /// The key of the element or the timer that is being processed; nil while the function is made.
  @inlinable
  public var currentKey: Key? { store.currentKey }
}

// MARK: Timers

extension KeyedFunctionContext {
  /// Asks for moments of time, and takes them back.
  ///
  /// ```swift
  /// let timers = context.timerService
  /// timers.registerEventTimeTimer(timers.currentWatermark() + 1000)
  /// timers.deleteProcessingTimeTimer(timers.currentProcessingTime() + 500)
  /// ```
  ///
  /// *Source:* Flink `Context.timerService`.
  @inlinable
  public var timerService: FunctionTimers<Key> { FunctionTimers(timers, store) }

  /// Which kind of time the timer waited for that fires; nil while none does.
  ///
  /// *Source:* Flink `OnTimerContext.timeDomain`.
  public var timeDomain: TimeDomain? { scope.timeDomain }
}

/// Timers of the present key: each fires once, however often it was asked for.
///
/// ```swift
/// let timers = context.timerService
/// timers.registerEventTimeTimer(timers.currentWatermark() + 1000)
/// timers.deleteProcessingTimeTimer(timers.currentProcessingTime() + 500)
/// ```
///
/// Moments are in milliseconds since 1970. *Source:* Flink `TimerService`.
public struct FunctionTimers<Key: StreamKey> {
  @usableFromInline let timers: TimerService<Key, VoidNamespace>
  @usableFromInline let store: KeyedStateStore<Key>

  @usableFromInline
  init(_ timers: TimerService<Key, VoidNamespace>, _ store: KeyedStateStore<Key>) {
    self.timers = timers
    self.store = store
  }

  /// How far event time has come.
  public func currentWatermark() -> Int64 { timers.currentWatermark.timestamp }
  /// Processing time, which is virtual time.
  public func currentProcessingTime() -> Int64 { timers.currentProcessingTime }

  /// Asks for a moment of event time: the timer fires when the watermark has reached it.
  @inlinable
  public func registerEventTimeTimer(_ timestamp: Int64) {
    timers.registerEventTimeTimer(key, VoidNamespace(), at: timestamp)
  }

  /// Asks for a moment of processing time.
  @inlinable
  public func registerProcessingTimeTimer(_ timestamp: Int64) {
    timers.registerProcessingTimeTimer(key, VoidNamespace(), at: timestamp)
  }

  /// Takes a timer of event time back.
  @inlinable
  public func deleteEventTimeTimer(_ timestamp: Int64) {
    timers.deleteEventTimeTimer(key, VoidNamespace(), at: timestamp)
  }

  /// Takes a timer of processing time back.
  @inlinable
  public func deleteProcessingTimeTimer(_ timestamp: Int64) {
    timers.deleteProcessingTimeTimer(key, VoidNamespace(), at: timestamp)
  }

  @inlinable var key: Key {
    guard let key = store.currentKey else {
      fatalError("a timer was asked for or taken back while no element was being processed")
    }
    return key
  }
}

// MARK: For operators

extension KeyedFunctionContext {
  /// Makes a key the present one.
  @inlinable
  func enter(_ key: Key) {
    store.setCurrentKey(key, hash: key.javaHash)
  }

  /// Leaves no key at hand.
  @inlinable
  func leaveKey() {
    store.clearCurrentKey()
  }

  /// The hooks of an operator whose timers call `onTimer`.
  @inlinable
  func hooks<Output>(
    emittingTo output: OperatorOutput<Output>,
    _ onTimer: @escaping (Int64, inout Collector<Output>) throws -> Void
  ) -> OperatorHooks {
    let fire = { (timer: Timer<Key, VoidNamespace>, domain: TimeDomain) in
      self.enter(timer.key)
      self.scope.timestamp = timer.timestamp
      self.scope.timeDomain = domain
      defer { self.scope.timeDomain = nil }
      try self.scope.emitting(to: output) { results in
        results.timestamp = domain == .eventTime ? timer.timestamp : nil
        try onTimer(timer.timestamp, &results)
      }
    }
    var hooks = OperatorHooks(scope)
    hooks.advance = { watermark in
      self.scope.watermark = watermark
      try self.timers.advance(to: watermark) { try fire($0, .eventTime) }
    }
    hooks.nextTimer = { self.timers.nextInstant }
    hooks.timerDue = { _ in try self.timers.fireDue { try fire($0, .processingTime) } }
    hooks.endOfKey = {
      self.scope.watermark = .max
      try self.timers.endKey(
        eventTime: { try fire($0, .eventTime) },
        processingTime: { try fire($0, .processingTime) }
      )
      self.scope.watermark = .none
      self.store.removeAll()
    }
    hooks.keyedState = { self.store.snapshot() }
    hooks.keyedStateSize = { self.store.size }
    return hooks
  }
}
