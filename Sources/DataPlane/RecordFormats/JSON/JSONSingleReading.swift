/// Reads the one value at a node.
struct JSONSingleReading: SingleValueDecodingContainer {
  let decoder: JSONValueDecoder

  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool { decoder.kind == .null }

  func decode(_ type: Bool.Type) throws -> Bool {
    try decoder.text(type, .bool, "true or false")
  }

  func decode(_ type: String.Type) throws -> String {
    try decoder.text(type, .string, "a string")
  }

  func decode(_ type: Int.Type) throws -> Int {
    try decoder.number(type)
  }

  func decode(_ type: Int8.Type) throws -> Int8 {
    try decoder.number(type)
  }

  func decode(_ type: Int16.Type) throws -> Int16 {
    try decoder.number(type)
  }

  func decode(_ type: Int32.Type) throws -> Int32 {
    try decoder.number(type)
  }

  func decode(_ type: Int64.Type) throws -> Int64 {
    try decoder.number(type)
  }

  func decode(_ type: UInt.Type) throws -> UInt {
    try decoder.number(type)
  }

  func decode(_ type: UInt8.Type) throws -> UInt8 {
    try decoder.number(type)
  }

  func decode(_ type: UInt16.Type) throws -> UInt16 {
    try decoder.number(type)
  }

  func decode(_ type: UInt32.Type) throws -> UInt32 {
    try decoder.number(type)
  }

  func decode(_ type: UInt64.Type) throws -> UInt64 {
    try decoder.number(type)
  }

  func decode(_ type: Double.Type) throws -> Double {
    try decoder.number(type)
  }

  func decode(_ type: Float.Type) throws -> Float {
    try decoder.number(type)
  }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.read(type) }
}
