/// Reads the one value of a field.
struct CSVFieldReading: SingleValueDecodingContainer {
  let decoder: CSVFieldDecoder

  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool { decoder.isBlank }

  func decode(_ type: Int.Type) throws -> Int { try decoder.field(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try decoder.field(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try decoder.field(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try decoder.field(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try decoder.field(type) }
  func decode(_ type: UInt.Type) throws -> UInt { try decoder.field(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try decoder.field(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try decoder.field(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try decoder.field(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try decoder.field(type) }
  func decode(_ type: Bool.Type) throws -> Bool { try decoder.field(type) }
  func decode(_ type: String.Type) throws -> String { try decoder.field(type) }
  func decode(_ type: Double.Type) throws -> Double { try decoder.field(type) }
  func decode(_ type: Float.Type) throws -> Float { try decoder.field(type) }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.read(type) }
}
