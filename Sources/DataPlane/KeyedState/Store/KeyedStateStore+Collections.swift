public import StreamModel

extension KeyedStateStore {
  /// The state of a list per key under a name; asked for twice, it is the same one.
  ///
  /// - Throws: as `valueState(named:of:)`.
  @inlinable
  public func listState<Element: Codable>(
    named name: String,
    of type: Element.Type = Element.self
  ) throws(StateCodecError) -> ListState<Element> {
    try state(name, .list, "\(type)") { signature, current in
      let table: StateTable<Key, [Element]> = table()
      let state = ListState<Element>(
        read: { current.with { table.value(hash: $1, key: $0) } ?? [] },
        append: { element in
          current.with { table.update(hash: $1, key: $0, initial: []) { $0.append(element) } }
        },
        appendAll: { elements in
          current.with { table.update(hash: $1, key: $0, initial: []) { $0 += elements } }
        },
        write: { elements in
          current.with { key, hash in
            if elements.isEmpty {
              table.remove(hash: hash, key: key)
            } else {
              table.set(elements, hash: hash, key: key)
            }
          }
        }
      )
      return (state, table.registration(signature, handle: state) { StateSize.bytes(of: $0) })
    }
  }

  /// The same with a time to live: an entry lives for so long after it was last accessed; for ever
  /// without one.
  ///
  /// - Throws: as without one, and when the time to live is not above 0.
  @inlinable
  public func listState<Element: Codable>(
    named name: String,
    of type: Element.Type = Element.self,
    timeToLive: StateTimeToLive?
  ) throws(StateCodecError) -> ListState<Element> {
    guard let expiry = try Expiry(timeToLive, of: name, clock) else {
      return try listState(named: name, of: type)
    }
    return try state(name, .list, "\(type)", expiry) { signature, current in
      let lists = ExpiringLists<Key, Element>(table(), current, expiry)
      let state = ListState<Element>(
        read: { lists.read() },
        append: { lists.append(CollectionOfOne($0)) },
        appendAll: { lists.append($0) },
        write: { lists.write($0) }
      )
      return (state, lists.registration(signature, handle: state))
    }
  }

  /// The state of a map per key under a name; asked for twice, it is the same one.
  ///
  /// - Throws: as `valueState(named:of:)`.
  @inlinable
  public func mapState<MapKey: StreamKey, Value: Codable>(
    named name: String,
    by keyType: MapKey.Type = MapKey.self,
    of valueType: Value.Type = Value.self
  ) throws(StateCodecError) -> MapState<MapKey, Value> {
    try state(name, .map, "\(keyType): \(valueType)") { signature, current in
      let maps = MapTable<Key, MapKey, Value>(keyGroups: keyGroups, maxParallelism: maxParallelism)
      let state = MapState<MapKey, Value>(
        read: { mapKey in current.with { maps.content($0, $1, mapKey) } },
        write: { mapKey, value in current.with { maps.put(value, $0, $1, mapKey) } },
        removeEntry: { mapKey in current.with { maps.remove($0, $1, mapKey) } },
        readAll: {
          current.with { key, hash in
            maps.mapKeys(key, hash).compactMap { mapKey in
              maps.content(key, hash, mapKey).map { (key: mapKey, value: $0) }
            }
          }
        },
        hasNone: { current.with { maps.isEmpty($0, $1) } },
        removeAll: { current.with { maps.removeAll($0, $1) } }
      )
      return (state, maps.registration(signature, handle: state))
    }
  }

  /// The same with a time to live: an entry lives for so long after it was last accessed; for ever
  /// without one.
  ///
  /// - Throws: as without one, and when the time to live is not above 0.
  @inlinable
  public func mapState<MapKey: StreamKey, Value: Codable>(
    named name: String,
    by keyType: MapKey.Type = MapKey.self,
    of valueType: Value.Type = Value.self,
    timeToLive: StateTimeToLive?
  ) throws(StateCodecError) -> MapState<MapKey, Value> {
    guard let expiry = try Expiry(timeToLive, of: name, clock) else {
      return try mapState(named: name, by: keyType, of: valueType)
    }
    return try state(name, .map, "\(keyType): \(valueType)", expiry) { signature, current in
      let table = MapTable<Key, MapKey, Expiring<Value>>(
        keyGroups: keyGroups,
        maxParallelism: maxParallelism
      )
      let maps = ExpiringMaps(table, current, expiry)
      let state = MapState<MapKey, Value>(
        read: { maps.read($0) },
        write: { maps.write($0, $1) },
        removeEntry: { maps.remove($0) },
        readAll: { maps.readAll() },
        hasNone: { maps.isEmpty() },
        removeAll: { maps.removeAll() }
      )
      let registration = table.registration(
        signature,
        handle: state,
        timeToLive: expiry.timeToLive,
        keeping: { !expiry.isExpired($0.lastAccess, at: expiry.now) }
      )
      return (state, registration)
    }
  }
}
