public import ExternalSystems
import StreamOperators
public import JobGraphs
public import SimulationKernel

/// Which partition a record of a log sink goes to.
public enum LogPartitioning: Sendable {
  /// By its key, as a Kafka producer does; without a key, a partition at a time in turn.
  case byKey
  /// One after the other, from the one of the subtask's number on.
  case roundRobin
  /// All of a subtask's to one.
  ///
  /// *Source:* Flink `FlinkFixedPartitioner`.
  case fixed
}

/// How a log sink writes.
public struct LogSinkOptions: Sendable {
  /// The topic.
  public var topic: LogTopic
  /// What a failure may do to the records.
  public var guarantee: DeliveryGuarantee
  /// Which partition a record goes to.
  public var partitioning = LogPartitioning.byKey
  /// Begins the transactional ids; nil for one that no other sink has.
  ///
  /// Two sinks with the same prefix fence each other.
  public var transactionalIDPrefix: String?
  /// For how long a transaction may be open before the log aborts it.
  ///
  /// *Source:* Flink's default of `transaction.timeout.ms`, one hour.
  public var transactionTimeout = VirtualDuration.minutes(60)
  /// How long records wait to be sent together.
  ///
  /// *Source:* `linger.ms`, 5 ms since Kafka 4.0.
  public var linger = VirtualDuration.milliseconds(5)
  /// Records of so many bytes are sent without waiting.
  ///
  /// *Source:* `batch.size`. *Simplified:* of all partitions together.
  public var batchBytes = 16_384

  /// Makes the options of a sink.
  public init(topic: LogTopic, guarantee: DeliveryGuarantee) {
    self.topic = topic
    self.guarantee = guarantee
  }
}
