/// Reads the elements of an array one after the other.
struct JSONArrayReading: UnkeyedDecodingContainer {
  let tape: JSONTape
  private let end: Int
  private var node: Int
  private(set) var currentIndex = 0

  init(tape: JSONTape, array: Int) {
    self.tape = tape
    end = tape.nodes[array].end
    node = array + 1
  }

  var codingPath: [any CodingKey] { [] }
  /// Unknown: nobody has counted.
  var count: Int? { nil }
  var isAtEnd: Bool { node >= end }

  /// Makes a value of the next element and says which it was when that failed.
  private mutating func next<Value>(_ body: (JSONValueDecoder) throws -> Value) throws -> Value {
    let step = "[\(currentIndex)]"
    guard !isAtEnd else {
      throw RowError("expected an element, found the end of the array").within(step)
    }
    do {
      let value = try body(JSONValueDecoder(tape: tape, node: node))
      node = tape.nodes[node].end
      currentIndex += 1
      return value
    } catch {
      throw RowError(error).within(step)
    }
  }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, tape.nodes[node].kind == .null else { return false }
    return try next { _ in true }
  }

  mutating func decode(_ type: Bool.Type) throws -> Bool {
    try next { try $0.text(type, .bool, "true or false") }
  }

  mutating func decode(_ type: String.Type) throws -> String {
    try next { try $0.text(type, .string, "a string") }
  }

  mutating func decode(_ type: Int.Type) throws -> Int {
    try next { try $0.number(type) }
  }

  mutating func decode(_ type: Int8.Type) throws -> Int8 {
    try next { try $0.number(type) }
  }

  mutating func decode(_ type: Int16.Type) throws -> Int16 {
    try next { try $0.number(type) }
  }

  mutating func decode(_ type: Int32.Type) throws -> Int32 {
    try next { try $0.number(type) }
  }

  mutating func decode(_ type: Int64.Type) throws -> Int64 {
    try next { try $0.number(type) }
  }

  mutating func decode(_ type: UInt.Type) throws -> UInt {
    try next { try $0.number(type) }
  }

  mutating func decode(_ type: UInt8.Type) throws -> UInt8 {
    try next { try $0.number(type) }
  }

  mutating func decode(_ type: UInt16.Type) throws -> UInt16 {
    try next { try $0.number(type) }
  }

  mutating func decode(_ type: UInt32.Type) throws -> UInt32 {
    try next { try $0.number(type) }
  }

  mutating func decode(_ type: UInt64.Type) throws -> UInt64 {
    try next { try $0.number(type) }
  }

  mutating func decode(_ type: Double.Type) throws -> Double {
    try next { try $0.number(type) }
  }

  mutating func decode(_ type: Float.Type) throws -> Float {
    try next { try $0.number(type) }
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try next { try $0.read(type) }
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try next { try $0.container(keyedBy: type) }
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try next { try $0.unkeyedContainer() }
  }

  mutating func superDecoder() throws -> any Decoder { try next { $0 } }
}
