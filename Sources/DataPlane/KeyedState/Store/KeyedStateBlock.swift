public import StreamModel

/// One block: some entries of one state in one key group.
///
/// Its prefix holds the length of what follows, the offset of the name table in it, the number of
/// entries and a checksum over all; then come the number of the key group, the number of the state,
/// the entries and the name table.
public struct KeyedStateBlock {
  /// The key group of the entries.
  public let keyGroup: KeyGroup
  /// The number of the state in the head.
  let state: Int
  /// How many entries there are.
  public let count: Int
  let bytes: [UInt8]
  /// Where the entries lie; the name table follows them.
  let entries: Range<Int>
  /// Where the next block begins.
  let end: Int

  private static let prefix = 20

  /// Checks a block and finds its parts.
  init(_ bytes: [UInt8], at start: Int, within limit: Int) throws(StateCodecError) {
    let whole = StateReader(bytes, values: start..<limit, names: [])
    let length = Int(try whole.fixed(UInt32.self, &whole.position))
    let namesAt = Int(try whole.fixed(UInt32.self, &whole.position))
    count = Int(try whole.fixed(UInt32.self, &whole.position))
    let sum = try whole.fixed(UInt64.self, &whole.position)
    let body = whole.position
    guard length <= limit - body else { throw whole.truncated("a block of \(length) bytes", start) }
    let seed = Self.seed(length, namesAt, count)
    let place = "block at byte \(start)"
    try StateFormat.verify(bytes, body..<body + length, seed: seed, sum, place)
    guard namesAt <= length else { throw whole.mismatch("a block", "names behind it", start) }
    let reader = StateReader(bytes, values: body..<body + namesAt, names: [])
    keyGroup = KeyGroup(Int(clamping: try reader.varint(&reader.position)))
    state = Int(clamping: try reader.varint(&reader.position))
    entries = reader.position..<body + namesAt
    end = body + length
    self.bytes = bytes
  }

  private static func seed(_ length: Int, _ namesAt: Int, _ count: Int) -> UInt64 {
    (UInt64(length) << 32 | UInt64(namesAt)) ^ UInt64(count) << 16
  }

  /// A reader of the entries, keys and values in turn.
  public func open() throws(StateCodecError) -> StateReader {
    let names = try StateReader.names(in: bytes, entries.upperBound..<end)
    return StateReader(bytes, values: entries, names: names)
  }

  /// How many entries there are, but no more than their bytes have room for.
  public var plausibleCount: Int { min(count, entries.count / 2) }

  /// Checks that nothing is left in a reader of the block.
  public func finish(_ reader: StateReader) throws(StateCodecError) {
    guard reader.position == reader.end else {
      throw reader.mismatch("the end of \(count) entries", "more bytes", reader.position)
    }
  }

  /// The error that a key hashes to another key group than the one in which it was found.
  public func misplaced(keyOf group: KeyGroup) -> StateCodecError {
    StateCodecError(
      .wrongState,
      expected: "keys of key group \(keyGroup)",
      found: "a key of key group \(group)",
      place: ""
    )
  }

  // MARK: Writing

  /// Leaves room for the prefix.
  static func writePrefix(to writer: StateWriter) {
    for _ in 0..<prefix { writer.put(byte: 0) }
  }

  /// Fills the prefix in when the entries and the name table have been written.
  ///
  /// - Throws: `StateCodecError` when the block is longer than the format can say.
  static func complete(
    _ writer: StateWriter,
    from start: Int,
    namesStart: Int,
    entries: Int
  ) throws(StateCodecError) {
    let body = start + prefix
    let length = writer.count - body
    guard length <= UInt32.max else {
      throw StateCodecError(
        .unsupported,
        expected: "at most \(UInt32.max) bytes for \(entries) entries",
        found: "\(length)",
        place: "byte \(start)"
      )
    }
    let seed = seed(length, namesStart - body, entries)
    writer.patch(UInt32(length), at: start)
    writer.patch(UInt32(namesStart - body), at: start + 4)
    writer.patch(UInt32(entries), at: start + 8)
    writer.patch(writer.checksum(of: body..<writer.count, seed: seed), at: start + 12)
  }
}
