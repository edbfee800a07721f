import EventLog

/// Records of a topic on their way to the log, in one block of bytes.
public struct LogBatch: Sendable, Equatable {
  private struct Entry: Sendable, Equatable {
    /// −1 without a key.
    var keyCount: Int
    var valueCount: Int
    var timestamp: Int64
    /// Nil where the log chooses, by the key or in turn.
    var partition: Int?
  }

  /// The topic.
  public let topic: String
  private var entries: [Entry] = []
  private var bytes: [UInt8] = []

  /// Makes an empty batch.
  public init(topic: String) {
    self.topic = topic
  }

  /// How many records there are.
  public var count: Int { entries.count }

  /// How many bytes their keys and values have.
  public var byteCount: Int { bytes.count }

  /// Adds a record with its time in milliseconds; without a partition the log chooses one.
  package mutating func append(_ record: ProducerRecord, timestamp: Int64, partition: Int?) {
    entries.append(
      Entry(
        keyCount: record.key?.count ?? -1,
        valueCount: record.value.count,
        timestamp: timestamp,
        partition: partition
      )
    )
    if let key = record.key { bytes += key }
    bytes += record.value
  }

  /// Appends the records, in a transaction or outside of any.
  ///
  /// - Throws: `LogError`; records before the one that was refused are appended.
  func append(to log: inout PartitionedLog, in transaction: LogTransaction?) throws(LogError) {
    var place = 0
    for entry in entries {
      let keyed = place + max(0, entry.keyCount)
      let key = entry.keyCount < 0 ? nil : Array(bytes[place..<keyed])
      let value = Array(bytes[keyed..<keyed + entry.valueCount])
      place = keyed + entry.valueCount
      if let partition = entry.partition {
        try log.append(
          key: key,
          value: value,
          timestamp: entry.timestamp,
          to: TopicPartition(topic, partition),
          from: transaction.map { .transaction($0) } ?? .anonymous
        )
      } else {
        try log.append(
          key: key,
          value: value,
          timestamp: entry.timestamp,
          toTopic: topic,
          in: transaction
        )
      }
    }
  }
}
