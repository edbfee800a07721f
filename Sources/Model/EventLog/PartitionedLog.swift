import SimulationKernel

/// Topics with partitions of records, the groups that read them, and the transactions that write
/// them: what Apache Kafka is used for, as a value.
///
/// Every operation is a function of the value and of what is given: it reads no clock, so whoever
/// calls says what time it is, in milliseconds. What is refused leaves the value as it was. A copy
/// shares its blocks until one of the two changes.
///
/// *Source:* Kafka's protocol guide, KIP-98 (idempotent and transactional producers), KIP-939
/// (prepared transactions). *Simplified:* one broker without replicas, no compaction, records
/// instead of batches. A transaction's markers are written in the call that ends it.
public struct PartitionedLog: Sendable, Codable, Equatable {
  var topicTable = SortedTable<String, TopicLog>()
  var groupTable = SortedTable<String, SortedTable<TopicPartition, Int64>>()
  var transactionTable = SortedTable<String, TransactionEntry>()
  var nextProducerID: Int64 = 0

  /// An empty log.
  public init() {}
}

/// A topic's partitions and options.
struct TopicLog: Sendable, Codable, Equatable {
  var options: TopicOptions
  var partitions: [PartitionLog]
  var sticky = StickyPartitioner()
}

// MARK: - Topics

extension PartitionedLog {
  /// Makes a topic.
  ///
  /// - Throws: `LogError.topicExists`, `LogError.invalidPartitionCount`.
  public mutating func createTopic(
    _ name: String,
    partitions: Int,
    options: TopicOptions = TopicOptions()
  ) throws(LogError) {
    guard topicTable[name] == nil else { throw .topicExists(name) }
    guard partitions > 0 else {
      throw .invalidPartitionCount(topic: name, partitions: partitions, atLeast: 1)
    }
    invariant(
      options.segmentRecords > 0 && options.stickyBytes > 0
        && 0..<LogSegment.byteLimit ~= options.maximumRecordBytes + RecordHeader.size,
      "the sizes of the topic \(name) are out of range"
    )
    topicTable[name] = TopicLog(
      options: options,
      partitions: Array(repeating: PartitionLog(), count: partitions)
    )
  }

  /// Adds partitions up to a number; keys may belong to other partitions from then on.
  ///
  /// - Throws: `LogError.unknownTopic`, `LogError.invalidPartitionCount`.
  public mutating func expandTopic(_ name: String, toPartitions count: Int) throws(LogError) {
    guard let topic = topicTable.index(of: name) else { throw .unknownTopic(name) }
    let present = topicTable[at: topic].partitions.count
    guard count >= present else {
      throw .invalidPartitionCount(topic: name, partitions: count, atLeast: present)
    }
    topicTable[at: topic].partitions += Array(repeating: PartitionLog(), count: count - present)
  }

  /// Removes a topic with its records and the offsets that groups committed of it.
  ///
  /// *Simplified:* Kafka does not ask whether a transaction is open there.
  ///
  /// - Throws: `LogError.unknownTopic`, `LogError.topicInTransaction`.
  public mutating func deleteTopic(_ name: String) throws(LogError) {
    guard topicTable[name] != nil else { throw .unknownTopic(name) }
    for entry in transactionTable.entries where entry.value.state.isUnfinished {
      let touched =
        entry.value.partitions.map(\.topic) + entry.value.offsets.map(\.partition.topic)
      if touched.contains(name) {
        throw .topicInTransaction(topic: name, transactionalID: entry.key)
      }
    }
    topicTable[name] = nil
    for place in groupTable.entries.indices {
      groupTable[at: place].removeAll { $0.key.topic == name }
    }
  }

  /// The names of the topics, in order.
  public var topics: [String] { topicTable.entries.map(\.key) }

  /// The partitions of a topic, in order.
  ///
  /// - Throws: `LogError.unknownTopic`.
  public func partitions(of topic: String) throws(LogError) -> [TopicPartition] {
    guard let found = topicTable[topic] else { throw .unknownTopic(topic) }
    return found.partitions.indices.map { TopicPartition(topic, $0) }
  }

  /// How a topic keeps its records.
  ///
  /// - Throws: `LogError.unknownTopic`.
  public func options(of topic: String) throws(LogError) -> TopicOptions {
    guard let found = topicTable[topic] else { throw .unknownTopic(topic) }
    return found.options
  }

  /// Changes the limits at which a topic gives up its oldest segments.
  ///
  /// - Throws: `LogError.unknownTopic`.
  public mutating func setRetention(
    _ limits: RetentionLimits,
    of topic: String
  ) throws(LogError) {
    guard let place = topicTable.index(of: topic) else { throw .unknownTopic(topic) }
    topicTable[at: place].options.retention = limits
  }
}

// MARK: - Offsets

extension PartitionedLog {
  /// The first offset that is kept.
  ///
  /// Kafka's log start offset.
  ///
  /// - Throws: `LogError.unknownPartition`.
  public func startOffset(of partition: TopicPartition) throws(LogError) -> Int64 {
    try self[partition].startOffset
  }

  /// The offset behind the last record or marker, which the next one will have.
  ///
  /// Kafka's high watermark, which is the log's end where there is one replica.
  ///
  /// - Throws: `LogError.unknownPartition`.
  public func highWatermark(of partition: TopicPartition) throws(LogError) -> Int64 {
    try self[partition].endOffset
  }

  /// The first offset of the earliest unfinished transaction, or else the high watermark.
  ///
  /// *Source:* KIP-98, Kafka `UnifiedLog.lastStableOffset`.
  ///
  /// - Throws: `LogError.unknownPartition`.
  public func lastStableOffset(of partition: TopicPartition) throws(LogError) -> Int64 {
    try self[partition].lastStableOffset
  }

  /// The bytes that a partition keeps: keys, values, and 32 bytes for each record and marker.
  ///
  /// - Throws: `LogError.unknownPartition`.
  public func byteCount(of partition: TopicPartition) throws(LogError) -> Int {
    try self[partition].byteCount
  }

  /// The first offset of each segment, in order.
  ///
  /// - Throws: `LogError.unknownPartition`.
  public func segmentOffsets(of partition: TopicPartition) throws(LogError) -> [Int64] {
    try self[partition].segments.map(\.firstOffset)
  }

  subscript(partition: TopicPartition) -> PartitionLog {
    get throws(LogError) {
      let (topic, number) = try locate(partition)
      return topicTable[at: topic].partitions[number]
    }
  }

  func locate(_ partition: TopicPartition) throws(LogError) -> (topic: Int, number: Int) {
    guard let topic = topicTable.index(of: partition.topic) else {
      throw .unknownTopic(partition.topic)
    }
    guard topicTable[at: topic].partitions.indices.contains(partition.partition) else {
      throw .unknownPartition(partition)
    }
    return (topic, partition.partition)
  }
}
