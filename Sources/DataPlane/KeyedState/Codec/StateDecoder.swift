/// Makes a value from its bytes as its own `init(from:)` wishes.
///
/// Fields are found by name, whatever their order, and fields that nobody asks for are passed
/// over: a later version of a type may add optional fields, drop fields, and widen integers.
struct StateDecoder: Decoder {
  let reader: StateReader
  let offset: Int
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// Makes the value at the reader's position and passes over it.
  static func next<Value: Decodable>(
    _ type: Value.Type,
    from reader: StateReader
  ) throws(StateCodecError) -> Value {
    let start = reader.position
    var behind = start
    try reader.skip(&behind)
    do {
      let value = try StateDecoder(reader: reader, offset: start, codingPath: [])
        .read(type, at: start, key: nil)
      reader.position = behind
      return value
    } catch {
      throw StateCodecError.from(error)
    }
  }

  /// Makes the value at an offset.
  func read<Value: Decodable>(
    _ type: Value.Type,
    at offset: Int,
    key: (any CodingKey)?
  ) throws -> Value {
    let path = if let key { codingPath + [key] } else { codingPath }
    guard reader.depth <= StateFormat.deepest else { throw StateCodecError.atDepth(path) }
    reader.depth += 1
    defer { reader.depth -= 1 }
    let decoder = StateDecoder(reader: reader, offset: offset, codingPath: path)
    if let unordered = type as? any HashOrderedReadable.Type,
      let value = try unordered.readInOrder(at: offset, of: decoder) as? Value
    {
      return value
    }
    return try value(type, decoder)
  }

  /// Lets the type decode itself, and says where it was when it failed.
  private func value<Value: Decodable>(
    _ type: Value.Type,
    _ decoder: StateDecoder
  ) throws -> Value {
    do {
      return try type.init(from: decoder)
    } catch let error as StateCodecError where !error.place.hasPrefix("at ") {
      let path = StateCodecError.text(of: decoder.codingPath)
      throw path.isEmpty ? error : error.within(path)
    }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(try KeyedReading<Key>(self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try UnkeyedReading(self)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    SingleReading(decoder: self)
  }
}
