/// A producer as the log knows it: a number that is given once, and how often it was taken over.
///
/// *Source:* producer id and epoch of KIP-98, Kafka `ProducerIdAndEpoch`.
public struct ProducerIdentity: Hashable, Sendable, Codable {
  /// The number that the log gave.
  public let id: Int64
  /// Grows with each producer that takes over the transactional id; the older ones are fenced.
  public let epoch: Int16

  /// Names a producer.
  public init(id: Int64, epoch: Int16) {
    self.id = id
    self.epoch = epoch
  }
}

extension ProducerIdentity: CustomStringConvertible {
  /// The number and the epoch.
  public var description: String { "producer \(id) of epoch \(epoch)" }
}

/// Who appends a record, and with which guarantee.
public enum RecordOrigin: Sendable, Equatable {
  /// A producer that the log does not know: what it sends twice is appended twice.
  case anonymous
  /// A producer that numbers its records in each partition: what it sends twice is appended once.
  case idempotent(ProducerIdentity, sequence: Int32)
  /// A producer within a transaction. Without a sequence number the record gets the next one.
  case transaction(LogTransaction, sequence: Int32? = nil)
}
