import EventLog
import Foundation
import SimulationKernel
import TestSupport
import Testing

/// Random operations on the log and on the naive one, which must agree on every answer.
@Suite struct LogSearchTests {
  @Test func agreesWithTheNaiveLog() throws {
    for seed in 0..<UInt64(Draws.runs(byDay: 300, search: 20_000)) {
      var search = try LogSearch(seed: seed)
      for _ in 0..<32 { try search.step() }
      try search.finish()
    }
  }
}

/// One sequence of operations.
private struct LogSearch {
  let seed: UInt64
  var random: RandomStream
  var log = PartitionedLog()
  var naive: NaiveLog
  var instant: Int64 = 0
  /// Every producer that was ever opened, by transactional id.
  var opened: [(id: String, producer: ProducerIdentity)] = []
  /// Producers without a transactional id, with the next sequence number of each partition.
  var numbered: [(producer: ProducerIdentity, next: [Int32])] = []
  /// What readers of committed records saw so far, by partition and offset.
  var promised: [[Int64: Seen]]
  var ends: [Int64]

  init(seed: UInt64) throws {
    self.seed = seed
    random = RandomStream(seed: seed, name: "log search")
    let partitions = 1 + random.below(3)
    let limits = RetentionLimits(
      records: random.chance(1, in: 3) ? random.below(12) : nil,
      bytes: random.chance(1, in: 3) ? random.below(500) : nil,
      age: random.chance(1, in: 3) ? Int64(random.below(60)) : nil
    )
    let segmentRecords = 1 + random.below(6)
    naive = NaiveLog(
      partitions: partitions,
      segmentRecords: segmentRecords,
      limits: limits,
      timeout: 25
    )
    try log.createTopic(
      "t",
      partitions: partitions,
      options: TopicOptions(segmentRecords: segmentRecords, retention: limits)
    )
    promised = Array(repeating: [:], count: partitions)
    ends = Array(repeating: 0, count: partitions)
  }

