/// Which partition a record with a key belongs to.
public enum KeyPartitioner {
  /// The partition of a key: the same as a Kafka producer's, whatever the language that it is
  /// written in.
  ///
  /// *Source:* Kafka `BuiltInPartitioner.partitionForKey`: `toPositive(murmur2(key)) % partitions`.
  ///
  /// - Precondition: There is at least one partition.
  public static func partition(ofKey key: some Collection<UInt8>, among partitions: Int) -> Int {
    let hash =
      key.withContiguousStorageIfAvailable { murmur2(UnsafeRawBufferPointer($0)) }
      ?? Array(key).withUnsafeBytes { murmur2($0) }
    return partition(ofHash: hash, among: partitions)
  }

  /// The 32-bit murmur2 hash of bytes with Kafka's seed.
  ///
  /// *Source:* Kafka `Utils.murmur2`.
  ///
  /// - Complexity: O(n).
  public static func murmur2(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    let factor: UInt32 = 0x5BD1_E995
    var hash = 0x9747_B28C ^ UInt32(truncatingIfNeeded: bytes.count)
    let whole = bytes.count & ~3
    var position = 0
    while position < whole {
      var word = UInt32(
        littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)
      )
      word &*= factor
      word ^= word >> 24
      hash = (hash &* factor) ^ (word &* factor)
      position += 4
    }
    if whole < bytes.count {
      for index in whole..<bytes.count {
        hash ^= UInt32(bytes[index]) << UInt32(8 * (index - whole))
      }
      hash &*= factor
    }
    hash ^= hash >> 13
    hash &*= factor
    hash ^= hash >> 15
    return Int32(bitPattern: hash)
  }

  static func partition(ofHash hash: Int32, among partitions: Int) -> Int {
    // Not the absolute value: Kafka's toPositive takes the sign bit off.
    Int(hash & 0x7FFF_FFFF) % partitions
  }
}

/// Where the records of a topic go that have no key.
///
/// *Source:* KIP-480 and KIP-794, Kafka `BuiltInPartitioner`: a partition is kept until a batch's
/// worth of bytes went to it. *Simplified:* the next partition is the next one in order, and not
/// one by chance, and the state is the topic's and not one of each producer.
struct StickyPartitioner: Sendable, Codable, Equatable {
  private var current = 0
  private var bytes = 0

  /// The partition for a record of so many bytes.
  mutating func next(bytes count: Int, limit: Int, among partitions: Int) -> Int {
    if bytes >= limit {
      current += 1
      bytes = 0
    }
    if current >= partitions { current = 0 }
    bytes += count
    return current
  }
}
