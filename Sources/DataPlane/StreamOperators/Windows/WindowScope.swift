public import KeyedState
public import StreamModel

/// The key and the window that triggers and window functions are asked about.
public final class WindowScope<Key: StreamKey>: WindowScoping {
  @usableFromInline let store: KeyedStateStore<Key>
  @usableFromInline let timers: TimerService<Key, TimeWindow>
  /// The key at hand.
  @usableFromInline var key: Key?
  /// The window at hand.
  @usableFromInline var window = TimeWindow.global
  /// The states that were given out, by name.
  private var states: [(name: String, state: AnyObject)] = []

  /// Makes the scope of an operator.
  ///
  /// - Throws: `StateCodecError` when restored timers cannot be read.
  public init(_ store: KeyedStateStore<Key>, clock: TaskClock) throws {
    self.store = store
    timers = try TimerService(store, clock: clock)
  }

  /// Makes a key and a window the present ones.
  @inlinable
  public func enter(_ key: Key, _ window: TimeWindow) {
    self.key = key
    self.window = window
    store.setCurrentKey(key, hash: key.javaHash)
  }

  @usableFromInline var currentWatermark: Watermark { timers.currentWatermark }
  @usableFromInline var currentProcessingTime: Int64 { timers.currentProcessingTime }

  @inlinable var currentKey: Key {
    guard let key else { fatalError("a window was used while no record was being processed") }
    return key
  }

  @inlinable
  func setTimer(at time: Int64, isEventTime: Bool, isWanted: Bool) {
    switch (isEventTime, isWanted) {
    case (true, true): timers.registerEventTimeTimer(currentKey, window, at: time)
    case (true, false): timers.deleteEventTimeTimer(currentKey, window, at: time)
    case (false, true): timers.registerProcessingTimeTimer(currentKey, window, at: time)
    case (false, false): timers.deleteProcessingTimeTimer(currentKey, window, at: time)
    }
  }

  @usableFromInline
  func windowState<Value: Codable>(
    named name: String,
    of type: Value.Type
  ) throws -> WindowState<Value> {
    for entry in states where entry.name == name {
      if let state = entry.state as? WindowState<Value> { return state }
    }
    let table = try store.table(
      named: name,
      by: NamespacedKey<Key, TimeWindow>.self,
      of: Value.self
    )
    // The scope lives as long as whoever asks: a strong reference would keep both for ever.
    let state = WindowState<Value>(
      read: { [unowned self] in
        table.value(hash: currentKey.javaHash, key: NamespacedKey(currentKey, in: window))
      },
      write: { [unowned self] in
        table.set($0, hash: currentKey.javaHash, key: NamespacedKey(currentKey, in: window))
      },
      remove: { [unowned self] in
        table.remove(
          hash: currentKey.javaHash,
          key: NamespacedKey(currentKey, in: $0 ?? window)
        )
      }
    )
    states.append((name, state))
    return state
  }
}
