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

/// A timer that fires.
public struct FiredTimer: Sendable, Equatable {
  /// The moment that was asked for, in milliseconds since 1970.
  public let timestamp: Int64
  /// The time that it was asked in.
  public let domain: TimeDomain

  @usableFromInline
  init(timestamp: Int64, domain: TimeDomain) {
    self.timestamp = timestamp
    self.domain = domain
  }
}

/// What a keyed function can ask.
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

  /// The key of the element or the timer that is being processed; nil while the function is opened.
  @inlinable
  public var currentKey: Key? { store.currentKey }
}

// MARK: Timers

extension KeyedFunctionContext {
  /// Asks for a moment of event time, in milliseconds since 1970: the function's timer fires for
  /// the present key when the watermark has reached it, once however often it was asked for.
  @inlinable
  public func registerEventTimeTimer(at timestamp: Int64) {
    timers.registerEventTimeTimer(key, VoidNamespace(), at: timestamp)
  }

  /// Asks for a moment of processing time, in milliseconds since 1970.
  @inlinable
  public func registerProcessingTimeTimer(at timestamp: Int64) {
    timers.registerProcessingTimeTimer(key, VoidNamespace(), at: timestamp)
  }

  /// Takes a timer of event time of the present key back.
  @inlinable
  public func deleteEventTimeTimer(at timestamp: Int64) {
    timers.deleteEventTimeTimer(key, VoidNamespace(), at: timestamp)
  }

  /// Takes a timer of processing time of the present key back.
  @inlinable
  public func deleteProcessingTimeTimer(at timestamp: Int64) {
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
    _ onTimer: @escaping (FiredTimer, inout Collector<Output>) throws -> Void
  ) -> OperatorHooks {
    let fire = { (timer: Timer<Key, VoidNamespace>, domain: TimeDomain) in
      self.enter(timer.key)
      self.scope.timestamp = timer.timestamp
      try self.scope.emitting(to: output) { results in
        results.timestamp = domain == .eventTime ? timer.timestamp : nil
        try onTimer(FiredTimer(timestamp: timer.timestamp, domain: domain), &results)
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
