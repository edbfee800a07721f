/// One transaction, as its producer and who recovers it name it.
///
/// Meant to be stored: a sink keeps it in its checkpoint, and commits by it after a restart.
/// *Source:* the prepared state of KIP-939, which is the producer's id and epoch. The number stands
/// beside it here because one epoch has many transactions.
public struct LogTransaction: Hashable, Sendable, Codable {
  /// The name under which producers take over from each other.
  public let transactionalID: String
  /// The producer that began it.
  public let producer: ProducerIdentity
  /// Counts the transactions of the transactional id, from 1.
  public let number: Int64

  /// Names a transaction.
  public init(transactionalID: String, producer: ProducerIdentity, number: Int64) {
    self.transactionalID = transactionalID
    self.producer = producer
    self.number = number
  }
}

extension LogTransaction: CustomStringConvertible {
  /// The transactional id with the number.
  public var description: String { "transaction \(number) of \(transactionalID)" }
}

/// What a transactional id is at.
///
/// *Source:* Kafka `TransactionState`. *Simplified:* its states between decision and last marker
/// (`PREPARE_COMMIT`, `PREPARE_ABORT`) do not exist, since all markers are written at once here;
/// ``prepared`` is the one of KIP-939.
public enum TransactionState: String, Sendable, Codable {
  /// No transaction was begun yet.
  case empty
  /// Records are appended.
  case open
  /// All records are there, and it waits for a decision: nothing is appended to it any more.
  case prepared
  /// Its records are visible to all.
  case committed
  /// Its records are visible to no reader of committed ones.
  case aborted

  var isUnfinished: Bool { self == .open || self == .prepared }
}

/// How a transaction ends.
public enum TransactionDecision: String, Sendable, Codable {
  /// Its records become visible.
  case commit
  /// Its records never become visible.
  case abort
}

/// What becomes of the transaction that an earlier producer of a transactional id left.
public enum TransactionTakeover: Sendable, Equatable {
  /// It ends this way.
  case end(TransactionDecision)
  /// It is aborted when it is open; a prepared one is kept for the decision of who prepared it.
  /// *Source:* `initTransactions(keepPreparedTxn)` of KIP-939.
  case keepPrepared
}

/// A transaction that waits for its end, as an overview shows it.
///
/// *Source:* Kafka `TransactionDescription`.
public struct UnfinishedTransaction: Sendable, Codable, Equatable {
  /// Its name.
  public let transaction: LogTransaction
  /// Open or prepared.
  public let state: TransactionState
  /// When it began, in milliseconds.
  public let startedAt: Int64
  /// For how many milliseconds it may be open.
  public let timeout: Int64
  /// The partitions that hold records of it, in order.
  public let partitions: [TopicPartition]
}

/// What the log keeps of a transactional id.
///
/// *Source:* Kafka `TransactionMetadata`.
struct TransactionEntry: Sendable, Codable, Equatable {
  /// Who may begin the next transaction.
  var producer: ProducerIdentity
  var timeout: Int64
  /// The latest transaction's number and producer; 0 before the first.
  var number: Int64 = 0
  var owner: ProducerIdentity
  var state = TransactionState.empty
  /// How the transaction before the latest one ended.
  var previous = TransactionState.empty
  var startedAt: Int64 = 0
  /// When the entry last changed.
  var changedAt: Int64
  var partitions: [TopicPartition] = []
  /// Offsets that are committed with the transaction.
  var offsets: [PendingOffset] = []
}

/// An offset of a group that counts once its transaction is committed.
struct PendingOffset: Sendable, Codable, Equatable {
  let group: String
  let partition: TopicPartition
  let offset: Int64
}
