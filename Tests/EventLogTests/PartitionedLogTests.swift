import EventLog
import Foundation
import Testing

/// What a reader saw, to be compared.
struct Seen: Equatable {
  let offset: Int64
  let timestamp: Int64
  let key: [UInt8]?
  let value: [UInt8]
}

extension PartitionedLog {
  /// All that a reader sees from an offset on.
  func seen(
    _ partition: TopicPartition,
    from offset: Int64? = nil,
    _ isolation: IsolationLevel = .readUncommitted,
    limit: Int = .max
  ) throws -> (records: [Seen], next: Int64) {
    var records: [Seen] = []
    let start = try offset ?? startOffset(of: partition)
    let next = try read(partition, from: start, isolation: isolation, maximumRecords: limit) {
      records.append(
        Seen(
          offset: $0.offset,
          timestamp: $0.timestamp,
          key: $0.copiedKey,
          value: $0.copiedValue
        )
      )
    }
    return (records, next)
  }

  /// The first byte of each value that a reader sees.
  func values(
    _ partition: TopicPartition,
    _ isolation: IsolationLevel = .readCommitted
  ) throws -> [UInt8] {
    try seen(partition, isolation).records.compactMap(\.value.first)
  }

  static func withTopic(
    partitions: Int = 2,
    options: TopicOptions = TopicOptions()
  ) throws -> PartitionedLog {
    var log = PartitionedLog()
    try log.createTopic("t", partitions: partitions, options: options)
    return log
  }
}

let first = TopicPartition("t", 0)
let second = TopicPartition("t", 1)

