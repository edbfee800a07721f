extension PartitionedLog {
  /// Gives a number to an idempotent producer.
  ///
  /// *Source:* `InitProducerId` without a transactional id.
  public mutating func openProducer() -> ProducerIdentity {
    defer { nextProducerID += 1 }
    return ProducerIdentity(id: nextProducerID, epoch: 0)
  }

  /// Takes over a transactional id: older producers of it are fenced, and the transaction that the
  /// last one left ends as decided.
  ///
  /// *Source:* `InitProducerId`, Kafka `TransactionCoordinator.handleInitProducerId`, which always
  /// aborts what is left; `keepPreparedTxn` of KIP-939. *Simplified:* here the caller may decide
  /// for a commit too.
  ///
  /// Its transactions may be open for `timeout` milliseconds; see ``abortExpired(at:)``.
  public mutating func openProducer(
    of transactionalID: String,
    timeout: Int64 = 60_000,
    takeover: TransactionTakeover = .end(.abort),
    at instant: Int64
  ) -> ProducerIdentity {
    guard let place = transactionTable.index(of: transactionalID) else {
      let producer = openProducer()
      transactionTable[transactionalID] = TransactionEntry(
        producer: producer,
        timeout: timeout,
        owner: producer,
        changedAt: instant
      )
      return producer
    }
    switch (transactionTable[at: place].state, takeover) {
    case (.open, .keepPrepared): end(place, by: .abort, at: instant)
    case (.open, .end(let decision)), (.prepared, .end(let decision)):
      end(place, by: decision, at: instant)
    case (.prepared, .keepPrepared), (.empty, _), (.committed, _), (.aborted, _): break
    }
    fence(place, at: instant)
    transactionTable[at: place].timeout = timeout
    return transactionTable[at: place].producer
  }

  /// Begins a transaction.
  ///
  /// *Simplified:* in Kafka it begins for the broker with its first partition.
  ///
  /// - Throws: `LogError.unknownTransactionalID`, `LogError.producerFenced`,
  ///   `LogError.unfinishedTransaction`.
  public mutating func beginTransaction(
    of transactionalID: String,
    producer: ProducerIdentity,
    at instant: Int64
  ) throws(LogError) -> LogTransaction {
    guard let place = transactionTable.index(of: transactionalID) else {
      throw .unknownTransactionalID(transactionalID)
    }
    var entry = transactionTable[at: place]
    guard producer == entry.producer else {
      throw .producerFenced(producer, current: entry.producer)
    }
    guard !entry.state.isUnfinished else {
      throw .unfinishedTransaction(transactionalID: transactionalID, state: entry.state)
    }
    entry.previous = entry.state
    entry.state = .open
    entry.number += 1
    entry.owner = producer
    entry.startedAt = instant
    entry.changedAt = instant
    transactionTable[at: place] = entry
    return LogTransaction(
      transactionalID: transactionalID,
      producer: producer,
      number: entry.number
    )
  }

  /// Closes a transaction to further records, and keeps it for a decision: the first of two phases.
  ///
  /// A prepared transaction does not expire. To prepare it again changes nothing.
  /// *Source:* `prepareTransaction` of KIP-939.
  ///
  /// - Throws: `LogError.unknownTransactionalID`, `LogError.unknownTransaction`,
  ///   `LogError.producerFenced`, `LogError.transactionNotOpen`.
  public mutating func prepare(
    _ transaction: LogTransaction,
    at instant: Int64
  ) throws(LogError) {
    if try state(of: transaction) == .prepared { return }
    let place = try openEntry(of: transaction)
    transactionTable[at: place].state = .prepared
    transactionTable[at: place].changedAt = instant
  }

  /// Makes a transaction's records visible; false when they are already.
  ///
  /// A prepared transaction can be committed by whoever has its name, after a takeover too: that it
  /// is committed was decided elsewhere. *Source:* `EndTxn`; `completeTransaction` of KIP-939.
  ///
  /// - Throws: `LogError.unknownTransactionalID`, `LogError.unknownTransaction`,
  ///   `LogError.producerFenced` when a takeover aborted it, `LogError.transactionAborted`.
  @discardableResult
  public mutating func commit(
    _ transaction: LogTransaction,
    at instant: Int64
  ) throws(LogError) -> Bool {
    let (place, state) = try entry(of: transaction)
    switch state {
    case .committed: return false
    case .open, .prepared:
      end(place, by: .commit, at: instant)
      return true
    case .aborted, .empty:
      try requireCurrent(transaction, place)
      throw .transactionAborted(transaction)
    }
  }

  /// Ends a transaction so that its records are visible to no reader of committed ones; false when
  /// it ended this way before.
  ///
  /// *Source:* `EndTxn`.
  ///
  /// - Throws: `LogError.unknownTransactionalID`, `LogError.unknownTransaction`,
  ///   `LogError.transactionCommitted`.
  @discardableResult
  public mutating func abort(
    _ transaction: LogTransaction,
    at instant: Int64
  ) throws(LogError) -> Bool {
    let (place, state) = try entry(of: transaction)
    switch state {
    case .aborted, .empty: return false
    case .open, .prepared:
      end(place, by: .abort, at: instant)
      return true
    case .committed: throw .transactionCommitted(transaction)
    }
  }

  /// What a transaction is at.
  ///
  /// Of each transactional id the latest transaction and the one before are remembered.
  ///
  /// - Throws: `LogError.unknownTransactionalID`, `LogError.unknownTransaction`.
  public func state(of transaction: LogTransaction) throws(LogError) -> TransactionState {
    try entry(of: transaction).state
  }
}

