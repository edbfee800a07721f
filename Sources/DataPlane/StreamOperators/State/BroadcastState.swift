public import StreamModel

/// A map that every subtask keeps alike, since each sees all elements of a broadcast stream.
///
/// ```swift
/// try context.broadcastState(limits)[limit.f0] = limit.f1
/// ```
///
/// Entries keep the order in which their keys were first set. *Source:* Flink `BroadcastState`.
public final class BroadcastState<Key: StreamKey, Value> {
  /// The entries in the order in which their keys came.
  public private(set) var entries: [(key: Key, value: Value)] = []
  /// For each hash the positions of its keys among the entries.
  private var positions: [Int32: [Int]] = [:]

  init() {}

  /// The value of a key; nil for none, and setting nil removes the key.
  public subscript(key: Key) -> Value? {
    get { position(of: key).map { entries[$0].value } }
    set {
      switch (position(of: key), newValue) {
      case (let position?, let value?): entries[position].value = value
      case (nil, let value?):
        positions[key.javaHash, default: []].append(entries.count)
        entries.append((key, value))
      case (let position?, nil):
        entries.remove(at: position)
        index()
      case (nil, nil): break
      }
    }
  }

  /// How many keys have a value.
  public var count: Int { entries.count }

  /// Removes all entries.
  public func clear() {
    entries = []
    positions = [:]
  }

  private func position(of key: Key) -> Int? {
    positions[key.javaHash]?.first { Key.isSame(entries[$0].key, key) }
  }

  private func index() {
    positions = [:]
    for (position, entry) in entries.enumerated() {
      positions[entry.key.javaHash, default: []].append(position)
    }
  }
}

/// A broadcast state as functions see it that must not change it.
///
/// ```swift
/// let limit = try broadcast.broadcastState(limits)[reading.room]
/// if let limit, reading.degrees > limit { output.collect(reading) }
/// ```
///
/// *Source:* Flink `ReadOnlyBroadcastState`.
public struct ReadOnlyBroadcastState<Key: StreamKey, Value> {
  private let state: BroadcastState<Key, Value>

  init(_ state: BroadcastState<Key, Value>) {
    self.state = state
  }

  /// The value of a key; nil for none.
  public subscript(key: Key) -> Value? { state[key] }

  /// The entries in the order in which their keys came.
  public var entries: [(key: Key, value: Value)] { state.entries }
}

/// An entry as it is written.
struct BroadcastEntry<Key: StreamKey, Value: Codable>: Codable {
  var key: Key
  var value: Value
}
