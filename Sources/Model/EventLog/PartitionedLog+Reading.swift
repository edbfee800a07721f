extension PartitionedLog {
  /// Shows records of a partition in the order of their offsets; returns where to go on.
  ///
  /// Offsets have gaps for readers: markers take one each, as in Kafka, and a reader of committed
  /// records also passes those of aborted transactions. The offset that is returned lies behind all
  /// that was passed. A reader of committed records waits at the last stable offset.
  /// *Source:* KIP-98, Kafka `CompletedFetch`, where the reader's side passes over aborted records.
  ///
  /// A record's bytes are valid only while `body` has it.
  ///
  /// - Throws: `LogError.unknownTopic`, `LogError.unknownPartition`, `LogError.offsetOutOfRange`
  ///   when the offset is not between the first one kept and the high watermark, and what `body`
  ///   throws.
  /// - Complexity: O(records), and O(log segments) to begin.
  @discardableResult
  public func read(
    _ partition: TopicPartition,
    from offset: Int64,
    isolation: IsolationLevel = .readUncommitted,
    maximumRecords: Int = .max,
    _ body: (LogRecord) throws -> Void
  ) throws -> Int64 {
    let (topic, number) = try locate(partition)
    let log = topicTable[at: topic].partitions[number]
    guard offset >= log.startOffset, offset <= log.endOffset else {
      throw LogError.offsetOutOfRange(
        partition,
        offset: offset,
        earliest: log.startOffset,
        latest: log.endOffset
      )
    }
    return try log.read(
      from: offset,
      isolation: isolation,
      maximumRecords: maximumRecords,
      body
    )
  }

  /// The offset where a reader begins.
  ///
  /// *Source:* Kafka `SubscriptionState` and `OffsetFetcher`: an offset that is missing or out of
  /// range is replaced by the reset policy. The latest offset for a reader of committed records is
  /// the last stable one.
  ///
  /// `wanted` is the offset that the reader has, `group` what a missing one is said of.
  ///
  /// - Throws: `LogError.unknownTopic`, `LogError.unknownPartition`; without a reset policy
  ///   `LogError.offsetOutOfRange` and `LogError.noCommittedOffset`.
  public func position(
    in partition: TopicPartition,
    wanted: Int64?,
    reset: OffsetReset,
    isolation: IsolationLevel = .readUncommitted,
    group: String = ""
  ) throws(LogError) -> Int64 {
    let log = try self[partition]
    if let wanted, log.startOffset...log.endOffset ~= wanted { return wanted }
    switch reset {
    case .earliest: return log.startOffset
    case .latest: return log.end(for: isolation)
    case .none:
      guard let wanted else { throw .noCommittedOffset(group: group, partition: partition) }
      throw .offsetOutOfRange(
        partition,
        offset: wanted,
        earliest: log.startOffset,
        latest: log.endOffset
      )
    }
  }

  /// The first offset whose record has that timestamp or a later one; nil when none has.
  ///
  /// *Source:* `offsetsForTimes`. *Simplified:* without an index of times, segments that end before
  /// are passed as a whole and others are searched.
  ///
  /// - Throws: `LogError.unknownTopic`, `LogError.unknownPartition`.
  public func firstOffset(
    of partition: TopicPartition,
    atOrAfter timestamp: Int64
  ) throws(LogError) -> Int64? {
    var found: Int64?
    for segment in try self[partition].segments
    where found == nil && segment.count > 0 && segment.latestTimestamp >= timestamp {
      segment.forEach(from: segment.firstOffset, to: segment.endOffset) { frame in
        if !frame.header.isControl, frame.header.timestamp >= timestamp { found = frame.offset }
        return found == nil
      }
    }
    return found
  }
}
