/// Reads the one value of a decoder.
struct SingleReading: SingleValueDecodingContainer {
  let decoder: StateDecoder

  var codingPath: [any CodingKey] { decoder.codingPath }
  private var reader: StateReader { decoder.reader }

  func decodeNil() -> Bool {
    var at = decoder.offset
    do {
      return try reader.tag(&at) == .none
    } catch {
      return false
    }
  }

  func decode(_ type: Bool.Type) throws -> Bool {
    var at = decoder.offset
    return try reader.bool(&at)
  }

  func decode(_ type: String.Type) throws -> String {
    var at = decoder.offset
    return try reader.string(&at)
  }

  func decode(_ type: Double.Type) throws -> Double {
    var at = decoder.offset
    return try reader.double(&at)
  }

  func decode(_ type: Float.Type) throws -> Float {
    var at = decoder.offset
    return try reader.float(&at)
  }

  private func integer<Number: FixedWidthInteger>() throws -> Number {
    var at = decoder.offset
    return try reader.integer(Number.self, &at)
  }

  func decode(_ type: Int.Type) throws -> Int { try integer() }
  func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
  func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
  func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
  func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
  func decode(_ type: UInt.Type) throws -> UInt { try integer() }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try decoder.read(type, at: decoder.offset, key: nil)
  }
}
