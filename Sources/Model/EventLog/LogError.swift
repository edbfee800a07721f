/// Why the log refused an operation; it is as it was before.
public enum LogError: Error, Hashable, Sendable {
  /// No topic has that name.
  case unknownTopic(String)
  /// A topic has that name already.
  case topicExists(String)
  /// A topic has at least one partition, and never fewer than before.
  case invalidPartitionCount(topic: String, partitions: Int, atLeast: Int)
  /// The topic holds records of an open transaction.
  case topicInTransaction(topic: String, transactionalID: String)
  /// The topic has no partition of that number.
  case unknownPartition(TopicPartition)
  /// Key and value have more bytes than the topic takes.
  case recordTooLarge(TopicPartition, bytes: Int, limit: Int)
  /// The offset is not there any more, or not there yet.
  case offsetOutOfRange(TopicPartition, offset: Int64, earliest: Int64, latest: Int64)
  /// The group has no offset there, and was told not to choose one.
  case noCommittedOffset(group: String, partition: TopicPartition)
  /// The log gave that number to no producer.
  case unknownProducer(ProducerIdentity)
  /// A newer producer took over.
  case producerFenced(ProducerIdentity, current: ProducerIdentity)
  /// Records before this one are missing.
  case outOfOrderSequence(
    ProducerIdentity,
    partition: TopicPartition,
    expected: Int32,
    found: Int32
  )
  /// The producer is in a transaction there and must not append outside of it.
  case transactionalWriteExpected(ProducerIdentity, partition: TopicPartition)
  /// No producer was opened under that transactional id.
  case unknownTransactionalID(String)
  /// The log has no such transaction, or has forgotten how it ended.
  case unknownTransaction(LogTransaction)
  /// The transactional id has a transaction that must end first.
  case unfinishedTransaction(transactionalID: String, state: TransactionState)
  /// The transaction is beyond taking records.
  case transactionNotOpen(LogTransaction, state: TransactionState)
  /// It was to be committed, and is aborted already.
  case transactionAborted(LogTransaction)
  /// It was to be aborted, and is committed already.
  case transactionCommitted(LogTransaction)
}

extension LogError: CustomStringConvertible {
  /// A sentence for people.
  public var description: String {
    switch self {
    case .unknownTopic(let topic): "there is no topic \(topic)"
    case .topicExists(let topic): "there is a topic \(topic) already"
    case .invalidPartitionCount(let topic, let partitions, let least):
      "\(topic) cannot have \(partitions) partitions, it takes at least \(least)"
    case .topicInTransaction(let topic, let id):
      "\(topic) holds records of an unfinished transaction of \(id)"
    case .unknownPartition(let partition): "there is no partition \(partition)"
    case .recordTooLarge(let partition, let bytes, let limit):
      "a record of \(bytes) bytes is too large for \(partition), which takes \(limit)"
    case .offsetOutOfRange(let partition, let offset, let earliest, let latest):
      "offset \(offset) is out of the range of \(partition), which is \(earliest) to \(latest)"
    case .noCommittedOffset(let group, let partition):
      "the group \(group) has committed no offset of \(partition)"
    case .unknownProducer(let producer): "the log knows no \(producer)"
    case .producerFenced(let producer, let current):
      "\(producer) is fenced, \(current) took over"
    case .outOfOrderSequence(let producer, let partition, let expected, let found):
      "\(producer) sent sequence number \(found) to \(partition), the next one is \(expected)"
    case .transactionalWriteExpected(let producer, let partition):
      "\(producer) is in a transaction in \(partition) and cannot append outside of it"
    case .unknownTransactionalID(let id): "no producer was opened as \(id)"
    case .unknownTransaction(let transaction): "the log knows no \(transaction)"
    case .unfinishedTransaction(let id, let state):
      "\(id) has a transaction that is \(state.rawValue) and must end first"
    case .transactionNotOpen(let transaction, let state):
      "the \(transaction) is \(state.rawValue) and takes no records"
    case .transactionAborted(let transaction): "the \(transaction) is aborted already"
    case .transactionCommitted(let transaction): "the \(transaction) is committed already"
    }
  }
}
