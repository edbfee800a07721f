import StreamModel

/// Makes a value of a node of a JSON text as its own `init(from:)` wishes.
struct JSONValueDecoder: Decoder {
  let tape: JSONTape
  let node: Int

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }
  var kind: JSONTape.Kind { tape.nodes[node].kind }

  /// Makes the value; a failure bears the place that it is at, seen from here.
  func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if let value = try simple(type) { return value }
    do {
      return try Value(from: self)
    } catch let error as RowError {
      throw error
    } catch let error as DecodingError {
      switch kind {
      case .object, .array: throw RowError(error)
      default: throw mismatch(RawCases.expectation(of: type))
      }
    }
  }

  /// Types whose text is not what they would encode.
  private func simple<Value>(_ type: Value.Type) throws(RowError) -> Value? {
    if type == String.self { return try text(String.self, .string, "a string") as? Value }
    if type == Int.self { return try number(Int.self) as? Value }
    if type == Double.self { return try number(Double.self) as? Value }
    if type == EventTime.self {
      return try text(EventTime.self, .string, "a time such as 2013-03-04T05:15:00Z") as? Value
    }
    return nil
  }

  /// A value of a kind by its text.
  func text<Value: FieldDecodable>(
    _ type: Value.Type,
    _ wanted: JSONTape.Kind,
    _ expectation: String
  ) throws(RowError) -> Value {
    guard kind == wanted else { throw mismatch(expectation) }
    return try tape.withField(node) { (field) throws(RowError) in try Value.decode(field) }
  }

  func number<Value: FieldDecodable>(_ type: Value.Type) throws(RowError) -> Value {
    try text(type, .number, "a number")
  }

  func mismatch(_ expectation: String) -> RowError {
    .expected(expectation, found: tape.found(node))
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard kind == .object else { throw mismatch("an object") }
    return KeyedDecodingContainer(JSONObjectReading<Key>(object: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard kind == .array else { throw mismatch("an array") }
    return JSONArrayReading(tape: tape, array: node)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer {
    JSONSingleReading(decoder: self)
  }
}

extension RowError {
  /// The same error, one level further out.
  func within(_ step: String) -> RowError {
    guard let place else { return at("field \(FieldText.shortened(step, to: 40))") }
    guard place.hasPrefix("field ") else { return self }
    let inner = place.dropFirst("field ".count)
    let joint = inner.hasPrefix("[") ? "" : "."
    return RowError(reason, at: "field \(FieldText.shortened(step, to: 40))\(joint)\(inner)")
  }
}