  mutating func step() throws {
    instant += Int64(random.below(6))
    let before = log
    let (mine, expected) = try operate()
    #expect(mine == expected, "seed \(seed)")
    if case .refused = mine { #expect(log == before, "seed \(seed): a refusal changed the log") }
    try check(random.below(naive.ends.count))
  }

  mutating func finish() throws {
    for partition in naive.ends.indices { try check(partition) }
    // Text formats take their time.
    guard seed % 4 == 0 else { return }
    let text = try JSONEncoder().encode(log)
    let again = try JSONDecoder().decode(PartitionedLog.self, from: text)
    #expect(again == log && again.description == log.description, "seed \(seed)")
  }

  // MARK: - Operations

  private mutating func operate() throws -> (Outcome, Outcome) {
    switch random.below(20) {
    case 0...2: return append(.anonymous)
    case 3...5: return appendNumbered()
    case 6...10:
      guard let place = somewhere() else { return append(.anonymous) }
      let sequence = random.chance(1, in: 8) ? Int32(random.below(4)) : nil
      return append(.transaction(naive.transactions[place].name, sequence: sequence))
    case 11: return open()
    case 12, 13: return begin()
    case 14, 15: return end()
    case 16: return commitOffset()
    case 17:
      let (id, decision) = (someID(), someDecision())
      let mine = outcome { .done(try log.recover(id, by: decision, at: instant) != nil) }
      return (mine, naive.recover(id, decision, at: instant))
    case 18:
      log.abortExpired(at: instant)
      naive.abortExpired(at: instant)
    default:
      log.applyRetention(at: instant)
      naive.applyRetention(at: instant)
    }
    return (.done(true), .done(true))
  }

  private mutating func append(_ origin: RecordOrigin, _ wanted: Int? = nil) -> (Outcome, Outcome) {
    let partition = wanted ?? random.below(naive.ends.count)
    let key: [UInt8]? =
      random.chance(1, in: 2) ? nil : (0..<random.below(4)).map { _ in UInt8(random.below(256)) }
    let value = (0..<random.below(5)).map { _ in UInt8(random.below(256)) }
    let timestamp = instant - Int64(random.below(10))
    let mine = outcome {
      .offset(
        try log.append(
          key: key,
          value: value,
          timestamp: timestamp,
          to: TopicPartition("t", partition),
          from: origin
        )
      )
    }
    return (mine, naive.append(partition, timestamp, key, value, origin))
  }

  private mutating func appendNumbered() -> (Outcome, Outcome) {
    if numbered.isEmpty || random.chance(1, in: 12) {
      let producer = log.openProducer()
      #expect(producer == ProducerIdentity(id: naive.producers, epoch: 0))
      naive.producers += 1
      numbered.append((producer, naive.ends.map { _ in 0 }))
      return (.done(true), .done(true))
    }
    let place = random.below(numbered.count)
    let partition = random.below(naive.ends.count)
    let next = numbered[place].next[partition]
    let sequence =
      random.chance(2, in: 3) || next == 0 ? next : max(0, next - 7 + Int32(random.below(10)))
    let origin = RecordOrigin.idempotent(numbered[place].producer, sequence: sequence)
    let found = append(origin, partition)
    if sequence == next { numbered[place].next[partition] += 1 }
    return found
  }

  private mutating func open() -> (Outcome, Outcome) {
    let id = someID()
    let takeover: TransactionTakeover =
      random.chance(1, in: 2) ? .keepPrepared : .end(someDecision())
    let producer = log.openProducer(of: id, timeout: 25, takeover: takeover, at: instant)
    naive.open(id, takeover, at: instant)
    #expect(producer == naive.current[id], "seed \(seed)")
    opened.append((id, producer))
    return (.done(true), .done(true))
  }

  private mutating func begin() -> (Outcome, Outcome) {
    guard !opened.isEmpty else { return open() }
    // Mostly one of the latest producers, now and then one that is fenced.
    let recent = min(opened.count, random.chance(1, in: 6) ? opened.count : 2)
    let (id, producer) = opened[opened.count - 1 - random.below(recent)]
    let expected = naive.begin(id, producer, at: instant)
    let mine = outcome {
      let name = try log.beginTransaction(of: id, producer: producer, at: instant)
      #expect(name == naive.transactions.last?.name, "seed \(seed)")
      return .done(true)
    }
    return (mine, expected)
  }

  private mutating func end() -> (Outcome, Outcome) {
    guard let place = somewhere() else { return begin() }
    let name = naive.transactions[place].name
    switch random.below(4) {
    case 0:
      let mine = outcome {
        try log.prepare(name, at: instant)
        return .done(true)
      }
      return (mine, naive.prepare(place))
    case 1:
      let mine = outcome { .done(try log.abort(name, at: instant)) }
      return (mine, naive.finish(place, .abort, at: instant))
    default:
      let mine = outcome { .done(try log.commit(name, at: instant)) }
      return (mine, naive.finish(place, .commit, at: instant))
    }
  }

  private mutating func commitOffset() -> (Outcome, Outcome) {
    let partition = random.below(naive.ends.count)
    let place = random.chance(1, in: 2) ? somewhere() : nil
    let name = TopicPartition("t", partition)
    let mine = outcome {
      if let place {
        let transaction = naive.transactions[place].name
        try log.commitOffset(instant, of: name, group: "g", in: transaction)
      } else {
        try log.commitOffset(instant, of: name, group: "g")
      }
      return .done(true)
    }
    return (mine, naive.commitOffset(instant, partition, in: place))
  }

  /// A transaction, mostly one of the last few.
  private mutating func somewhere() -> Int? {
    let count = naive.transactions.count
    guard count > 0 else { return nil }
    return count - 1 - random.below(random.chance(1, in: 5) ? count : min(count, 3))
  }

  private mutating func someID() -> String { ["a", "b", "c"][random.below(3)] }

  private mutating func someDecision() -> TransactionDecision {
    random.chance(1, in: 2) ? .commit : .abort
  }

  private func outcome(_ body: () throws -> Outcome) -> Outcome {
    do {
      return try body()
    } catch let error as LogError {
      return .refused(error)
    } catch {
      Issue.record("seed \(seed): \(error)")
      return .done(false)
    }
  }

  // MARK: - Properties

  private mutating func check(_ partition: Int) throws {
    let name = TopicPartition("t", partition)
    let start = try log.startOffset(of: name)
    let end = try log.highWatermark(of: name)
    let stable = try log.lastStableOffset(of: name)
    let isAsExpected =
      start == naive.starts[partition] && end == naive.ends[partition]
      && stable == naive.stable(partition)
      && log.committedOffset(of: name, group: "g") == naive.committed[partition]
    #expect(isAsExpected, "seed \(seed)")
    #expect(end >= ends[partition], "seed \(seed): the end moved back")
    ends[partition] = end
    let from = start + Int64(random.below(Int(end - start) + 1))
    for isolation in IsolationLevel.allCases {
      let seen = try log.seen(name, from: from, isolation).records
      let expected = naive.seen(partition, from: from, isolation)
      #expect(seen == expected, "seed \(seed), \(isolation)")
      let limit = 1 + random.below(4)
      let some = try log.seen(name, from: from, isolation, limit: limit)
      let rest = try log.seen(name, from: some.next, isolation).records
      #expect(some.records.count <= limit && some.records + rest == seen, "seed \(seed)")
    }
    try checkPromises(partition, name, start)
  }

  /// Offsets increase, committed records are among all records, and what was read once is read
  /// again until retention takes it.
  private mutating func checkPromises(
    _ partition: Int,
    _ name: TopicPartition,
    _ start: Int64
  ) throws {
    let all = try log.seen(name).records
    let committed = try log.seen(name, from: nil, .readCommitted).records
    let offsets = all.map(\.offset)
    #expect(zip(offsets, offsets.dropFirst()).allSatisfy { $0 < $1 }, "seed \(seed)")
    var rest = all[...]
    for record in committed {
      guard let place = rest.firstIndex(of: record) else {
        Issue.record("seed \(seed): \(record) is committed and nowhere")
        return
      }
      rest = rest[(place + 1)...]
    }
    let now = Dictionary(uniqueKeysWithValues: committed.map { ($0.offset, $0) })
    let isKept = promised[partition].allSatisfy { $0.key < start || now[$0.key] == $0.value }
    #expect(isKept, "seed \(seed): a committed record changed or is gone")
    promised[partition] = now
  }
}
