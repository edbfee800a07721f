/// How a topic keeps its records.
public struct TopicOptions: Sendable, Codable, Equatable {
  /// How many records, control markers among them, a segment takes before the next one begins.
  ///
  /// *Simplified:* Kafka begins a segment by bytes and by age (`segment.bytes`, `segment.ms`).
  public var segmentRecords: Int
  /// When segments are given up.
  public var retention: RetentionLimits
  /// How many bytes of keys and values without a key's choice go to a partition before the next one
  /// has its turn.
  ///
  /// *Source:* `batch.size` of KIP-794.
  public var stickyBytes: Int
  /// The most bytes that a record's key and value may have together.
  ///
  /// *Source:* `message.max.bytes`, which counts the record's own fields too.
  public var maximumRecordBytes: Int

  /// Sets how a topic keeps its records.
  ///
  /// - Precondition: Sizes are positive, and a record's limit is at most 1 GiB.
  public init(
    segmentRecords: Int = 65_536,
    retention: RetentionLimits = RetentionLimits(),
    stickyBytes: Int = 16_384,
    maximumRecordBytes: Int = 1_048_588
  ) {
    self.segmentRecords = segmentRecords
    self.retention = retention
    self.stickyBytes = stickyBytes
    self.maximumRecordBytes = maximumRecordBytes
  }
}

/// When a partition gives up its oldest segments; nil is no limit.
public struct RetentionLimits: Sendable, Codable, Equatable {
  /// At least so many offsets are kept.
  ///
  /// Kafka has no such limit.
  public var records: Int?
  /// At least so many bytes are kept, as ``PartitionedLog/byteCount(of:)`` counts them.
  ///
  /// *Source:* `retention.bytes`.
  public var bytes: Int?
  /// Segments whose latest timestamp is longer ago than so many milliseconds are given up.
  ///
  /// *Source:* `retention.ms`.
  public var age: Int64?

  /// Sets limits.
  public init(records: Int? = nil, bytes: Int? = nil, age: Int64? = nil) {
    self.records = records
    self.bytes = bytes
    self.age = age
  }
}
