public import KeyedState
public import StreamModel

extension OperatorContext {
  /// A store for the operator's keyed state, with what is restored.
  ///
  /// State with a time to live goes by the clock of the context, which must stand at the instant of
  /// opening: what has expired by then is left out when it is restored.
  ///
  /// - Throws: `StateCodecError` when restored bytes cannot be understood.
  @inlinable
  public func keyedStore<Key: StreamKey>(by key: Key.Type) throws -> KeyedStateStore<Key> {
    let store = KeyedStateStore<Key>(
      keyGroups: keyGroups,
      maxParallelism: maxParallelism,
      clock: clock
    )
    if let restored {
      try store.restore(from: try restored.keyed.map { try KeyedStateBytes(finding: $0) })
    }
    return store
  }
}

/// State expires by processing time, which is virtual time.
extension TaskClock: StateClock {}