// MARK: - Entries

extension PartitionedLog {
  /// The place of an open transaction's entry, for its producer.
  func openEntry(of transaction: LogTransaction) throws(LogError) -> Int {
    let (place, state) = try entry(of: transaction)
    try requireCurrent(transaction, place)
    guard state == .open else { throw .transactionNotOpen(transaction, state: state) }
    return place
  }

  private func requireCurrent(_ transaction: LogTransaction, _ place: Int) throws(LogError) {
    let current = transactionTable[at: place].producer
    guard transaction.producer == current else {
      throw .producerFenced(transaction.producer, current: current)
    }
  }

  private func entry(
    of transaction: LogTransaction
  ) throws(LogError) -> (place: Int, state: TransactionState) {
    guard let place = transactionTable.index(of: transaction.transactionalID) else {
      throw .unknownTransactionalID(transaction.transactionalID)
    }
    let entry = transactionTable[at: place]
    if transaction.number == entry.number, transaction.number > 0 {
      guard transaction.producer == entry.owner else { throw .unknownTransaction(transaction) }
      return (place, entry.state)
    }
    if transaction.number == entry.number - 1, transaction.number > 0 {
      return (place, entry.previous)
    }
    // Older ones ended somehow; whose producer is fenced learns that first.
    if transaction.number < entry.number { try requireCurrent(transaction, place) }
    throw .unknownTransaction(transaction)
  }

  /// Writes the markers, partition by partition in their order, and counts the offsets.
  mutating func end(_ place: Int, by decision: TransactionDecision, at instant: Int64) {
    let entry = transactionTable[at: place]
    for partition in entry.partitions {
      guard let (topic, number) = try? locate(partition) else { continue }
      let segmentRecords = topicTable[at: topic].options.segmentRecords
      topicTable[at: topic].partitions[number].end(
        entry.owner,
        by: decision,
        at: instant,
        segmentRecords: segmentRecords
      )
    }
    if decision == .commit {
      for pending in entry.offsets {
        note(pending.offset, of: pending.partition, group: pending.group)
      }
    }
    transactionTable[at: place].state = decision == .commit ? .committed : .aborted
    transactionTable[at: place].partitions = []
    transactionTable[at: place].offsets = []
    transactionTable[at: place].changedAt = instant
  }

  /// Fences the producer of an entry.
  ///
  /// When its epochs are used up, the next one gets a number of its own. *Source:* Kafka
  /// `TransactionMetadata.prepareIncrementProducerEpoch`.
  mutating func fence(_ place: Int, at instant: Int64) {
    let producer = transactionTable[at: place].producer
    transactionTable[at: place].changedAt = instant
    transactionTable[at: place].producer =
      producer.epoch < .max - 1
      ? ProducerIdentity(id: producer.id, epoch: producer.epoch + 1) : openProducer()
  }
}
