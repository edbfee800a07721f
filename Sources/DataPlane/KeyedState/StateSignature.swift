/// What a state is: what must agree before one is restored from another.
public struct StateSignature: Equatable, Sendable {
  /// The name under which the operator registered it, unique in the operator.
  public let name: String
  /// What kind of state it is: `value`, `table`, later `list`, `map`.
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
