/// What a state is: what must agree before one is restored from another.
public struct StateSignature: Equatable, Sendable {
  /// The name under which the operator registered it, unique in the operator.
  public let name: String
  /// What kind of state it is, by the text of a ``StateKind``; `expiring` before it says that the
  /// time of the last access is stored too.
  public let kind: String
  /// The type of its keys, without the module.
  public let keyType: String
  /// The type of its values, without the module.
  public let valueType: String

  /// Describes a state.
  public init(name: String, kind: String, keyType: String, valueType: String) {
    self.name = name
    self.kind = kind
    self.keyType = keyType
    self.valueType = valueType
  }
}

extension StateSignature: CustomStringConvertible {
  /// For example `value state "count" of Int by String`.
  public var description: String {
    "\(kind) state \"\(name)\" of \(valueType) by \(keyType)"
  }
}

/// The kinds of state that a store knows.
public enum StateKind: String, CaseIterable, Sendable {
  /// One value for each key.
  case value
  /// Values under keys that an operator chooses.
  case table
  /// A list for each key.
  case list
  /// A map for each key.
  case map
  /// One value for each key into which others are combined.
  case reducing
  /// One accumulator for each key.
  case aggregating

  /// What the kind is called in a signature.
  @inlinable
  public func text(isExpiring: Bool) -> String {
    isExpiring ? "expiring \(rawValue)" : rawValue
  }
}
