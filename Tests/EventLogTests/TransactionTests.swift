import EventLog
import Testing

@Suite struct TransactionTests {
  /// A log with a transaction of "sink" that holds the value 1 in both partitions.
  private func begun() throws -> (log: PartitionedLog, transaction: LogTransaction) {
    var log = try PartitionedLog.withTopic()
    let producer = log.openProducer(of: "sink", timeout: 100, at: 0)
    let transaction = try log.beginTransaction(of: "sink", producer: producer, at: 0)
    for partition in [first, second] {
      try log.append(value: [1], timestamp: 0, to: partition, from: .transaction(transaction))
    }
    return (log, transaction)
  }

  @Test func showsCommittedRecordsOnly() throws {
    var (log, transaction) = try begun()
    try log.append(value: [2], timestamp: 0, to: first)
    #expect(try log.values(first) == [])
    #expect(try log.values(first, .readUncommitted) == [1, 2])
    #expect(try log.lastStableOffset(of: first) == 0)
    #expect(try log.commit(transaction, at: 1))
    #expect(try log.values(first) == [1, 2])
    #expect(try log.values(second) == [1])
    #expect(try log.highWatermark(of: first) == 3, "the marker takes an offset")
    #expect(try log.seen(first, .readCommitted).next == 3)
  }

  @Test func hidesAbortedRecords() throws {
    var (log, transaction) = try begun()
    try log.append(value: [2], timestamp: 0, to: first)
    #expect(try log.abort(transaction, at: 1))
    #expect(try log.values(first) == [2])
    #expect(try log.values(second) == [])
    #expect(try log.values(second, .readUncommitted) == [1])
    let producer = transaction.producer
    let next = try log.beginTransaction(of: "sink", producer: producer, at: 2)
    try log.append(value: [3], timestamp: 2, to: first, from: .transaction(next))
    try log.commit(next, at: 3)
    #expect(try log.values(first) == [2, 3])
    #expect(try log.seen(first, from: 2, .readCommitted).records.map(\.offset) == [3])
  }

  @Test func waitsForTheEarliestOpenTransaction() throws {
    var (log, transaction) = try begun()
    let other = log.openProducer(of: "other", at: 0)
    let later = try log.beginTransaction(of: "other", producer: other, at: 0)
    try log.append(value: [5], timestamp: 0, to: first, from: .transaction(later))
    try log.commit(later, at: 1)
    #expect(try log.values(first) == [])
    try log.abort(transaction, at: 2)
    #expect(try log.values(first) == [5])
  }

