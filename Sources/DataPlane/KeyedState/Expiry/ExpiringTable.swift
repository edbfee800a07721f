public import StreamModel

/// The table of a state that expires value by value, as its state asks for it.
///
/// *Source:* Flink `TtlValueState`, `TtlReducingState`, `TtlAggregatingState`.
@usableFromInline
final class ExpiringTable<Key: StreamKey, Value> {
  @usableFromInline let table: StateTable<Key, Expiring<Value>>
  @usableFromInline let current: CurrentKey<Key>
  @usableFromInline let expiry: Expiry
  @usableFromInline var place = SweepPlace()

  @inlinable
  init(
    _ table: StateTable<Key, Expiring<Value>>,
    _ current: CurrentKey<Key>,
    _ expiry: Expiry
  ) {
    self.table = table
    self.current = current
    self.expiry = expiry
  }

  /// The value of the current key; removes it when it has expired.
  @inlinable
  func read() -> Value? {
    defer { sweep() }
    let now = expiry.now
    return current.with { key, hash in
      guard let found = table.value(hash: hash, key: key) else { return nil }
      guard !expiry.isExpired(found.lastAccess, at: now) else {
        table.remove(hash: hash, key: key)
        return expiry.showsExpired ? found.value : nil
      }
      if expiry.isRenewedByReading, found.lastAccess != now {
        table.update(hash: hash, key: key, initial: found) { $0.lastAccess = now }
      }
      return found.value
    }
  }

  /// Gives the current key a value.
  @inlinable
  func write(_ value: Value) {
    defer { sweep() }
    let new = Expiring(value, at: expiry.now)
    current.with { key, hash in table.set(new, hash: hash, key: key) }
  }

  /// Changes the value of the current key, or gives it a first one where there is none to be seen.
  @inlinable
  func combine(first: () throws -> Value, change: (inout Value) throws -> Void) rethrows {
    defer { sweep() }
    let now = expiry.now
    try current.with { key, hash in
      var isNew = false
      try table.update(
        hash: hash,
        key: key,
        initial: {
          isNew = true
          return Expiring(try first(), at: now)
        }()
      ) { state in
        if isNew { return }
        if expiry.isExpired(state.lastAccess, at: now), !expiry.showsExpired {
          state.value = try first()
        } else {
          try change(&state.value)
        }
        state.lastAccess = now
      }
    }
  }

  /// Forgets the value of the current key.
  @inlinable
  func clear() {
    defer { sweep() }
    current.with { key, hash in _ = table.remove(hash: hash, key: key) }
  }

  /// Removes what has expired among the next few entries.
  @inlinable
  func sweep() {
    let now = expiry.now
    var next = place
    table.sweep(&next) { expiry.isExpired($0.lastAccess, at: now) ? .remove : .keep }
    place = next
  }
}

extension ExpiringTable where Value: Codable {
  /// The table as a store sees it.
  @inlinable
  func registration(_ signature: StateSignature, handle: AnyObject) -> StateRegistration {
    let (table, expiry) = (table, expiry)
    return StateRegistration(
      signature: signature,
      handle: handle,
      timeToLive: expiry.timeToLive,
      size: { table.size() },
      snapshot: { table.snapshot().source(of: signature) },
      restore: { reader throws(StateCodecError) in
        let now = expiry.now
        _ = try table.restore(from: reader, as: signature) { state in
          !expiry.isExpired(state.lastAccess, at: now)
        }
      },
      removeAll: { table.removeAll() }
    )
  }
}