@Suite struct PartitionedLogTests {
  @Test func keepsWhatWasAppended() throws {
    var log = try PartitionedLog.withTopic()
    #expect(try log.append(key: [1, 2], value: [3], timestamp: 10, to: first) == 0)
    #expect(try log.append(value: [], timestamp: -5, to: first) == 1)
    #expect(try log.append(key: [], value: [4], timestamp: 12, to: second) == 0)
    let seen = try log.seen(first)
    #expect(
      seen.records == [
        Seen(offset: 0, timestamp: 10, key: [1, 2], value: [3]),
        Seen(offset: 1, timestamp: -5, key: nil, value: []),
      ]
    )
    #expect(seen.next == 2)
    #expect(try log.seen(second).records.map(\.key) == [[]])
    #expect(try log.byteCount(of: first) == 2 * 32 + 3)
  }

  @Test func beginsSegmentsByTheirNumberOfRecords() throws {
    var log = try PartitionedLog.withTopic(options: TopicOptions(segmentRecords: 3))
    for index in 0..<7 { try log.append(value: [UInt8(index)], timestamp: 0, to: first) }
    #expect(try log.segmentOffsets(of: first) == [0, 3, 6])
    #expect(try log.seen(first, from: 2, limit: 3).records.map(\.offset) == [2, 3, 4])
    #expect(try log.seen(first, from: 2, limit: 3).next == 5)
    #expect(try log.seen(first, from: 7).records.isEmpty)
  }

  @Test func refusesWhatIsNotThere() throws {
    var log = try PartitionedLog.withTopic()
    #expect(throws: LogError.topicExists("t")) { try log.createTopic("t", partitions: 1) }
    #expect(throws: LogError.unknownTopic("u")) { try log.partitions(of: "u") }
    #expect(throws: LogError.unknownPartition(TopicPartition("t", 2))) {
      try log.append(value: [], timestamp: 0, to: TopicPartition("t", 2))
    }
    #expect(throws: LogError.offsetOutOfRange(first, offset: 1, earliest: 0, latest: 0)) {
      try log.read(first, from: 1) { _ in }
    }
    #expect(throws: LogError.invalidPartitionCount(topic: "t", partitions: 1, atLeast: 2)) {
      try log.expandTopic("t", toPartitions: 1)
    }
    try log.createTopic("small", partitions: 1, options: TopicOptions(maximumRecordBytes: 3))
    let small = TopicPartition("small", 0)
    #expect(throws: LogError.recordTooLarge(small, bytes: 4, limit: 3)) {
      try log.append(key: [1, 2], value: [3, 4], timestamp: 0, toTopic: "small")
    }
    let error = LogError.offsetOutOfRange(first, offset: 1, earliest: 3, latest: 9)
    #expect("\(error)" == "offset 1 is out of the range of t-0, which is 3 to 9")
  }

  @Test func stopsWhereTheReaderThrows() throws {
    struct Enough: Error {}
    var log = try PartitionedLog.withTopic()
    for _ in 0..<5 { try log.append(value: [], timestamp: 0, to: first) }
    var count = 0
    #expect(throws: Enough.self) {
      try log.read(first, from: 0) { _ in
        count += 1
        if count == 2 { throw Enough() }
      }
    }
    #expect(count == 2)
  }

  @Test func findsOffsetsByTime() throws {
    var log = try PartitionedLog.withTopic(options: TopicOptions(segmentRecords: 2))
    for time: Int64 in [10, 30, 20, 40] { try log.append(value: [], timestamp: time, to: first) }
    let found = try [5, 11, 30, 31, 41].map { try log.firstOffset(of: first, atOrAfter: $0) }
    #expect(found == [0, 1, 1, 3, nil])
  }

  @Test func aCopyIsAValue() throws {
    var log = try PartitionedLog.withTopic()
    try log.append(value: [1], timestamp: 0, to: first)
    let copy = log
    try log.append(value: [2], timestamp: 0, to: first)
    #expect(try copy.values(first) == [1])
    #expect(try log.values(first) == [1, 2])
  }

  // MARK: - Retention

  @Test func givesUpWholeSegmentsByCount() throws {
    var log = try filled(RetentionLimits(records: 4))
    let steps = log.applyRetention(at: 0)
    #expect(steps.map(\.startOffsets) == [[0, 6]])
    #expect(steps.map(\.bytes) == [6 * 33])
    #expect(try log.seen(first).records.map(\.offset) == [6, 7, 8, 9])
    #expect(log.applyRetention(at: 0).isEmpty)
    #expect(throws: LogError.offsetOutOfRange(first, offset: 5, earliest: 6, latest: 10)) {
      try log.read(first, from: 5) { _ in }
    }
  }

  @Test func givesUpWholeSegmentsByBytes() throws {
    var log = try filled(RetentionLimits(bytes: 5 * 33))
    log.applyRetention(at: 0)
    #expect(try log.startOffset(of: first) == 3)
  }

  @Test func givesUpWholeSegmentsByAge() throws {
    var log = try filled(RetentionLimits(age: 100))
    log.applyRetention(at: 105)
    #expect(try log.startOffset(of: first) == 3)
    log.applyRetention(at: 1000)
    #expect(try log.segmentOffsets(of: first) == [10])
    #expect(try log.append(value: [], timestamp: 0, to: first) == 10)
  }

  @Test func keepsWhatATransactionIsAt() throws {
    var log = try PartitionedLog.withTopic(
      options: TopicOptions(segmentRecords: 2, retention: RetentionLimits(records: 0))
    )
    for _ in 0..<3 { try log.append(value: [1], timestamp: 0, to: first) }
    let producer = log.openProducer(of: "x", at: 0)
    let transaction = try log.beginTransaction(of: "x", producer: producer, at: 0)
    try log.append(value: [2], timestamp: 0, to: first, from: .transaction(transaction))
    for _ in 0..<3 { try log.append(value: [3], timestamp: 0, to: first) }
    log.applyRetention(at: 0)
    #expect(try log.startOffset(of: first) == 2)
    try log.commit(transaction, at: 0)
    log.applyRetention(at: 0)
    #expect(try log.segmentOffsets(of: first) == [8])
  }

  /// Ten records of one byte, in segments of three, at the instants 0 to 9.
  private func filled(_ limits: RetentionLimits) throws -> PartitionedLog {
    var log = try PartitionedLog.withTopic(
      options: TopicOptions(segmentRecords: 3, retention: limits)
    )
    for index in 0..<10 {
      try log.append(value: [UInt8(index)], timestamp: Int64(index), to: first)
    }
    return log
  }

  // MARK: - Snapshot

  @Test func comesBackFromASnapshot() throws {
    var log = try PartitionedLog.withTopic(options: TopicOptions(segmentRecords: 2))
    let producer = log.openProducer(of: "x", at: 0)
    for round in 0..<4 {
      let transaction = try log.beginTransaction(of: "x", producer: producer, at: 0)
      try log.append(
        key: [7],
        value: Array(repeating: 9, count: round),
        timestamp: 1,
        toTopic: "t",
        in: transaction
      )
      try log.commitOffset(5, of: second, group: "g", in: transaction)
      if round < 3 {
        _ = try round == 1 ? log.abort(transaction, at: 2) : log.commit(transaction, at: 2)
      }
    }
    let text = try JSONEncoder().encode(log)
    var again = try JSONDecoder().decode(PartitionedLog.self, from: text)
    #expect(again == log)
    #expect(again.description == log.description)
    try log.recover("x", by: .commit, at: 3)
    try again.recover("x", by: .commit, at: 3)
    #expect(again == log)
  }

  @Test func refusesABrokenSnapshot() throws {
    var log = try PartitionedLog.withTopic()
    try log.append(value: [1], timestamp: 0, to: first)
    let text = String(decoding: try JSONEncoder().encode(log), as: UTF8.self)
    let broken = text.replacing("\"byteCount\":33", with: "\"byteCount\":34")
    #expect(broken != text)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(PartitionedLog.self, from: Data(broken.utf8))
    }
  }

  @Test func describesItselfInOneOrder() throws {
    var log = try PartitionedLog.withTopic(partitions: 1)
    let producer = log.openProducer(of: "x", at: 0)
    let transaction = try log.beginTransaction(of: "x", producer: producer, at: 0)
    try log.append(
      key: [10],
      value: [1, 255],
      timestamp: 3,
      to: first,
      from: .transaction(transaction)
    )
    try log.abort(transaction, at: 4)
    try log.append(value: [2], timestamp: 5, to: first)
    try log.commitOffset(2, of: first, group: "g")
    #expect(
      log.description == """
        t-0: 0 to 3, stable 3, segments at 0
          0 at 3 by 0/0 #0 in a transaction key 0a value 01ff
          1 at 4 by 0/0 abort
          2 at 5 value 02
          aborted: producer 0 from 0 to 1
          producer 0 of epoch 0 sent 0
        transactional id x: producer 0 of epoch 0, number 1 aborted
        group g: t-0 at 2
        """
    )
  }
}