  @Test func endsOnce() throws {
    var (log, transaction) = try begun()
    #expect(try log.commit(transaction, at: 1))
    let before = log
    #expect(try !log.commit(transaction, at: 2))
    #expect(log == before)
    #expect(throws: LogError.transactionCommitted(transaction)) {
      try log.abort(transaction, at: 2)
    }
    let next = try log.beginTransaction(of: "sink", producer: transaction.producer, at: 3)
    #expect(try !log.commit(transaction, at: 3), "the one before is remembered")
    #expect(try log.abort(next, at: 3))
    #expect(throws: LogError.transactionAborted(next)) { try log.commit(next, at: 3) }
    _ = try log.beginTransaction(of: "sink", producer: transaction.producer, at: 3)
    #expect(throws: LogError.unknownTransaction(transaction)) {
      try log.commit(transaction, at: 3)
    }
  }

  @Test func fencesTheOlderProducer() throws {
    var (log, transaction) = try begun()
    let newer = log.openProducer(of: "sink", at: 1)
    #expect(newer == ProducerIdentity(id: 0, epoch: 1))
    let fenced = LogError.producerFenced(transaction.producer, current: newer)
    #expect(try log.state(of: transaction) == .aborted)
    #expect(throws: fenced) {
      try log.append(value: [], timestamp: 0, to: first, from: .transaction(transaction))
    }
    #expect(throws: fenced) { try log.prepare(transaction, at: 1) }
    #expect(throws: fenced) { try log.commit(transaction, at: 1) }
    #expect(throws: fenced) {
      try log.beginTransaction(of: "sink", producer: transaction.producer, at: 1)
    }
    #expect(
      "\(fenced)" == "producer 0 of epoch 0 is fenced, producer 0 of epoch 1 took over"
    )
    #expect(try log.values(first) == [])
  }

  @Test func aPreparedTransactionSurvivesATakeover() throws {
    var (log, transaction) = try begun()
    try log.prepare(transaction, at: 1)
    try log.prepare(transaction, at: 1)
    #expect(throws: LogError.transactionNotOpen(transaction, state: .prepared)) {
      try log.append(value: [], timestamp: 0, to: first, from: .transaction(transaction))
    }
    #expect(log.abortExpired(at: 1_000_000) == [])
    let newer = log.openProducer(of: "sink", takeover: .keepPrepared, at: 2)
    #expect(log.unfinishedTransactions.map(\.transaction) == [transaction])
    #expect(
      throws: LogError.unfinishedTransaction(transactionalID: "sink", state: .prepared)
    ) {
      try log.beginTransaction(of: "sink", producer: newer, at: 2)
    }
    #expect(try log.values(first) == [])
    #expect(try log.commit(transaction, at: 3))
    #expect(try log.values(first) == [1])
    let next = try log.beginTransaction(of: "sink", producer: newer, at: 4)
    try log.append(value: [2], timestamp: 4, to: first, from: .transaction(next))
    #expect(try !log.commit(transaction, at: 4))
    try log.commit(next, at: 5)
    #expect(try log.values(first) == [1, 2])
  }

  @Test(arguments: [TransactionDecision.commit, .abort], [false, true])
  func recoversAsDecided(_ decision: TransactionDecision, _ isPrepared: Bool) throws {
    var (log, transaction) = try begun()
    if isPrepared { try log.prepare(transaction, at: 1) }
    #expect(log.unfinishedTransactions.map(\.state) == [isPrepared ? .prepared : .open])
    #expect(log.unfinishedTransactions.map(\.partitions) == [[first, second]])
    #expect(try log.recover("sink", by: decision, at: 2) == transaction)
    #expect(try log.recover("sink", by: decision, at: 2) == nil)
    #expect(try log.values(first) == (decision == .commit ? [1] : []))
    #expect(throws: LogError.self) {
      try log.append(value: [], timestamp: 0, to: first, from: .transaction(transaction))
    }
    #expect(throws: LogError.unknownTransactionalID("x")) {
      try log.recover("x", by: .abort, at: 2)
    }
  }

  @Test func abortsWhatTookTooLong() throws {
    var (log, transaction) = try begun()
    #expect(log.abortExpired(at: 100) == [])
    #expect(log.abortExpired(at: 101) == [transaction])
    #expect(try log.state(of: transaction) == .aborted)
    #expect(throws: LogError.self) {
      try log.append(value: [], timestamp: 0, to: first, from: .transaction(transaction))
    }
  }

  @Test func commitsOffsetsWithItsRecords() throws {
    var (log, transaction) = try begun()
    try log.commitOffset(7, of: second, group: "g", in: transaction)
    try log.commitOffset(8, of: second, group: "g", in: transaction)
    #expect(log.committedOffset(of: second, group: "g") == nil)
    #expect(throws: LogError.topicInTransaction(topic: "t", transactionalID: "sink")) {
      try log.deleteTopic("t")
    }
    try log.commit(transaction, at: 1)
    #expect(log.committedOffset(of: second, group: "g") == 8)
    try log.deleteTopic("t")
    #expect(log.committedOffset(of: second, group: "g") == nil)
  }

  @Test func getsANewNumberWhenEpochsAreUsedUp() throws {
    var log = try PartitionedLog.withTopic()
    var producer = log.openProducer(of: "sink", at: 0)
    for _ in 0..<Int(Int16.max) { producer = log.openProducer(of: "sink", at: 0) }
    #expect(producer == ProducerIdentity(id: 1, epoch: 0))
  }

  // MARK: - Sequence numbers

  @Test func appendsWhatIsSentTwiceOnce() throws {
    var log = try PartitionedLog.withTopic()
    let producer = log.openProducer()
    func send(_ sequence: Int32) throws -> Int64 {
      try log.append(
        value: [UInt8(sequence)],
        timestamp: 0,
        to: first,
        from: .idempotent(producer, sequence: sequence)
      )
    }
    for sequence: Int32 in 0..<7 {
      #expect(try send(sequence) == 2 * Int64(sequence))
      try log.append(value: [99], timestamp: 0, to: first)
    }
    for sequence: Int32 in 2..<7 { #expect(try send(sequence) == 2 * Int64(sequence)) }
    func outOfOrder(_ found: Int32) -> LogError {
      .outOfOrderSequence(producer, partition: first, expected: 7, found: found)
    }
    #expect(throws: outOfOrder(1), "only five are remembered") { try send(1) }
    #expect(throws: outOfOrder(8)) { try send(8) }
    #expect(try log.highWatermark(of: first) == 14)
    let stranger = ProducerIdentity(id: 5, epoch: 0)
    #expect(throws: LogError.unknownProducer(stranger)) {
      try log.append(
        value: [],
        timestamp: 0,
        to: first,
        from: .idempotent(stranger, sequence: 0)
      )
    }
  }

  @Test func countsOnFromZeroAfterTheLastNumber() throws {
    var log = try PartitionedLog.withTopic()
    let producer = log.openProducer()
    for (offset, sequence) in [Int32.max - 1, .max, 0, 1, .max].enumerated() {
      let found = try log.append(
        value: [],
        timestamp: 0,
        to: first,
        from: .idempotent(producer, sequence: sequence)
      )
      #expect(found == (offset == 4 ? 1 : Int64(offset)))
    }
  }

  @Test func aNewEpochCountsFromZero() throws {
    var log = try PartitionedLog.withTopic()
    let old = log.openProducer()
    let new = ProducerIdentity(id: old.id, epoch: 1)
    try log.append(value: [], timestamp: 0, to: first, from: .idempotent(old, sequence: 4))
    #expect(
      throws: LogError.outOfOrderSequence(new, partition: first, expected: 0, found: 5)
    ) {
      try log.append(value: [], timestamp: 0, to: first, from: .idempotent(new, sequence: 5))
    }
    try log.append(value: [], timestamp: 0, to: first, from: .idempotent(new, sequence: 0))
    #expect(throws: LogError.producerFenced(old, current: new)) {
      try log.append(value: [], timestamp: 0, to: first, from: .idempotent(old, sequence: 5))
    }
  }

  @Test func aProducerInATransactionAppendsInIt() throws {
    var (log, transaction) = try begun()
    let producer = transaction.producer
    #expect(throws: LogError.transactionalWriteExpected(producer, partition: first)) {
      try log.append(value: [], timestamp: 0, to: first, from: .idempotent(producer, sequence: 1))
    }
    let twice = RecordOrigin.transaction(transaction, sequence: 0)
    #expect(try log.append(value: [1], timestamp: 0, to: first, from: twice) == 0)
    #expect(try log.highWatermark(of: first) == 1)
  }

  @Test func forgetsWhoWasSilentForLong() throws {
    var (log, transaction) = try begun()
    log.forgetProducers(idleSince: 50)
    #expect(try log.state(of: transaction) == .open, "what is open stays")
    try log.commit(transaction, at: 10)
    log.forgetProducers(idleSince: 50)
    #expect(throws: LogError.unknownTransactionalID("sink")) { try log.state(of: transaction) }
  }
}
