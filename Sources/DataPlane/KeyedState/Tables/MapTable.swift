public import StreamModel

/// The maps of all keys: a row for each entry, and the order of the entries of each key.
///
/// The rows are what a snapshot holds; the order is found again from the places that they carry.
@usableFromInline
final class MapTable<Key: StreamKey, MapKey: StreamKey, Content> {
  @usableFromInline typealias RowKey = NamespacedKey<Key, MapKey>
  @usableFromInline typealias Row = MapRow<Content>

  @usableFromInline let rows: StateTable<RowKey, Row>
  @usableFromInline let orders: StateTable<Key, MapOrder<MapKey>>

  @inlinable
  init(keyGroups: KeyGroupRange, maxParallelism: Int) {
    rows = StateTable(keyGroups: keyGroups, maxParallelism: maxParallelism)
    orders = StateTable(keyGroups: keyGroups, maxParallelism: maxParallelism)
  }

  /// What a map key has in the map of a key.
  @inlinable
  func content(_ key: Key, _ hash: Int32, _ mapKey: MapKey) -> Content? {
    rows.value(hash: hash, key: RowKey(key, in: mapKey))?.value
  }

  /// Gives a map key its content in the map of a key; it comes last when it is new, or when what
  /// it had is as good as gone.
  @inlinable
  func put(
    _ content: Content,
    _ key: Key,
    _ hash: Int32,
    _ mapKey: MapKey,
    replacing isGone: (Content) -> Bool = { _ in false }
  ) {
    let orders = orders
    let rowKey = RowKey(key, in: mapKey)
    let gap = rows.update(
      hash: hash,
      key: rowKey,
      initial: Row(
        content,
        at: orders.update(hash: hash, key: key, initial: MapOrder()) { $0.append(mapKey) }
      )
    ) { row in
      let gap = isGone(row.value) ? row.place : nil
      row.value = content
      return gap
    }
    guard let gap else { return }
    let last = orders.update(hash: hash, key: key, initial: MapOrder()) { $0.append(mapKey) }
    rows.update(hash: hash, key: rowKey, initial: Row(content, at: last)) { $0.place = last }
    forget(gap, key, hash)
  }

  /// Removes a map key from the map of a key.
  @inlinable
  func remove(_ key: Key, _ hash: Int32, _ mapKey: MapKey) {
    guard let row = rows.remove(hash: hash, key: RowKey(key, in: mapKey)) else { return }
    forget(row.place, key, hash)
  }

  /// Takes a place out of the order of a key, whose row has been removed.
  @inlinable
  func forget(_ place: Int, _ key: Key, _ hash: Int32) {
    let (isEmpty, isFullOfGaps) = orders.update(hash: hash, key: key, initial: MapOrder()) {
      $0.remove(at: place)
      return ($0.count == 0, $0.isFullOfGaps)
    }
    if isEmpty {
      orders.remove(hash: hash, key: key)
    } else if isFullOfGaps, let order = orders.value(hash: hash, key: key) {
      arrange(order.mapKeys, key, hash)
    }
  }

  /// Gives the map keys of a key their places anew.
  @inlinable
  func arrange(_ mapKeys: [MapKey], _ key: Key, _ hash: Int32) {
    orders.set(MapOrder(mapKeys), hash: hash, key: key)
    for (place, mapKey) in mapKeys.enumerated() {
      let rowKey = RowKey(key, in: mapKey)
      guard let row = rows.value(hash: hash, key: rowKey), row.place != place else { continue }
      rows.update(hash: hash, key: rowKey, initial: row) { $0.place = place }
    }
  }

  /// The map keys of a key, in the order of their first put.
  @inlinable
  func mapKeys(_ key: Key, _ hash: Int32) -> [MapKey] {
    orders.value(hash: hash, key: key)?.mapKeys ?? []
  }

  /// Whether the map of a key has no entries.
  @inlinable
  func isEmpty(_ key: Key, _ hash: Int32) -> Bool {
    orders.value(hash: hash, key: key) == nil
  }

  /// Removes the map of a key.
  @inlinable
  func removeAll(_ key: Key, _ hash: Int32) {
    guard let order = orders.remove(hash: hash, key: key) else { return }
    for mapKey in order.places {
      if let mapKey { rows.remove(hash: hash, key: RowKey(key, in: mapKey)) }
    }
  }
}

// MARK: Snapshot and restore

extension MapTable where Content: Codable {
  /// The maps as a store sees them.
  @inlinable
  func registration(
    _ signature: StateSignature,
    handle: AnyObject,
    timeToLive: StateTimeToLive? = nil,
    keeping isKept: @escaping (Content) -> Bool = { _ in true }
  ) -> StateRegistration {
    StateRegistration(
      signature: signature,
      handle: handle,
      timeToLive: timeToLive,
      size: {
        let orders = self.orders.size { StateSize.bytes(of: $0.places) }
        return self.rows.size() + StateSize(bytes: orders.bytes)
      },
      snapshot: { self.rows.snapshot().source(of: signature) },
      restore: { reader throws(StateCodecError) in
        let blocks = try self.rows.restore(from: reader, as: signature) { isKept($0.value) }
        var last: KeyGroup?
        for block in blocks where block.keyGroup != last {
          self.arrange(block.keyGroup)
          last = block.keyGroup
        }
      },
      removeAll: {
        self.rows.removeAll()
        self.orders.removeAll()
      }
    )
  }

  /// Finds the order of the entries of each key of a key group by the places in the rows.
  @inlinable
  func arrange(_ keyGroup: KeyGroup) {
    typealias Placed = (place: Int, mapKey: MapKey)
    let found = StateTable<Key, [Placed]>(
      keyGroups: KeyGroupRange(keyGroup, through: keyGroup),
      maxParallelism: rows.maxParallelism
    )
    rows.forEach(in: keyGroup) { rowKey, row in
      found.update(hash: rowKey.key.javaHash, key: rowKey.key, initial: []) {
        $0.append((row.place, rowKey.namespace))
      }
    }
    orders.reserve(found.count, in: keyGroup)
    found.forEach { _, key, placed in
      let mapKeys = placed.sorted { $0.place < $1.place }.map(\.mapKey)
      arrange(mapKeys, key, key.javaHash)
    }
  }
}
