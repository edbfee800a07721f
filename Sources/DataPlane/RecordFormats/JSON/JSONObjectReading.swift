/// Finds the members of an object by name.
struct JSONObjectReading<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let object: JSONValueDecoder

  private var tape: JSONTape { object.tape }
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { tape.names(in: object.node).compactMap { Key(stringValue: $0) } }

  func contains(_ key: Key) -> Bool { tape.value(of: key.stringValue, in: object.node) != nil }

  private func find(_ key: Key) -> JSONValueDecoder? {
    tape.value(of: key.stringValue, in: object.node).map {
      JSONValueDecoder(tape: tape, node: $0)
    }
  }

  private func member(_ key: Key) throws(RowError) -> JSONValueDecoder {
    guard let member = find(key) else {
      throw RowError("expected a value, found no such key").within(key.stringValue)
    }
    return member
  }

  /// Makes a value and says at which key it failed.
  private func value<Value>(
    _ member: JSONValueDecoder,
    _ key: Key,
    _ body: (JSONValueDecoder) throws -> Value
  ) throws -> Value {
    do {
      return try body(member)
    } catch {
      throw RowError(error).within(key.stringValue)
    }
  }

  private func known<Value>(
    _ key: Key,
    _ body: (JSONValueDecoder) throws -> Value
  ) throws -> Value? {
    guard let member = find(key), member.kind != .null else { return nil }
    return try value(member, key, body)
  }

  func decodeNil(forKey key: Key) throws -> Bool { try member(key).kind == .null }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
    try value(try member(key), key) { try $0.text(type, .bool, "true or false") }
  }

  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    try value(try member(key), key) { try $0.text(type, .string, "a string") }
  }

  func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
    try value(try member(key), key) { try $0.number(type) }
  }

  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 {
    try value(try member(key), key) { try $0.number(type) }
  }

  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 {
    try value(try member(key), key) { try $0.number(type) }
  }

  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 {
    try value(try member(key), key) { try $0.number(type) }
  }

  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 {
    try value(try member(key), key) { try $0.number(type) }
  }

  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt {
    try value(try member(key), key) { try $0.number(type) }
  }

  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 {
    try value(try member(key), key) { try $0.number(type) }
  }

  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 {
    try value(try member(key), key) { try $0.number(type) }
  }

  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 {
    try value(try member(key), key) { try $0.number(type) }
  }

  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 {
    try value(try member(key), key) { try $0.number(type) }
  }

  func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
    try value(try member(key), key) { try $0.number(type) }
  }

  func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
    try value(try member(key), key) { try $0.number(type) }
  }

  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
    try known(key) { try $0.text(type, .bool, "true or false") }
  }

  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
    try known(key) { try $0.text(type, .string, "a string") }
  }

  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
    try known(key) { try $0.number(type) }
  }

  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
    try known(key) { try $0.number(type) }
  }

  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
    try known(key) { try $0.number(type) }
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try value(try member(key), key) { try $0.read(type) }
  }

  func decodeIfPresent<Value: Decodable>(
    _ type: Value.Type,
    forKey key: Key
  ) throws -> Value? {
    try known(key) { try $0.read(type) }
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type,
    forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try value(try member(key), key) { try $0.container(keyedBy: type) }
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try value(try member(key), key) { try $0.unkeyedContainer() }
  }

  func superDecoder() throws -> any Decoder { object }

  func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }
}
