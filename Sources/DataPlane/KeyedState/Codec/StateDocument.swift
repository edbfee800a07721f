/// One value alone as bytes: the small state of a subtask, such as offsets and transactions.
///
/// It is a start with the format version and one block of keyed state with a single entry.
public enum StateDocument {
  /// The bytes of a value.
  ///
  /// - Throws: `StateCodecError` when the value cannot be encoded.
  public static func encode<Value: Codable>(_ value: Value) throws(StateCodecError) -> [UInt8] {
    let writer = StateWriter()
    StateFormat.writeStart(of: .document, to: writer)
    let start = writer.count
    KeyedStateBlock.writePrefix(to: writer)
    writer.put(varint: 0)
    writer.put(varint: 0)
    try StateCodec<Value>().write(value, writer)
    let namesStart = writer.count
    writer.putNames()
    try KeyedStateBlock.complete(writer, from: start, namesStart: namesStart, entries: 1)
    return writer.bytes
  }

  /// The value that ``encode(_:)`` made bytes of.
  ///
  /// - Throws: `StateCodecError` when they are of another format or type, altered or incomplete.
  public static func decode<Value: Codable>(
    _ type: Value.Type,
    from bytes: [UInt8]
  ) throws(StateCodecError) -> Value {
    let start = try StateFormat.readStart(of: .document, in: bytes)
    let block = try KeyedStateBlock(bytes, at: start, within: bytes.count)
    guard block.end == bytes.count else {
      throw StateCodecError(
        .altered,
        expected: "the end of the state document",
        found: "\(bytes.count - block.end) bytes more",
        place: "byte \(block.end)"
      )
    }
    let reader = try block.open()
    let value = try StateCodec<Value>().read(reader)
    try block.finish(reader)
    return value
  }
}
