/// A map whose entries lie in the order of their keys.
///
/// What is walked, written down and compared has one order this way, and a value is changed in its
/// place. Meant for names and producers, of which there are few.
///
/// - Complexity: O(log n) to look up, O(n) to insert before the end or to remove.
struct SortedTable<Key, Value>: Sendable, Equatable
where Key: Comparable & Codable & Sendable, Value: Codable & Equatable & Sendable {
  /// A key with its value.
  struct Entry: Sendable, Codable, Equatable {
    let key: Key
    var value: Value
  }

  private(set) var entries: [Entry] = []

  /// The place of a key among the entries.
  func index(of key: Key) -> Int? {
    let place = lowerBound(key)
    return place < entries.count && entries[place].key == key ? place : nil
  }

  /// The value at a place, to be changed there.
  subscript(at place: Int) -> Value {
    get { entries[place].value }
    _modify { yield &entries[place].value }
  }

  /// The value of a key; nil removes it.
  subscript(key: Key) -> Value? {
    get { index(of: key).map { entries[$0].value } }
    set {
      let place = lowerBound(key)
      let isThere = place < entries.count && entries[place].key == key
      switch (newValue, isThere) {
      case (.some(let value), true): entries[place].value = value
      case (.some(let value), false): entries.insert(Entry(key: key, value: value), at: place)
      case (.none, true): entries.remove(at: place)
      case (.none, false): break
      }
    }
  }

  /// The place of a key, which gets `value` when it is not there yet.
  mutating func place(of key: Key, orInsert value: @autoclosure () -> Value) -> Int {
    let place = lowerBound(key)
    if place == entries.count || entries[place].key != key {
      entries.insert(Entry(key: key, value: value()), at: place)
    }
    return place
  }

  /// Removes the entries that a condition holds for.
  mutating func removeAll(where condition: (Entry) -> Bool) {
    entries.removeAll(where: condition)
  }

  private func lowerBound(_ key: Key) -> Int {
    // What comes last is often what was inserted last.
    if let last = entries.last, last.key < key { return entries.count }
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension SortedTable: Codable {
  /// Writes the entries in their order.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(entries)
  }

  /// Reads entries.
  ///
  /// - Throws: `DecodingError` when their keys do not ascend.
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    entries = try container.decode([Entry].self)
    guard zip(entries, entries.dropFirst()).allSatisfy({ $0.key < $1.key }) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "the keys of a table do not ascend"
      )
    }
  }
}
