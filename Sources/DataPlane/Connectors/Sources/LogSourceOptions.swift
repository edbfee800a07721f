public import ExternalSystems
import StreamOperators
public import EventLog
public import SimulationKernel

/// Where a log source begins to read a partition.
///
/// *Source:* Flink `OffsetsInitializer`. It counts where a job starts without a checkpoint; from
/// then on offsets come from checkpoints.
public enum LogStart: Sendable, Equatable {
  /// At the first offset that is kept.
  case earliest
  /// Behind the last record.
  case latest
  /// Where the source's group has committed, and else as `OffsetReset` says.
  case committed(otherwise: OffsetReset = .none)
  /// At the first record of that time, in milliseconds, or a later one; behind the last record
  /// where there is none.
  case timestamp(Int64)
}

/// How a log source reads.
public struct LogSourceOptions: Sendable {
  /// The topic.
  public var topic: LogTopic
  /// The group under which offsets are committed; nil for none.
  public var group: String?
  /// Where it begins.
  public var start: LogStart
  /// Where it goes on when the offset that it wants is not kept any more.
  public var reset = OffsetReset.earliest
  /// Whether it ends at the offsets that are the last ones when it starts.
  public var isBounded = false
  /// Which records it sees.
  public var isolation = IsolationLevel.readUncommitted
  /// How fast it emits; nil for as fast as it can.
  public var rate: SourceRate?
  /// How long it waits before it looks again where nothing was.
  public var pollInterval = VirtualDuration.milliseconds(10)

  /// Makes the options of a source.
  public init(topic: LogTopic, group: String? = nil, start: LogStart = .earliest) {
    self.topic = topic
    self.group = group
    self.start = start
  }
}

/// A partition and how far it was read: what a checkpoint keeps.
///
/// *Source:* Flink `KafkaPartitionSplit`.
struct LogSplit: Codable, Equatable {
  var topic: String
  var partition: Int
  /// The offset of the next record.
  var position: Int64
  /// Where a bounded source ends, excluded.
  var end: Int64?
  /// How many elements were emitted from it.
  var emitted = 0

  var topicPartition: TopicPartition { TopicPartition(topic, partition) }
  var isAtEnd: Bool { end.map { position >= $0 } ?? false }
}
