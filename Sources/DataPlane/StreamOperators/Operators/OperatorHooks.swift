public import KeyedState
public import SimulationKernel
public import StreamModel

/// What an operator does beside taking records in; closures, so that they are made, and run
/// specialised, where the types are known.
public struct OperatorHooks {
  /// Event time has come that far, over all inputs.
  public var advance: (Watermark) throws -> Void = { _ in }
  /// When the operator has something to do of its own accord.
  public var nextTimer: () -> VirtualInstant? = { nil }
  /// That is due.
  public var timerDue: (VirtualInstant) throws -> Void = { _ in }
  /// All records of the present key were taken in; only in batch.
  public var endOfKey: () throws -> Void = {}
  /// No more records will come.
  public var endOfInput: () throws -> Void = {}
  /// Retains the keyed state as it is.
  public var keyedState: () -> [KeyedSnapshotWriter] = { [] }
  /// How much keyed state there is.
  public var keyedStateSize: () -> StateSize = { StateSize() }
  /// The small state of the subtask, serialised.
  public var operatorState: () throws -> [UInt8] = { [] }
  /// The small state that every subtask is shown on restore, serialised.
  public var sharedState: () throws -> [UInt8] = { [] }
  /// Whether it can take records now.
  public var acceptsRecords: () -> Bool = { true }
  /// Whether everything that it took in is worked off.
  public var isDrained: () -> Bool = { true }

  /// Hooks that do nothing.
  @inlinable
  public init() {}

  /// The hooks of an operator whose only care is keyed state.
  @inlinable
  public init<Key>(_ store: KeyedStateStore<Key>) {
    keyedState = { store.snapshot() }
    keyedStateSize = { store.size }
  }
}

/// An operator made of receivers for its inputs and hooks for everything else.
///
/// With several inputs it keeps the watermarks of each and follows the slowest.
public final class HookedOperator: StreamOperator {
  /// Its inputs.
  public let inputs: [AnyBatchReceiver]
  private let hooks: OperatorHooks
  private let eventTime: EventTimeOutput
  private var combined: CombinedWatermark

  /// Makes an operator.
  public init(
    _ context: OperatorContext,
    _ inputs: [AnyBatchReceiver],
    _ hooks: OperatorHooks = OperatorHooks()
  ) {
    self.inputs = inputs
    self.hooks = hooks
    eventTime = context.eventTime
    combined = CombinedWatermark(inputs: inputs.count)
  }

  /// Follows the slowest input.
  public func advance(to watermark: Watermark, input: Int) throws -> Watermark? {
    guard let common = combined.advance(input, to: watermark) else { return nil }
    try hooks.advance(common)
    return common
  }

  /// Goes on without an input that is idle; is idle when all are.
  public func statusChanged(isIdle: Bool, input: Int) throws -> Bool? {
    let wasIdle = combined.isIdle
    if let common = combined.setIdle(input, isIdle) {
      try hooks.advance(common)
      try eventTime.emitWatermark(common)
    }
    return combined.isIdle == wasIdle ? nil : isIdle
  }

  /// When it has something to do of its own accord.
  public var nextTimer: VirtualInstant? { hooks.nextTimer() }

  /// Does what is due.
  public func timerDue(at now: VirtualInstant) throws { try hooks.timerDue(now) }

  /// Whether it can take records now.
  public var acceptsRecords: Bool { hooks.acceptsRecords() }

  /// Whether everything that it took in is worked off.
  public var isDrained: Bool { hooks.isDrained() }

  /// Fires the timers of the present key and drops its state.
  public func endOfKey() throws { try hooks.endOfKey() }

  /// Emits the last results.
  public func endOfInput() throws { try hooks.endOfInput() }

  /// Its keyed state as it is now.
  public var keyedState: [KeyedSnapshotWriter] { hooks.keyedState() }

  /// How much keyed state it has.
  public var keyedStateSize: StateSize { hooks.keyedStateSize() }

  /// Retains its state as it is now.
  public func snapshot(_ checkpoint: CheckpointID) throws -> OperatorSnapshot {
    OperatorSnapshot(
      keyed: hooks.keyedState(),
      operatorState: try hooks.operatorState(),
      sharedState: try hooks.sharedState()
    )
  }
}
