/// Writes a value as its own `encode(to:)` wishes, directly into the bytes of a writer.
///
/// Every encoder has a frame on the writer's stack, and so has every container. Writing to one
/// closes those that were opened after it; a container that has been closed takes nothing more.
/// That is what all synthesised code and all sequential code does, superclasses included; two
/// containers filled in turns are refused.
struct StateEncoder: Encoder {
  let writer: StateWriter
  let slot: Int
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// Writes one value at the end of the writer.
  static func write<Value: Encodable>(
    _ value: Value,
    to writer: StateWriter,
    path: [any CodingKey]
  ) throws {
    if let unordered = value as? any HashOrdered {
      try writer.checkDepth(path)
      return try unordered.writeInOrder(to: writer, path: path)
    }
    let encoder = StateEncoder(writer: writer, slot: writer.open(.slot), codingPath: path)
    try writer.checkDepth(path)
    try value.encode(to: encoder)
    if let failure = writer.failure { throw failure }
    try writer.close(through: encoder.slot, path)
  }

  /// A value alone, with its name table: for sorting and for what is not kept by key.
  static func bytes<Value: Encodable>(of value: Value) throws -> [UInt8] {
    let writer = StateWriter()
    try write(value, to: writer, path: [])
    writer.putNames()
    return writer.bytes
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    let frame = writer.openWithin(slot: slot, .structure, codingPath)
    return KeyedEncodingContainer(
      KeyedWriting<Key>(writer: writer, frame: frame, codingPath: codingPath)
    )
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    let frame = writer.openWithin(slot: slot, .list, codingPath)
    return UnkeyedWriting(writer: writer, frame: frame, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    SingleWriting(writer: writer, slot: slot, codingPath: codingPath)
  }
}
