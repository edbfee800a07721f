/// Writes the one value of an encoder.
struct SingleWriting: SingleValueEncodingContainer {
  let writer: StateWriter
  let slot: Int
  let codingPath: [any CodingKey]

  private func begin() throws {
    try writer.resume(slot, codingPath)
    guard let frame = writer.frames.last, frame.start == writer.count else {
      writer.fail("one value for each encoder", "a second one", codingPath)
      throw writer.failure ?? StateCodecError.atDepth(codingPath)
    }
  }

  func encodeNil() throws {
    try begin()
    writer.put(tag: .none)
  }

  func encode(_ value: Bool) throws {
    try begin()
    writer.put(value)
  }

  func encode(_ value: String) throws {
    try begin()
    writer.put(value)
  }

  func encode(_ value: Double) throws {
    try begin()
    writer.put(value)
  }

  func encode(_ value: Float) throws {
    try begin()
    writer.put(value)
  }

  func encode(_ value: Int) throws { try encode(Int64(value)) }
  func encode(_ value: Int8) throws { try encode(Int64(value)) }
  func encode(_ value: Int16) throws { try encode(Int64(value)) }
  func encode(_ value: Int32) throws { try encode(Int64(value)) }

  func encode(_ value: Int64) throws {
    try begin()
    writer.put(value)
  }

  func encode(_ value: UInt) throws { try encode(UInt64(value)) }
  func encode(_ value: UInt8) throws { try encode(UInt64(value)) }
  func encode(_ value: UInt16) throws { try encode(UInt64(value)) }
  func encode(_ value: UInt32) throws { try encode(UInt64(value)) }

  func encode(_ value: UInt64) throws {
    try begin()
    writer.put(value)
  }

  func encode<Value: Encodable>(_ value: Value) throws {
    try begin()
    try StateEncoder.write(value, to: writer, path: codingPath)
  }
}
