import KeyedState
public import StreamModel

/// State of an operator's subtasks rather than of keys: lists, unions and broadcast state.
///
/// Each subtask writes what it has; on restore each sees what all wrote and takes its own: of a
/// list, what it had, or its share of all elements where the parallelism changed; of a union,
/// everything; of broadcast state, one copy. *Source:* Flink `DefaultOperatorStateBackend` and
/// `RoundRobinOperatorStateRepartitioner`.
public final class OperatorStateStore {
  /// How a state is given out on restore.
  enum Mode: String, Codable, Sendable {
    case list
    case union
    case broadcast
  }

  /// What one subtask wrote of one state.
  struct Written: Codable, Sendable {
    var name: String
    var mode: Mode
    var elements: [[UInt8]]
  }

  /// What one subtask wrote.
  private struct Contents: Codable {
    /// Of how many subtasks it was one.
    var parallelism: Int
    var states: [Written]
  }

  private struct Registered {
    var name: String
    var mode: Mode
    var state: AnyObject
    var write: () throws -> [[UInt8]]
  }

  private let subtask: Int
  private let parallelism: Int
  private let restored: [(subtask: Int, states: [Written])]
  /// Whether there were as many subtasks when the snapshot was taken.
  let isSameParallelism: Bool
  private var states: [Registered] = []

  /// The store of a subtask, with what is restored.
  ///
  /// - Throws: `StateCodecError` when restored bytes cannot be read.
  public init(_ restored: RestoredState?, subtask: Int, parallelism: Int) throws {
    self.subtask = subtask
    self.parallelism = parallelism
    let parts = try (restored?.shared ?? []).map {
      ($0.subtask, try StateDocument.decode(Contents.self, from: $0.bytes))
    }.sorted { $0.0 < $1.0 }
    self.restored = parts.map { ($0.0, $0.1.states) }
    isSameParallelism = parts.allSatisfy { $0.1.parallelism == parallelism }
  }

  /// A list whose elements are dealt out anew when the parallelism changes.
  ///
  /// *Source:* Flink `OperatorStateStore.getListState`.
  /// - Throws: ``OperatorStateError`` when the name is taken by a state of another kind.
  public func listState<Element: Codable>(
    named name: String,
    of type: Element.Type = Element.self
  ) throws -> OperatorListState<Element> {
    try list(named: name, .list) { self.own(of: name) }
  }

  /// A list of which every subtask gets all elements on restore.
  ///
  /// *Source:* Flink `OperatorStateStore.getUnionListState`.
  /// - Throws: ``OperatorStateError`` when the name is taken by a state of another kind.
  public func unionListState<Element: Codable>(
    named name: String,
    of type: Element.Type = Element.self
  ) throws -> OperatorListState<Element> {
    try list(named: name, .union) { self.elements(of: name) }
  }

  /// A map that every subtask keeps alike.
  ///
  /// *Source:* Flink `OperatorStateStore.getBroadcastState`.
  /// - Throws: ``OperatorStateError`` when the name is taken by a state of another kind.
  public func broadcastState<Key: StreamKey, Value: Codable>(
    named name: String,
    by keyType: Key.Type = Key.self,
    of valueType: Value.Type = Value.self
  ) throws -> BroadcastState<Key, Value> {
    let known: BroadcastState<Key, Value>? = try registered(name, .broadcast)
    if let known { return known }
    let state = BroadcastState<Key, Value>()
    let copies = written(of: name)
    try checkMode(.broadcast, of: name, copies)
    for bytes in copy(of: name) {
      let entry = try StateDocument.decode(BroadcastEntry<Key, Value>.self, from: bytes)
      state[entry.key] = entry.value
    }
    states.append(
      Registered(name: name, mode: .broadcast, state: state) {
        try state.entries.map {
          try StateDocument.encode(BroadcastEntry(key: $0.key, value: $0.value))
        }
      }
    )
    return state
  }

  /// What the subtask writes into a snapshot; nothing when it never had any such state.
  ///
  /// State that was restored and that nobody has asked for since is in it too.
  /// - Throws: `StateCodecError` when a value cannot be encoded.
  public func snapshot() throws -> [UInt8] {
    let registered = try states.map {
      Written(name: $0.name, mode: $0.mode, elements: try $0.write())
    }
    let all = registered + unclaimed
    guard !all.isEmpty else { return [] }
    return try StateDocument.encode(Contents(parallelism: parallelism, states: all))
  }

  /// What was restored and nobody has asked for, as far as it falls to this subtask.
  private var unclaimed: [Written] {
    var unclaimed: [Written] = []
    for state in restored.flatMap(\.states)
    where !(states.map(\.name) + unclaimed.map(\.name)).contains(state.name) {
      // Of a union each writes a part: together they are what all will see.
      let elements = state.mode == .broadcast ? copy(of: state.name) : own(of: state.name)
      unclaimed.append(Written(name: state.name, mode: state.mode, elements: elements))
    }
    return unclaimed
  }

  private func list<Element: Codable>(
    named name: String,
    _ mode: Mode,
    _ restoredElements: () -> [[UInt8]]
  ) throws -> OperatorListState<Element> {
    let known: OperatorListState<Element>? = try registered(name, mode)
    if let known { return known }
    try checkMode(mode, of: name, written(of: name))
    let state = OperatorListState<Element>()
    state.elements = try restoredElements().map {
      try StateDocument.decode(Element.self, from: $0)
    }
    states.append(
      Registered(name: name, mode: mode, state: state) {
        try state.elements.map { try StateDocument.encode($0) }
      }
    )
    return state
  }

  private func registered<State: AnyObject>(_ name: String, _ mode: Mode) throws -> State? {
    guard let entry = states.first(where: { $0.name == name }) else { return nil }
    guard entry.mode == mode, let state = entry.state as? State else {
      throw OperatorStateError.nameTaken(name: name, kind: entry.mode.rawValue)
    }
    return state
  }

  private func checkMode(_ mode: Mode, of name: String, _ written: [Written]) throws {
    if let other = written.first(where: { $0.mode != mode }) {
      throw OperatorStateError.nameTaken(name: name, kind: other.mode.rawValue)
    }
  }

  private func written(of name: String) -> [Written] {
    restored.flatMap(\.states).filter { $0.name == name }
  }

  private func elements(of name: String) -> [[UInt8]] {
    written(of: name).flatMap(\.elements)
  }

  /// One of the copies that all subtasks wrote alike; each is used by as few as can be.
  private func copy(of name: String) -> [[UInt8]] {
    let copies = written(of: name)
    return copies.isEmpty ? [] : copies[subtask % copies.count].elements
  }

  /// What falls to the subtask: what it wrote itself, or its share of all elements, which are
  /// divided into runs as even as can be, the longer ones first.
  private func own(of name: String) -> [[UInt8]] {
    if isSameParallelism {
      return restored.filter { $0.subtask == subtask }.flatMap(\.states)
        .filter { $0.name == name }.flatMap(\.elements)
    }
    let all = elements(of: name)
    let (length, longer) = all.count.quotientAndRemainder(dividingBy: parallelism)
    let start = subtask * length + min(subtask, longer)
    return Array(all[start..<start + length + (subtask < longer ? 1 : 0)])
  }
}

/// Why a state of an operator cannot be had.
public enum OperatorStateError: Error, Equatable, CustomStringConvertible {
  /// The name belongs to a state of another kind.
  case nameTaken(name: String, kind: String)

  /// A sentence for people.
  public var description: String {
    switch self {
    case .nameTaken(let name, let kind):
      "the operator state \(name) is a \(kind) state with other types, or was one in the snapshot"
    }
  }
}
