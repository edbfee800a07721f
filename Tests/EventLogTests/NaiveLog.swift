import EventLog

/// What an operation came to.
enum Outcome: Equatable {
  case offset(Int64)
  case done(Bool)
  case refused(LogError)
}

/// The log as simply as it can be said: all records and all transactions with their states, and
/// every answer found by looking at all of them.
struct NaiveLog {
  struct Entry {
    let offset: Int64
    let segment: Int
    let timestamp: Int64
    let key: [UInt8]?
    let value: [UInt8]
    /// The transaction's place among all.
    let transaction: Int?
    let isMarker: Bool
  }

  struct Numbered {
    let epoch: Int16
    let sequence: Int32
    let offset: Int64
  }

  struct Written {
    let name: LogTransaction
    var state: TransactionState
    let startedAt: Int64
    var partitions: Set<Int> = []
    var offsets: [Int: Int64] = [:]
  }

  let segmentRecords: Int
  let limits: RetentionLimits
  let timeout: Int64
  var entries: [[Entry]]
  var ends: [Int64]
  var starts: [Int64]
  var segments: [Int]
  var sent: [[Int64: [Numbered]]]
  var transactions: [Written] = []
  var current: [String: ProducerIdentity] = [:]
  var producers: Int64 = 0
  var committed: [Int: Int64] = [:]

  init(partitions: Int, segmentRecords: Int, limits: RetentionLimits, timeout: Int64) {
    self.segmentRecords = segmentRecords
    self.limits = limits
    self.timeout = timeout
    entries = Array(repeating: [], count: partitions)
    ends = Array(repeating: 0, count: partitions)
    starts = ends
    segments = Array(repeating: 0, count: partitions)
    sent = Array(repeating: [:], count: partitions)
  }

  // MARK: - Reading

  func stable(_ partition: Int) -> Int64 {
    let open = entries[partition].first { entry in
      entry.transaction.map {
        transactions[$0].state == .open || transactions[$0].state == .prepared
      }
        ?? false
    }
    return open?.offset ?? ends[partition]
  }

  func seen(_ partition: Int, from offset: Int64, _ isolation: IsolationLevel) -> [Seen] {
    let stable = stable(partition)
    return entries[partition].filter { entry in
      guard entry.offset >= offset, !entry.isMarker else { return false }
      guard isolation == .readCommitted else { return true }
      return entry.offset < stable
        && (entry.transaction.map { transactions[$0].state == .committed } ?? true)
    }.map { Seen(offset: $0.offset, timestamp: $0.timestamp, key: $0.key, value: $0.value) }
  }

  // MARK: - Appending

  private mutating func write(
    _ partition: Int,
    _ timestamp: Int64,
    _ key: [UInt8]?,
    _ value: [UInt8],
    transaction: Int? = nil,
    isMarker: Bool = false
  ) -> Int64 {
    let inSegment = entries[partition].filter { $0.segment == segments[partition] }.count
    if inSegment >= segmentRecords { segments[partition] += 1 }
    let offset = ends[partition]
    entries[partition].append(
      Entry(
        offset: offset,
        segment: segments[partition],
        timestamp: timestamp,
        key: key,
        value: value,
        transaction: transaction,
        isMarker: isMarker
      )
    )
    ends[partition] += 1
    return offset
  }

  mutating func append(
    _ partition: Int,
    _ timestamp: Int64,
    _ key: [UInt8]?,
    _ value: [UInt8],
    _ origin: RecordOrigin
  ) -> Outcome {
    switch origin {
    case .anonymous: return .offset(write(partition, timestamp, key, value))
    case .idempotent(let producer, let sequence):
      return stamped(partition, timestamp, key, value, producer, sequence, nil)
    case .transaction(let name, let sequence):
      guard let place = transactions.firstIndex(where: { $0.name == name }) else {
        return .refused(.unknownTransaction(name))
      }
      if let refusal = refusal(of: place) { return .refused(refusal) }
      return stamped(partition, timestamp, key, value, name.producer, sequence, place)
    }
  }

  private mutating func stamped(
    _ partition: Int,
    _ timestamp: Int64,
    _ key: [UInt8]?,
    _ value: [UInt8],
    _ producer: ProducerIdentity,
    _ given: Int32?,
    _ transaction: Int?
  ) -> Outcome {
    let all = sent[partition][producer.id] ?? []
    let mine = all.filter { $0.epoch == producer.epoch }
    if let newest = all.last, newest.epoch > producer.epoch {
      return .refused(
        .producerFenced(producer, current: ProducerIdentity(id: producer.id, epoch: newest.epoch))
      )
    }
    let next = mine.last.map { $0.sequence + 1 } ?? 0
    let sequence = given ?? next
    if let twice = mine.suffix(5).first(where: { $0.sequence == sequence }) {
      return .offset(twice.offset)
    }
    if sequence != next, !all.isEmpty {
      let name = TopicPartition("t", partition)
      return .refused(
        .outOfOrderSequence(producer, partition: name, expected: next, found: sequence)
      )
    }
    let offset = write(partition, timestamp, key, value, transaction: transaction)
    sent[partition][producer.id, default: []].append(
      Numbered(epoch: producer.epoch, sequence: sequence, offset: offset)
    )
    if let transaction { transactions[transaction].partitions.insert(partition) }
    return .offset(offset)
  }

  // MARK: - Transactions

  /// Whether the log has forgotten a transaction: it remembers two of each transactional id.
  private func isForgotten(_ place: Int) -> Bool {
    let name = transactions[place].name
    return transactions.filter { $0.name.transactionalID == name.transactionalID }
      .suffix(2).allSatisfy { $0.name != name }
  }

