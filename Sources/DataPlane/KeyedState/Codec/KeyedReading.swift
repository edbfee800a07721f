/// Finds the fields of a structure by name.
struct KeyedReading<Key: CodingKey>: KeyedDecodingContainerProtocol {
  private let fields: StructureFields

  var codingPath: [any CodingKey] { fields.decoder.codingPath }

  init(_ decoder: StateDecoder) throws(StateCodecError) {
    fields = try StructureFields(decoder)
  }

  var allKeys: [Key] { fields.names.compactMap { Key(stringValue: $0) } }

  func contains(_ key: Key) -> Bool { fields.find(key.stringValue) != nil }

  func decodeNil(forKey key: Key) throws -> Bool {
    var at = try fields.offset(key)
    return try fields.reader.tag(&at) == .none
  }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try fields.bool(key) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try fields.string(key) }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try fields.double(key) }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try fields.float(key) }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try fields.integer(key) }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try fields.integer(key) }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try fields.integer(key) }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try fields.integer(key) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try fields.integer(key) }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try fields.integer(key) }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try fields.integer(key) }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try fields.integer(key) }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try fields.integer(key) }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try fields.integer(key) }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try fields.decoder.read(type, at: try fields.offset(key), key: key)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type,
    forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    KeyedDecodingContainer(try KeyedReading<Nested>(try fields.nested(key)))
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try UnkeyedReading(try fields.nested(key))
  }

  func superDecoder() throws -> any Decoder { try fields.nested(StateCodingKey.parent) }

  func superDecoder(forKey key: Key) throws -> any Decoder { try fields.nested(key) }
}
