/// Writes the elements of a list.
struct UnkeyedWriting: UnkeyedEncodingContainer {
  let writer: StateWriter
  let frame: Int
  let codingPath: [any CodingKey]
  private(set) var count = 0

  init(writer: StateWriter, frame: Int, codingPath: [any CodingKey]) {
    self.writer = writer
    self.frame = frame
    self.codingPath = codingPath
  }

  private mutating func begin() throws {
    try writer.resume(frame, codingPath)
    count += 1
  }

  private var path: [any CodingKey] { codingPath + [StateCodingKey(intValue: count - 1)] }

  mutating func encodeNil() throws {
    try begin()
    writer.put(tag: .none)
  }

  mutating func encode(_ value: Bool) throws {
    try begin()
    writer.put(value)
  }

  mutating func encode(_ value: String) throws {
    try begin()
    writer.put(value)
  }

  mutating func encode(_ value: Double) throws {
    try begin()
    writer.put(value)
  }

  mutating func encode(_ value: Float) throws {
    try begin()
    writer.put(value)
  }

  mutating func encode(_ value: Int) throws { try encode(Int64(value)) }
  mutating func encode(_ value: Int8) throws { try encode(Int64(value)) }
  mutating func encode(_ value: Int16) throws { try encode(Int64(value)) }
  mutating func encode(_ value: Int32) throws { try encode(Int64(value)) }

  mutating func encode(_ value: Int64) throws {
    try begin()
    writer.put(value)
  }

  mutating func encode(_ value: UInt) throws { try encode(UInt64(value)) }
  mutating func encode(_ value: UInt8) throws { try encode(UInt64(value)) }
  mutating func encode(_ value: UInt16) throws { try encode(UInt64(value)) }
  mutating func encode(_ value: UInt32) throws { try encode(UInt64(value)) }

  mutating func encode(_ value: UInt64) throws {
    try begin()
    writer.put(value)
  }

  mutating func encode<Value: Encodable>(_ value: Value) throws {
    try begin()
    try StateEncoder.write(value, to: writer, path: path)
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy keyType: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    let frame = nested(.structure)
    return KeyedEncodingContainer(
      KeyedWriting<Nested>(writer: writer, frame: frame, codingPath: path)
    )
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    let frame = nested(.list)
    return UnkeyedWriting(writer: writer, frame: frame, codingPath: path)
  }

  mutating func superEncoder() -> any Encoder {
    let slot = nested(.slot)
    return StateEncoder(writer: writer, slot: slot, codingPath: path)
  }

  private mutating func nested(_ kind: StateWriter.Frame.Kind) -> Int {
    do {
      try begin()
      return writer.open(kind)
    } catch {
      return -1
    }
  }
}
