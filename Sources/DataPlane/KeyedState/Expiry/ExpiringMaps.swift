public import StreamModel

/// The maps of a state that expire entry by entry, as their state asks for them.
///
/// *Source:* Flink `TtlMapState`.
@usableFromInline
final class ExpiringMaps<Key: StreamKey, MapKey: StreamKey, Value> {
  @usableFromInline typealias Table = MapTable<Key, MapKey, Expiring<Value>>

  @usableFromInline let maps: Table
  @usableFromInline let current: CurrentKey<Key>
  @usableFromInline let expiry: Expiry
  @usableFromInline var place = SweepPlace()

  @inlinable
  init(_ maps: Table, _ current: CurrentKey<Key>, _ expiry: Expiry) {
    self.maps = maps
    self.current = current
    self.expiry = expiry
  }

  /// The value of a map key of the current key; removes it when it has expired.
  @inlinable
  func read(_ mapKey: MapKey) -> Value? {
    defer { sweep() }
    let now = expiry.now
    return current.with { key, hash in visible(key, hash, mapKey, at: now) }
  }

  @inlinable
  func visible(_ key: Key, _ hash: Int32, _ mapKey: MapKey, at now: Int64) -> Value? {
    guard let found = maps.content(key, hash, mapKey) else { return nil }
    guard !expiry.isExpired(found.lastAccess, at: now) else {
      maps.remove(key, hash, mapKey)
      return expiry.showsExpired ? found.value : nil
    }
    if expiry.isRenewedByReading, found.lastAccess != now {
      maps.put(Expiring(found.value, at: now), key, hash, mapKey)
    }
    return found.value
  }

  /// Gives a map key of the current key a value.
  @inlinable
  func write(_ mapKey: MapKey, _ value: Value) {
    defer { sweep() }
    let now = expiry.now
    let new = Expiring(value, at: now)
    current.with { key, hash in
      maps.put(new, key, hash, mapKey) { expiry.isExpired($0.lastAccess, at: now) }
    }
  }

  /// Removes a map key of the current key.
  @inlinable
  func remove(_ mapKey: MapKey) {
    defer { sweep() }
    current.with { key, hash in maps.remove(key, hash, mapKey) }
  }

  /// All entries of the current key that may be seen; removes those that have expired.
  @inlinable
  func readAll() -> [MapState<MapKey, Value>.Entry] {
    defer { sweep() }
    let now = expiry.now
    return current.with { key, hash in
      maps.mapKeys(key, hash).compactMap { mapKey in
        visible(key, hash, mapKey, at: now).map { (key: mapKey, value: $0) }
      }
    }
  }

  /// Whether there is nothing to be seen in the map of the current key; removes what has expired up
  /// to the first entry that has not.
  @inlinable
  func isEmpty() -> Bool {
    defer { sweep() }
    let now = expiry.now
    return current.with { key, hash in
      if expiry.showsExpired { return maps.isEmpty(key, hash) }
      for mapKey in maps.mapKeys(key, hash) {
        guard let found = maps.content(key, hash, mapKey) else { continue }
        guard expiry.isExpired(found.lastAccess, at: now) else { return false }
        maps.remove(key, hash, mapKey)
      }
      return true
    }
  }

  /// Removes the map of the current key.
  @inlinable
  func removeAll() {
    defer { sweep() }
    current.with { key, hash in maps.removeAll(key, hash) }
  }

  /// Removes what has expired among the next few entries.
  @inlinable
  func sweep() {
    let now = expiry.now
    let (maps, expiry) = (maps, expiry)
    var next = place
    maps.rows.sweep(
      &next,
      judge: { expiry.isExpired($0.value.lastAccess, at: now) ? .remove : .keep },
      removed: { rowKey, row in maps.forget(row.place, rowKey.key, rowKey.key.javaHash) }
    )
    place = next
  }
}
