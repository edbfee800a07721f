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

  private struct Registered {
    var name: String
    var mode: Mode
    var state: AnyObject
    var write: () throws -> [[UInt8]]
  }

  private let subtask: Int
  private let parallelism: Int
  private let restored: [(subtask: Int, states: [Written])]
  private var states: [Registered] = []

  /// The store of a subtask, with what is restored.
  ///
  /// - Throws: `StateCodecError` when restored bytes cannot be read.
  public init(_ restored: RestoredState?, subtask: Int, parallelism: Int) throws {
    self.subtask = subtask
    self.parallelism = parallelism
    self.restored = try (restored?.shared ?? []).map {
      ($0.subtask, try StateDocument.decode([Written].self, from: $0.bytes))
    }.sorted { $0.0 < $1.0 }
  }

  /// A list whose elements are dealt out anew when the parallelism changes.
  ///
  /// *Source:* Flink `OperatorStateStore.getListState`.
  /// - Throws: ``OperatorStateError`` when the name is taken by a state of another kind.
  public func listState<Element: Codable>(
    named name: String,
    of type: Element.Type = Element.self
  ) throws -> OperatorListState<Element> {
    try list(named: name, .list) {
      self.restored.count == self.parallelism
        ? self.restored.filter { $0.subtask == self.subtask }.flatMap { $0.states }
          .filter { $0.name == name }.flatMap(\.elements)
        : self.share(of: name)
    }
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
    if !restored.isEmpty {
      // Every copy is the same; each is used by as few as can be.
      let copy = restored[subtask % restored.count].states.filter { $0.name == name }
      try checkMode(.broadcast, of: name, copy)
      for bytes in copy.flatMap(\.elements) {
        let entry = try StateDocument.decode(BroadcastEntry<Key, Value>.self, from: bytes)
        state[entry.key] = entry.value
      }
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
  /// - Throws: `StateCodecError` when a value cannot be encoded.
  public func snapshot() throws -> [UInt8] {
    guard !states.isEmpty else { return [] }
    return try StateDocument.encode(
      states.map { Written(name: $0.name, mode: $0.mode, elements: try $0.write()) }
    )
  }

  private func list<Element: Codable>(
    named name: String,
    _ mode: Mode,
    _ restoredElements: () -> [[UInt8]]
  ) throws -> OperatorListState<Element> {
    let known: OperatorListState<Element>? = try registered(name, mode)
    if let known { return known }
    try checkMode(mode, of: name, restored.flatMap(\.states).filter { $0.name == name })
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

  private func elements(of name: String) -> [[UInt8]] {
    restored.flatMap(\.states).filter { $0.name == name }.flatMap(\.elements)
  }

  /// The subtask's share of all elements, which go round in turn from the first subtask on.
  private func share(of name: String) -> [[UInt8]] {
    elements(of: name).enumerated().filter { $0.offset % parallelism == subtask }.map(\.element)
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
