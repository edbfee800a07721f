/// A map for each key: for the key of the record that is being processed.
///
/// ```swift
/// let pages = try context.mapState(named: "pages", by: String.self, of: Int.self)
/// if !pages.contains("home") { pages.put("home", 1) }
/// for (page, count) in pages.entries() where count > 9 { pages.remove(page) }
/// ```
///
/// Every entry is a row of its own in a table, so a put costs the same however large the map is.
/// Entries come in the order in which their map keys were first put; a put to a map key that is
/// there leaves it in its place, a removal makes it new again. The order survives snapshots.
///
/// A map without entries is no map: its key takes no room. With a time to live each entry expires
/// by itself.
///
/// *Source:* Flink `MapState`. *Simplified:* there the order is that of Java's `HashMap`.
public final class MapState<MapKey, Value> {
  /// An entry of a map.
  public typealias Entry = (key: MapKey, value: Value)

  @usableFromInline let read: (MapKey) -> Value?
  @usableFromInline let write: (MapKey, Value) -> Void
  @usableFromInline let removeEntry: (MapKey) -> Void
  @usableFromInline let readAll: () -> [Entry]
  @usableFromInline let hasNone: () -> Bool
  @usableFromInline let removeAll: () -> Void

  @inlinable
  init(
    read: @escaping (MapKey) -> Value?,
    write: @escaping (MapKey, Value) -> Void,
    removeEntry: @escaping (MapKey) -> Void,
    readAll: @escaping () -> [Entry],
    hasNone: @escaping () -> Bool,
    removeAll: @escaping () -> Void
  ) {
    self.read = read
    self.write = write
    self.removeEntry = removeEntry
    self.readAll = readAll
    self.hasNone = hasNone
    self.removeAll = removeAll
  }

  /// The value of a map key in the map of the current key, or nil when it has none.
  @inlinable
  public func get(_ key: MapKey) -> Value? { read(key) }

  /// Gives a map key a value in the map of the current key.
  ///
  /// - Complexity: O(1) amortised.
  @inlinable
  public func put(_ key: MapKey, _ value: Value) { write(key, value) }

  /// Removes a map key from the map of the current key.
  ///
  /// - Complexity: O(1) amortised.
  @inlinable
  public func remove(_ key: MapKey) { removeEntry(key) }

  /// Whether a map key has a value in the map of the current key; counts as reading it.
  @inlinable
  public func contains(_ key: MapKey) -> Bool { read(key) != nil }

  /// All entries of the current key, in the order in which their map keys were first put.
  @inlinable
  public func entries() -> [Entry] { readAll() }

  /// Whether the map of the current key has no entries.
  ///
  /// *Simplified:* with a time to live Flink counts entries that have expired, even where it does
  /// not show them; here a map is empty when there is nothing in it to be seen.
  @inlinable
  public func isEmpty() -> Bool { hasNone() }

  /// Forgets the map of the current key.
  ///
  /// - Complexity: O(*n*) in the number of its entries.
  @inlinable
  public func clear() { removeAll() }
}
