extension PartitionedLog {
  /// The transactions that are open or prepared, by transactional id.
  ///
  /// *Source:* `ListTransactions` and `DescribeTransactions`.
  public var unfinishedTransactions: [UnfinishedTransaction] {
    transactionTable.entries.filter(\.value.state.isUnfinished).map { entry in
      UnfinishedTransaction(
        transaction: LogTransaction(
          transactionalID: entry.key,
          producer: entry.value.owner,
          number: entry.value.number
        ),
        state: entry.value.state,
        startedAt: entry.value.startedAt,
        timeout: entry.value.timeout,
        partitions: entry.value.partitions
      )
    }
  }

  /// The latest transaction of a transactional id and what it is at; nil before the first.
  public func latestTransaction(
    of transactionalID: String
  ) -> (transaction: LogTransaction, state: TransactionState)? {
    guard let entry = transactionTable[transactionalID], entry.number > 0 else { return nil }
    let transaction = LogTransaction(
      transactionalID: transactionalID,
      producer: entry.owner,
      number: entry.number
    )
    return (transaction, entry.state)
  }

  /// Ends what a crash left of a transactional id, as the caller decides; returns the transaction
  /// that ended, or nil when there was none.
  ///
  /// Its producer is fenced.
  ///
  /// *Simplified:* Kafka lets an operator only abort (`AbortTransaction`), and whoever has the
  /// producer's id and epoch end it either way, which is what Flink's `KafkaCommitter` does.
  ///
  /// - Throws: `LogError.unknownTransactionalID`.
  @discardableResult
  public mutating func recover(
    _ transactionalID: String,
    by decision: TransactionDecision,
    at instant: Int64
  ) throws(LogError) -> LogTransaction? {
    guard let place = transactionTable.index(of: transactionalID) else {
      throw .unknownTransactionalID(transactionalID)
    }
    let entry = transactionTable[at: place]
    guard entry.state.isUnfinished else { return nil }
    end(place, by: decision, at: instant)
    fence(place, at: instant)
    return LogTransaction(
      transactionalID: transactionalID,
      producer: entry.owner,
      number: entry.number
    )
  }

  /// Aborts the transactions that are open for longer than their timeout, and fences their
  /// producers; returns them.
  ///
  /// *Source:* Kafka `TransactionCoordinator.abortTimedOutTransactions`, which a timer calls there.
  /// Prepared ones do not expire, as in KIP-939.
  @discardableResult
  public mutating func abortExpired(at instant: Int64) -> [LogTransaction] {
    let expired = unfinishedTransactions.filter {
      $0.state == .open && instant - $0.startedAt > $0.timeout
    }
    for found in expired {
      guard let place = transactionTable.index(of: found.transaction.transactionalID) else {
        continue
      }
      end(place, by: .abort, at: instant)
      fence(place, at: instant)
    }
    return expired.map(\.transaction)
  }

  /// Forgets transactional ids without an unfinished transaction, and the sequence numbers of
  /// producers, that were last used before an instant.
  ///
  /// *Source:* `transactional.id.expiration.ms`, `producer.id.expiration.ms`.
  public mutating func forgetProducers(idleSince instant: Int64) {
    transactionTable.removeAll { $0.value.changedAt < instant && !$0.value.state.isUnfinished }
    for topic in topicTable.entries.indices {
      for number in topicTable[at: topic].partitions.indices {
        let open = topicTable[at: topic].partitions[number].open.map(\.producerID)
        topicTable[at: topic].partitions[number].producers.removeAll {
          $0.value.timestamp < instant && !open.contains($0.key)
        }
      }
    }
  }
}

// MARK: - Retention

/// What a partition gave up.
public struct RetentionStep: Sendable, Codable, Equatable {
  /// The partition.
  public let partition: TopicPartition
  /// The first offset that was kept before, and the one that is now.
  public let startOffsets: [Int64]
  /// How many bytes less it keeps.
  public let bytes: Int
}

extension PartitionedLog {
  /// Gives up the segments that exceed the limits of their topics; returns the partitions whose
  /// first offset moved, in order.
  ///
  /// Whole segments only, from the oldest. *Source:* Kafka `UnifiedLog.deleteOldSegments`.
  /// *Simplified:* what belongs to an unfinished transaction, and what lies behind it, stays.
  @discardableResult
  public mutating func applyRetention(at instant: Int64) -> [RetentionStep] {
    var steps: [RetentionStep] = []
    for topic in topicTable.entries.indices {
      let limits = topicTable[at: topic].options.retention
      let name = topicTable.entries[topic].key
      for number in topicTable[at: topic].partitions.indices {
        let (start, bytes) = keep(topic, number)
        topicTable[at: topic].partitions[number].applyRetention(limits, at: instant)
        let (newStart, newBytes) = keep(topic, number)
        guard newStart > start else { continue }
        steps.append(
          RetentionStep(
            partition: TopicPartition(name, number),
            startOffsets: [start, newStart],
            bytes: bytes - newBytes
          )
        )
      }
    }
    return steps
  }

  private func keep(_ topic: Int, _ number: Int) -> (start: Int64, bytes: Int) {
    let log = topicTable[at: topic].partitions[number]
    return (log.startOffset, log.byteCount)
  }
}
