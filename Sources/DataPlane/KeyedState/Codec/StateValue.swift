import StreamModel

/// A value of a state as its bytes tell it, without the type that wrote it: for people to look at.
public indirect enum StateValue: Equatable, Sendable {
  /// No value.
  case none
  /// A truth value.
  case bool(Bool)
  /// A whole number.
  case integer(Int64)
  /// A whole number above the range of `Int64`.
  case unsigned(UInt64)
  /// A number with a fraction.
  case double(Double)
  /// A text.
  case string(String)
  /// Values in order; the keys and values of a map in turn.
  case list([StateValue])
  /// Values by field, in the order of writing.
  case structure([Field])

  /// A field of a structure.
  public struct Field: Equatable, Sendable {
    /// Its name.
    public let name: String
    /// Its value.
    public let value: StateValue
  }

  /// The value for people: numbers and texts as they are, structures by their values.
  public var text: String {
    switch self {
    case .none: "none"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .unsigned(let value): "\(value)"
    case .double(let value): "\(value)"
    case .string(let value): value
    case .list(let values): "[" + values.map(\.text).joined(separator: ", ") + "]"
    case .structure(let fields): "(" + fields.map(\.value.text).joined(separator: ", ") + ")"
    }
  }

  /// The last whole number in it, which is what a count or a sum is; nil where there is none.
  public var lastInteger: Int? {
    switch self {
    case .integer(let value): Int(value)
    case .unsigned(let value): Int(exactly: value)
    case .list(let values): values.lazy.reversed().compactMap(\.lastInteger).first
    case .structure(let fields): fields.lazy.reversed().compactMap(\.value.lastInteger).first
    case .none, .bool, .double, .string: nil
    }
  }
}

/// An entry of keyed state for people to look at.
public struct ReadableEntry: Equatable, Sendable {
  /// The state's name.
  public let state: String
  /// The key.
  public let key: StateValue
  /// The value: of a list its elements, of an aggregation the accumulator.
  public let value: StateValue
  /// When it was last accessed, in milliseconds, where the state has a time to live; of a list's
  /// elements the last time.
  public let lastAccess: Int64?
}

extension KeyedStateReader {
  /// Every entry of every state, in the order of the key groups.
  ///
  /// An entry of a map is an entry here too; its key is that of the record with the map key.
  ///
  /// - Throws: `StateCodecError` when bytes are missing or have been altered.
  public func readableEntries() throws(StateCodecError) -> [ReadableEntry] {
    var entries: [ReadableEntry] = []
    for signature in signatures {
      let blocks = try blocks(
        of: signature,
        in: .all(maxParallelism: maxParallelism),
        maxParallelism: maxParallelism
      )
      for block in blocks {
        let reader = try block.open()
        for _ in 0..<block.count {
          let key = try reader.value(&reader.position)
          let value = try reader.value(&reader.position)
          entries.append(ReadableEntry(state: signature, key: key, value: value))
        }
      }
    }
    return entries
  }
}

extension ReadableEntry {
  /// Takes what a state stores beside the values of its users off them.
  init(state signature: StateSignature, key: StateValue, value stored: StateValue) {
    let isExpiring = StateKind.allCases.contains {
      signature.kind == $0.text(isExpiring: true)
    }
    var value = stored
    if signature.kind == StateKind.map.text(isExpiring: isExpiring) {
      value = stored.field("value") ?? stored
    }
    var lastAccess: Int64?
    if isExpiring {
      (value, lastAccess) = value.withoutTimes
    }
    state = signature.name
    self.key = key
    self.value = value
    self.lastAccess = lastAccess
  }
}

extension StateValue {
  /// The value of a field of a structure.
  fileprivate func field(_ name: String) -> StateValue? {
    guard case .structure(let fields) = self else { return nil }
    return fields.first { String.isSame($0.name, name) }?.value
  }

  /// An expiring value, or a list of them, without the times of access, and the last of these.
  fileprivate var withoutTimes: (StateValue, Int64?) {
    if case .list(let elements) = self {
      let parts = elements.map(\.withoutTimes)
      return (.list(parts.map(\.0)), parts.compactMap(\.1).max())
    }
    guard let value = field("value"), case .integer(let time)? = field("lastAccess") else {
      return (self, nil)
    }
    return (value, time)
  }
}

extension StateReader {
  /// Reads a value of whatever kind.
  func value(_ at: inout Int, depth: Int = 0) throws(StateCodecError) -> StateValue {
    guard depth <= 2 * StateFormat.deepest else { throw StateCodecError.atDepth([]) }
    var ahead = at
    switch try tag(&ahead) {
    case .end: throw mismatch("a value", StateTag.end.name, at)
    case .none:
      at = ahead
      return .none
    case .false, .true: return .bool(try bool(&at))
    case .integer: return .integer(try integer(Int64.self, &at))
    case .unsigned: return .unsigned(try integer(UInt64.self, &at))
    case .double: return .double(try double(&at))
    case .float: return .double(Double(try float(&at)))
    case .string: return .string(try string(&at))
    case .list, .map:
      at = ahead
      var values: [StateValue] = []
      while try !isAtEnd(&at) { values.append(try value(&at, depth: depth + 1)) }
      return .list(values)
    case .structure:
      at = ahead
      var fields: [StateValue.Field] = []
      while let number = try name(&at) {
        fields.append(
          StateValue.Field(name: names[number], value: try value(&at, depth: depth + 1))
        )
      }
      return .structure(fields)
    }
  }
}
