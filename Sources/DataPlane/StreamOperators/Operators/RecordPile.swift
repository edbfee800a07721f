import StreamModel

/// A record that waits to be sorted: its serialised key, its time, and where it lies.
struct PiledRecord {
  /// The first eight bytes of the key, as one number.
  let head: UInt64
  /// All bytes of the key, each with its sign turned: so their order as unsigned bytes is that of
  /// the signed ones.
  let bytes: [UInt8]
  /// The scattered hash of the key.
  let keyHash: UInt32
  /// Its event time.
  let timestamp: Int64
  /// Which record of all it was.
  let arrival: Int
  /// The input that brought it.
  let input: Int
  /// Which record of that input it was.
  let place: Int

  /// Whether the bytes of the keys are the same.
  func hasSameKey(as other: PiledRecord) -> Bool { head == other.head && bytes == other.bytes }

  /// Whether it comes before another.
  func precedes(_ other: PiledRecord) -> Bool {
    if head != other.head { return head < other.head }
    if bytes != other.bytes { return bytes.lexicographicallyPrecedes(other.bytes) }
    return (timestamp, input, arrival) < (other.timestamp, other.input, other.arrival)
  }
}

/// The records of a sorted operator until its input has ended.
///
/// *Source:* Flink `ExternalSorter`, in memory alone.
final class RecordPile {
  private var records: [PiledRecord] = []

  /// Adds a record.
  func add<Key: StreamKey>(key: Key, timestamp: Int64, input: Int, place: Int) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16)
    key.writeKey(to: &bytes)
    var head: UInt64 = 0
    for index in bytes.indices {
      bytes[index] ^= 0x80
      if index < 8 { head |= UInt64(bytes[index]) << UInt64(56 - 8 * index) }
    }
    records.append(
      PiledRecord(
        head: head,
        bytes: bytes,
        keyHash: UInt32(bitPattern: KeyGroupAssignment.murmur(ofHash: key.javaHash)),
        timestamp: timestamp,
        arrival: records.count,
        input: input,
        place: place
      )
    )
  }

  /// Takes all records, in order.
  func takeSorted() -> [PiledRecord] {
    defer { records = [] }
    return records.sorted { $0.precedes($1) }
  }
}