  private func fencing(_ place: Int) -> LogError? {
    let name = transactions[place].name
    guard let newest = current[name.transactionalID], newest != name.producer else { return nil }
    return .producerFenced(name.producer, current: newest)
  }

  /// Why the log refuses to change an open transaction, if it does.
  private func refusal(of place: Int) -> LogError? {
    let written = transactions[place]
    if let fenced = fencing(place) { return fenced }
    if isForgotten(place) { return .unknownTransaction(written.name) }
    return written.state == .open
      ? nil : .transactionNotOpen(written.name, state: written.state)
  }

  mutating func open(_ id: String, _ takeover: TransactionTakeover, at instant: Int64) {
    if let place = unfinished(id) {
      switch takeover {
      case .end(let decision): end(place, decision, at: instant)
      case .keepPrepared:
        if transactions[place].state == .open { end(place, .abort, at: instant) }
      }
    }
    bump(id)
  }

  func unfinished(_ id: String) -> Int? {
    transactions.firstIndex {
      $0.name.transactionalID == id && ($0.state == .open || $0.state == .prepared)
    }
  }

  private mutating func bump(_ id: String) {
    if let producer = current[id] {
      current[id] = ProducerIdentity(id: producer.id, epoch: producer.epoch + 1)
    } else {
      current[id] = ProducerIdentity(id: producers, epoch: 0)
      producers += 1
    }
  }

  mutating func begin(_ id: String, _ producer: ProducerIdentity, at instant: Int64) -> Outcome {
    guard let newest = current[id] else { return .refused(.unknownTransactionalID(id)) }
    if producer != newest { return .refused(.producerFenced(producer, current: newest)) }
    if let place = unfinished(id) {
      return .refused(
        .unfinishedTransaction(transactionalID: id, state: transactions[place].state)
      )
    }
    let count = transactions.filter { $0.name.transactionalID == id }.count
    transactions.append(
      Written(
        name: LogTransaction(transactionalID: id, producer: producer, number: Int64(count + 1)),
        state: .open,
        startedAt: instant
      )
    )
    return .done(true)
  }

  mutating func prepare(_ place: Int) -> Outcome {
    if isForgotten(place) {
      return .refused(fencing(place) ?? .unknownTransaction(transactions[place].name))
    }
    if transactions[place].state == .prepared { return .done(true) }
    if let refusal = refusal(of: place) { return .refused(refusal) }
    transactions[place].state = .prepared
    return .done(true)
  }

  mutating func finish(_ place: Int, _ decision: TransactionDecision, at instant: Int64) -> Outcome
  {
    let name = transactions[place].name
    if isForgotten(place) { return .refused(fencing(place) ?? .unknownTransaction(name)) }
    switch (transactions[place].state, decision) {
    case (.committed, .commit), (.aborted, .abort): return .done(false)
    case (.committed, .abort): return .refused(.transactionCommitted(name))
    case (.aborted, .commit): return .refused(fencing(place) ?? .transactionAborted(name))
    default:
      end(place, decision, at: instant)
      return .done(true)
    }
  }

  private mutating func end(_ place: Int, _ decision: TransactionDecision, at instant: Int64) {
    for partition in transactions[place].partitions.sorted() {
      _ = write(partition, instant, nil, [0, 0, 0, 0, 0, 0], transaction: nil, isMarker: true)
    }
    transactions[place].state = decision == .commit ? .committed : .aborted
    if decision == .commit { committed.merge(transactions[place].offsets) { $1 } }
  }

  mutating func recover(_ id: String, _ decision: TransactionDecision, at instant: Int64) -> Outcome
  {
    guard current[id] != nil else { return .refused(.unknownTransactionalID(id)) }
    guard let place = unfinished(id) else { return .done(false) }
    end(place, decision, at: instant)
    bump(id)
    return .done(true)
  }

  mutating func abortExpired(at instant: Int64) {
    for id in current.keys.sorted() {
      guard let place = unfinished(id), transactions[place].state == .open,
        instant - transactions[place].startedAt > timeout
      else { continue }
      end(place, .abort, at: instant)
      bump(id)
    }
  }

  mutating func commitOffset(_ offset: Int64, _ partition: Int, in place: Int?) -> Outcome {
    if let place {
      if let refusal = refusal(of: place) { return .refused(refusal) }
      transactions[place].offsets[partition] = offset
    } else {
      committed[partition] = offset
    }
    return .done(true)
  }

  // MARK: - Retention

  private func size(_ entry: Entry) -> Int {
    32 + (entry.isMarker ? 4 : entry.key?.count ?? 0) + entry.value.count
  }

  mutating func applyRetention(at instant: Int64) {
    for partition in entries.indices {
      while let oldest = entries[partition].first?.segment {
        let (group, rest) = (
          entries[partition].filter { $0.segment == oldest },
          entries[partition].filter { $0.segment != oldest }
        )
        let end = (group.last?.offset ?? 0) + 1
        let isOld = limits.age.map { instant - (group.map(\.timestamp).max() ?? 0) > $0 } ?? false
        let isSpare =
          limits.records.map { rest.count >= $0 } ?? false
          || limits.bytes.map { rest.reduce(0) { $0 + size($1) } >= $0 } ?? false
        guard end <= stable(partition), isOld || isSpare else { break }
        entries[partition] = rest
        starts[partition] = end
        if rest.isEmpty { segments[partition] += 1 }
      }
    }
  }
}
