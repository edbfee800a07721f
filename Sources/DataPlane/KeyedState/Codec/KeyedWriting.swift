/// Writes the fields of a structure.
struct KeyedWriting<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let writer: StateWriter
  let frame: Int
  let codingPath: [any CodingKey]

  private func begin(_ key: any CodingKey) throws {
    try writer.resume(frame, codingPath)
    writer.put(name: key.stringValue)
  }

  func encodeNil(forKey key: Key) throws {
    try begin(key)
    writer.put(tag: .none)
  }

  func encode(_ value: Bool, forKey key: Key) throws {
    try begin(key)
    writer.put(value)
  }

  func encode(_ value: String, forKey key: Key) throws {
    try begin(key)
    writer.put(value)
  }

  func encode(_ value: Double, forKey key: Key) throws {
    try begin(key)
    writer.put(value)
  }

  func encode(_ value: Float, forKey key: Key) throws {
    try begin(key)
    writer.put(value)
  }

  func encode(_ value: Int, forKey key: Key) throws { try encode(Int64(value), forKey: key) }
  func encode(_ value: Int8, forKey key: Key) throws { try encode(Int64(value), forKey: key) }
  func encode(_ value: Int16, forKey key: Key) throws { try encode(Int64(value), forKey: key) }
  func encode(_ value: Int32, forKey key: Key) throws { try encode(Int64(value), forKey: key) }

  func encode(_ value: Int64, forKey key: Key) throws {
    try begin(key)
    writer.put(value)
  }

  func encode(_ value: UInt, forKey key: Key) throws { try encode(UInt64(value), forKey: key) }
  func encode(_ value: UInt8, forKey key: Key) throws { try encode(UInt64(value), forKey: key) }
  func encode(_ value: UInt16, forKey key: Key) throws { try encode(UInt64(value), forKey: key) }
  func encode(_ value: UInt32, forKey key: Key) throws { try encode(UInt64(value), forKey: key) }

  func encode(_ value: UInt64, forKey key: Key) throws {
    try begin(key)
    writer.put(value)
  }

  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    try begin(key)
    try StateEncoder.write(value, to: writer, path: codingPath + [key])
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy keyType: Nested.Type,
    forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    KeyedEncodingContainer(
      KeyedWriting<Nested>(
        writer: writer,
        frame: nested(.structure, key),
        codingPath: codingPath + [key]
      )
    )
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    UnkeyedWriting(writer: writer, frame: nested(.list, key), codingPath: codingPath + [key])
  }

  func superEncoder() -> any Encoder { superEncoder(for: StateCodingKey.parent) }

  func superEncoder(forKey key: Key) -> any Encoder { superEncoder(for: key) }

  private func superEncoder(for key: any CodingKey) -> any Encoder {
    StateEncoder(writer: writer, slot: nested(.slot, key), codingPath: codingPath + [key])
  }

  /// A frame within this one; should it not be possible, the writer keeps the error.
  private func nested(_ kind: StateWriter.Frame.Kind, _ key: any CodingKey) -> Int {
    do {
      try begin(key)
      return writer.open(kind)
    } catch {
      return -1
    }
  }
}
