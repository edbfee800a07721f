/// What stands before the key and the value of each record in a segment's block.
///
/// 32 bytes as they lie in memory. *Source:* the fields are those of Kafka's record batch v2 and
/// its records. *Simplified:* Kafka writes them once for a batch and packs what differs, so that a
/// record costs it some 7 bytes; here each record stands for itself and is found by its offset.
struct RecordHeader {
  var timestamp: Int64
  /// The producer's number, or −1.
  var producerID: Int64 = -1
  var sequence: Int32 = -1
  var epoch: Int16 = -1
  var attributes: UInt16 = 0
  /// −1 without a key.
  var keyCount: Int32 = -1
  var valueCount: Int32 = 0

  static let size = 32
  /// Bits 4 and 5, as in the attributes of Kafka's batches.
  static let transactional: UInt16 = 1 << 4
  static let control: UInt16 = 1 << 5

  var isTransactional: Bool { attributes & Self.transactional != 0 }
  var isControl: Bool { attributes & Self.control != 0 }
  var payload: Int { max(0, Int(keyCount)) + Int(valueCount) }
}

/// The block that ends a transaction in a partition: it takes an offset, and no reader sees it.
///
/// *Source:* KIP-98, Kafka `ControlRecordType` and `EndTransactionMarker`: a key of version and
/// type, a value of version and the coordinator's epoch.
enum ControlMarker {
  static func key(_ decision: TransactionDecision) -> [UInt8] {
    [0, 0, 0, decision == .commit ? 1 : 0]
  }

  static let value: [UInt8] = [0, 0, 0, 0, 0, 0]

  static func decision(key: UnsafeRawBufferPointer?) -> TransactionDecision {
    key?.last == 1 ? .commit : .abort
  }
}

/// A record in a segment's block, while it is looked at.
struct RecordFrame {
  let offset: Int64
  let header: RecordHeader
  let key: UnsafeRawBufferPointer?
  let value: UnsafeRawBufferPointer
}

/// A run of records of a partition, in one flat block of bytes.
///
/// Each offset from the first has its record, so that a place in the block is found by one look.
/// *Source:* Kafka `LogSegment` with its `OffsetIndex`, which is sparse there.
struct LogSegment: Sendable, Equatable {
  /// The offset of its first record.
  let firstOffset: Int64
  private(set) var bytes: [UInt8] = []
  /// Where each record begins in the block.
  private(set) var positions: [UInt32] = []
  private(set) var latestTimestamp = Int64.min

  /// A block does not grow beyond this.
  ///
  /// *Source:* the default of `segment.bytes`.
  static let byteLimit = 1 << 30

  init(firstOffset: Int64, reservingBytes: Int = 0, records: Int = 0) {
    self.firstOffset = firstOffset
    bytes.reserveCapacity(reservingBytes)
    positions.reserveCapacity(records)
  }

  var count: Int { positions.count }
  var endOffset: Int64 { firstOffset + Int64(positions.count) }

  /// Appends a record behind the last one.
  mutating func append(
    _ header: RecordHeader,
    key: UnsafeRawBufferPointer?,
    value: UnsafeRawBufferPointer
  ) {
    positions.append(UInt32(truncatingIfNeeded: bytes.count))
    if header.timestamp > latestTimestamp { latestTimestamp = header.timestamp }
    var header = header
    withUnsafeBytes(of: &header) { bytes.append(contentsOf: $0) }
    if let key { bytes.append(contentsOf: key) }
    bytes.append(contentsOf: value)
  }

  /// Shows the records from `first` up to and without `end`, until `body` returns false.
  @inline(__always)
  func forEach<Failure: Error>(
    from first: Int64,
    to end: Int64,
    _ body: (RecordFrame) throws(Failure) -> Bool
  ) throws(Failure) {
    guard first < end else { return }
    let start = Int(positions[Int(first - firstOffset)])
    try bytes.withUnsafeBufferPointer { (buffer) throws(Failure) in
      let block = UnsafeRawBufferPointer(buffer)
      var place = start
      for offset in first..<end {
        let header = block.loadUnaligned(fromByteOffset: place, as: RecordHeader.self)
        let keyed = place + RecordHeader.size
        let valued = keyed + max(0, Int(header.keyCount))
        place = valued + Int(header.valueCount)
        let frame = RecordFrame(
          offset: offset,
          header: header,
          key: header.keyCount < 0 ? nil : UnsafeRawBufferPointer(rebasing: block[keyed..<valued]),
          value: UnsafeRawBufferPointer(rebasing: block[valued..<place])
        )
        guard try body(frame) else { return }
      }
    }
  }
}

extension LogSegment: Codable {
  private enum CodingKeys: String, CodingKey {
    case firstOffset
    case byteCount
    case words
  }

  /// Writes the block as numbers of eight bytes each, which costs text formats a third.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(firstOffset, forKey: .firstOffset)
    try container.encode(bytes.count, forKey: .byteCount)
    var words = [UInt64](repeating: 0, count: (bytes.count + 7) / 8)
    for (index, byte) in bytes.enumerated() {
      words[index / 8] |= UInt64(byte) << UInt64(8 * (index % 8))
    }
    try container.encode(words, forKey: .words)
  }

  /// Reads a block and finds its records again.
  ///
  /// - Throws: `DecodingError` when the block does not consist of whole records.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(firstOffset: try container.decode(Int64.self, forKey: .firstOffset))
    let count = try container.decode(Int.self, forKey: .byteCount)
    let words = try container.decode([UInt64].self, forKey: .words)
    guard count >= 0, count <= words.count * 8, words.count == (count + 7) / 8 else {
      throw Self.broken(in: container, "\(words.count) words do not hold \(count) bytes")
    }
    bytes = (0..<count).map { index in
      UInt8(truncatingIfNeeded: words[index / 8] >> UInt64(8 * (index % 8)))
    }
    guard findRecords() else {
      throw Self.broken(in: container, "the block does not consist of whole records")
    }
  }

  /// Makes the positions from the block; false when it ends within a record.
  private mutating func findRecords() -> Bool {
    var place = 0
    while place < bytes.count {
      guard place + RecordHeader.size <= bytes.count, place <= Self.byteLimit else { return false }
      let header = bytes.withUnsafeBytes {
        $0.loadUnaligned(fromByteOffset: place, as: RecordHeader.self)
      }
      guard header.keyCount >= -1, header.valueCount >= 0 else { return false }
      positions.append(UInt32(place))
      latestTimestamp = max(latestTimestamp, header.timestamp)
      place += RecordHeader.size + header.payload
    }
    return place == bytes.count
  }

  private static func broken(
    in container: KeyedDecodingContainer<CodingKeys>,
    _ reason: String
  ) -> DecodingError {
    DecodingError.dataCorruptedError(forKey: .words, in: container, debugDescription: reason)
  }
}
