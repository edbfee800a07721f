import StreamModel

/// The head of keyed state: format, number of key groups, the states in the order of their numbers.
struct KeyedStateHead {
  let maxParallelism: Int
  let signatures: [StateSignature]
  /// How many bytes the head takes.
  let length: Int

  static func write(
    _ signatures: [StateSignature],
    maxParallelism: Int,
    to writer: StateWriter
  ) {
    StateFormat.writeStart(of: .keyed, to: writer)
    let lengthAt = writer.count
    writer.put(fixed: UInt32(0))
    writer.put(fixed: UInt64(0))
    let start = writer.count
    writer.put(varint: UInt64(maxParallelism))
    writer.put(varint: UInt64(signatures.count))
    for signature in signatures {
      writer.put(text: signature.name)
      writer.put(text: signature.kind)
      writer.put(text: signature.keyType)
      writer.put(text: signature.valueType)
    }
    writer.patch(UInt32(writer.count - start), at: lengthAt)
    let sum = writer.checksum(of: start..<writer.count, seed: UInt64(writer.count - start))
    writer.patch(sum, at: lengthAt + 4)
  }

  init(_ bytes: [UInt8]) throws(StateCodecError) {
    let start = try StateFormat.readStart(of: .keyed, in: bytes)
    let whole = StateReader(bytes, values: start..<bytes.count, names: [])
    let size = Int(try whole.fixed(UInt32.self, &whole.position))
    let sum = try whole.fixed(UInt64.self, &whole.position)
    let body = whole.position
    guard size <= bytes.count - body else {
      throw whole.truncated("a head of \(size) bytes", body)
    }
    length = body + size
    let range = body..<length
    try StateFormat.verify(bytes, range, seed: UInt64(size), sum, "head of the keyed state")
    let reader = StateReader(bytes, values: range, names: [])
    let parallelism = Int(clamping: try reader.varint(&reader.position))
    guard (1...KeyGroupAssignment.highestMaxParallelism).contains(parallelism) else {
      throw reader.mismatch("a max parallelism", "\(parallelism)", body)
    }
    maxParallelism = parallelism
    signatures = try Self.signatures(reader)
  }

  private static func signatures(
    _ reader: StateReader
  ) throws(StateCodecError) -> [StateSignature] {
    let count = try reader.varint(&reader.position)
    var signatures: [StateSignature] = []
    while UInt64(signatures.count) < count {
      let name = try reader.text(&reader.position)
      let kind = try reader.text(&reader.position)
      let keyType = try reader.text(&reader.position)
      let valueType = try reader.text(&reader.position)
      signatures.append(
        StateSignature(name: name, kind: kind, keyType: keyType, valueType: valueType)
      )
    }
    return signatures
  }
}
