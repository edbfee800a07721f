/// A record while it is read: its bytes lie in the log and are not copied.
///
/// It is valid only within the closure that it was given to; what outlives that is copied by
/// ``copiedKey`` and ``copiedValue``.
public struct LogRecord {
  /// Its place in the partition.
  public let offset: Int64
  /// The time that its producer gave it, in milliseconds.
  public let timestamp: Int64
  /// Its key, where it has one.
  public let key: UnsafeRawBufferPointer?
  /// Its value.
  public let value: UnsafeRawBufferPointer
  let producerID: Int64
  let producerEpoch: Int16
  /// Whether it was appended in a transaction.
  public let isTransactional: Bool

  /// The producer that appended it, where that one is idempotent or transactional.
  public var producer: ProducerIdentity? {
    producerID < 0 ? nil : ProducerIdentity(id: producerID, epoch: producerEpoch)
  }

  /// The key's bytes, to be kept.
  public var copiedKey: [UInt8]? { key.map { Array($0) } }

  /// The value's bytes, to be kept.
  public var copiedValue: [UInt8] { Array(value) }
}

/// Which records a reader sees.
///
/// *Source:* `isolation.level` of KIP-98.
public enum IsolationLevel: String, Sendable, Codable, CaseIterable {
  /// All records up to the high watermark, those of open and of aborted transactions too.
  case readUncommitted
  /// Records outside of transactions and of committed ones, up to the last stable offset.
  case readCommitted
}

/// Where a reader goes on that has no offset, or one that is not there any more.
///
/// *Source:* `auto.offset.reset`.
public enum OffsetReset: String, Sendable, Codable, CaseIterable {
  /// At the first offset that is kept.
  case earliest
  /// Behind the last one, so that only what is appended from now on is read.
  case latest
  /// Nowhere: the reader is told by an error.
  case none
}

/// Where a record came to lie.
public struct AppendedRecord: Sendable, Codable, Equatable {
  /// The partition that was chosen.
  public let partition: TopicPartition
  /// The record's offset in it.
  public let offset: Int64
}
