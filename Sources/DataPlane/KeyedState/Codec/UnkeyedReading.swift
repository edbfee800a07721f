/// Reads the elements of a list one after the other.
struct UnkeyedReading: UnkeyedDecodingContainer {
  private let decoder: StateDecoder
  private var at: Int
  private(set) var currentIndex = 0

  var codingPath: [any CodingKey] { decoder.codingPath }
  private var reader: StateReader { decoder.reader }

  init(_ decoder: StateDecoder) throws {
    self.decoder = decoder
    at = decoder.offset
    try decoder.reader.expect(.list, &at)
  }

  /// Unknown: lists carry their end, not their length.
  var count: Int? { nil }

  var isAtEnd: Bool {
    var next = at
    do {
      return try reader.isAtEnd(&next)
    } catch {
      return true
    }
  }

  private var key: StateCodingKey { StateCodingKey(intValue: currentIndex) }

  /// Reads an element by one of the reader's functions, and says which it was when it fails.
  private mutating func read<Value>(
    _ body: (inout Int) throws(StateCodecError) -> Value
  ) throws -> Value {
    var next = at
    do throws(StateCodecError) {
      let value = try body(&next)
      at = next
      currentIndex += 1
      return value
    } catch {
      throw error.within(StateCodecError.text(of: codingPath + [key]))
    }
  }

  mutating func decodeNil() throws -> Bool {
    var next = at
    guard try reader.tag(&next) == .none else { return false }
    at = next
    currentIndex += 1
    return true
  }

  mutating func decode(_ type: Bool.Type) throws -> Bool {
    let reader = reader
    return try read { at throws(StateCodecError) in try reader.bool(&at) }
  }

  mutating func decode(_ type: String.Type) throws -> String {
    let reader = reader
    return try read { at throws(StateCodecError) in try reader.string(&at) }
  }

  mutating func decode(_ type: Double.Type) throws -> Double {
    let reader = reader
    return try read { at throws(StateCodecError) in try reader.double(&at) }
  }

  mutating func decode(_ type: Float.Type) throws -> Float {
    let reader = reader
    return try read { at throws(StateCodecError) in try reader.float(&at) }
  }

  private mutating func integer<Number: FixedWidthInteger>() throws -> Number {
    let reader = reader
    return try read { at throws(StateCodecError) in try reader.integer(Number.self, &at) }
  }

  mutating func decode(_ type: Int.Type) throws -> Int { try integer() }
  mutating func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
  mutating func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
  mutating func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
  mutating func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
  mutating func decode(_ type: UInt.Type) throws -> UInt { try integer() }
  mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
  mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
  mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
  mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let start = at
    let here = key
    var behind = at
    try reader.skip(&behind)
    let value = try decoder.read(type, at: start, key: here)
    at = behind
    currentIndex += 1
    return value
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    KeyedDecodingContainer(try KeyedReading<Nested>(try nested()))
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try UnkeyedReading(try nested())
  }

  mutating func superDecoder() throws -> any Decoder {
    try nested()
  }

  private mutating func nested() throws -> StateDecoder {
    let inner = StateDecoder(reader: reader, offset: at, codingPath: codingPath + [key])
    var behind = at
    try reader.skip(&behind)
    at = behind
    currentIndex += 1
    return inner
  }
}
