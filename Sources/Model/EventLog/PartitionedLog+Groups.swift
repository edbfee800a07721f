extension PartitionedLog {
  /// Notes how far a group has read a partition: the offset of the next record that it will read.
  ///
  /// *Source:* `OffsetCommit`. Any offset is taken, as in Kafka; a reader finds out whether it is
  /// there, see ``position(in:wanted:reset:isolation:group:)``.
  ///
  /// - Throws: `LogError.unknownTopic`, `LogError.unknownPartition`.
  public mutating func commitOffset(
    _ offset: Int64,
    of partition: TopicPartition,
    group: String
  ) throws(LogError) {
    _ = try locate(partition)
    note(offset, of: partition, group: group)
  }

  /// Notes how far a group has read once the transaction is committed: what was read and what came
  /// of it count together.
  ///
  /// *Source:* `TxnOffsetCommit` of KIP-98.
  ///
  /// - Throws: `LogError`, as an append to the transaction does.
  public mutating func commitOffset(
    _ offset: Int64,
    of partition: TopicPartition,
    group: String,
    in transaction: LogTransaction
  ) throws(LogError) {
    _ = try locate(partition)
    let place = try openEntry(of: transaction)
    transactionTable[at: place].offsets.removeAll {
      $0.group == group && $0.partition == partition
    }
    transactionTable[at: place].offsets.append(
      PendingOffset(group: group, partition: partition, offset: offset)
    )
  }

  /// The offset that a group committed of a partition, or nil.
  ///
  /// *Source:* `OffsetFetch`.
  public func committedOffset(of partition: TopicPartition, group: String) -> Int64? {
    groupTable[group]?[partition]
  }

  /// The groups that committed an offset, by name.
  ///
  /// *Source:* `ListGroups`.
  public var groups: [String] { groupTable.entries.map(\.key) }

  /// Forgets a group and its offsets; nothing happens when it is not there.
  public mutating func deleteGroup(_ group: String) {
    groupTable[group] = nil
  }

  /// How many offsets lie between what a group has read and the end of a partition.
  ///
  /// Offsets, not records: markers and aborted records count, as in Kafka's `records-lag`. A group
  /// without an offset, or with one that is not kept any more, is counted from the first one kept.
  ///
  /// The end is the high watermark, or the last stable offset for readers of committed records.
  ///
  /// - Throws: `LogError.unknownTopic`, `LogError.unknownPartition`.
  public func lag(
    of partition: TopicPartition,
    group: String,
    isolation: IsolationLevel = .readUncommitted
  ) throws(LogError) -> Int64 {
    let log = try self[partition]
    let read = max(committedOffset(of: partition, group: group) ?? 0, log.startOffset)
    return max(0, log.end(for: isolation) - read)
  }

  /// Which member of a group reads which partitions, for the topics that are there.
  public func assignment(
    of members: [GroupMember],
    by assignor: PartitionAssignor
  ) -> [MemberAssignment] {
    assignor.assign(members) { topic in
      topicTable[topic]?.partitions.count
    }
  }

  mutating func note(_ offset: Int64, of partition: TopicPartition, group: String) {
    let place = groupTable.place(of: group, orInsert: SortedTable())
    groupTable[at: place][partition] = offset
  }
}
