public import ExternalSystems
public import RecordFormats
public import Connectors
public import JobGraphs
public import StreamOperators

/// Writes a record into a topic of the log for each element.
///
/// ```swift
/// readings.sinkTo(LogSink.csv(LogTopic("readings"), guarantee: .exactlyOnce) { $0.room })
/// ```
///
/// What a failure does to the records says the guarantee.
///
/// - `exactlyOnce`: a transaction for each checkpoint; readers of committed records see none twice.
/// - `atLeastOnce`: records are visible at once, a barrier waits for them, and a replay writes them
///   a second time.
/// - `none`: nobody waits, and what was on its way is lost.
///
/// *Source:* Flink `KafkaSink`.
public struct LogSink<Element>: Sink {
  /// How it writes; to be changed before the sink is used.
  ///
  /// ```swift
  /// var log = LogSink<Reading>.csv(LogTopic("rooms"), guarantee: .exactlyOnce) { $0.room }
  /// log.options.partitioning = .byKey
  /// readings.sinkTo(log)
  /// ```
  public var options: LogSinkOptions
  private let serialize: @Sendable (Element) throws -> ProducerRecord

  /// Writes elements into a topic.
  ///
  /// ```swift
  /// readings.sinkTo(
  ///   LogSink(LogTopic("degrees", partitions: 2), guarantee: .atLeastOnce) { reading in
  ///     ProducerRecord(key: reading.room, value: "\(reading.degrees)")
  ///   }
  /// )
  /// ```
  ///
  /// *Source:* Flink `KafkaSinkBuilder`, whose guarantee is `none` where a program names none; here
  /// it must name one.
  public init(
    _ topic: LogTopic,
    guarantee: DeliveryGuarantee,
    partitioning: LogPartitioning = .byKey,
    serialize: @escaping @Sendable (Element) throws -> ProducerRecord
  ) {
    options = LogSinkOptions(topic: topic, guarantee: guarantee)
    options.partitioning = partitioning
    self.serialize = serialize
  }

  /// Writes rows of CSV, with a key that decides the partition.
  ///
  /// ```swift
  /// readings.sinkTo(LogSink.csv(LogTopic("readings"), guarantee: .exactlyOnce) { $0.room })
  /// ```
  public static func csv(
    _ topic: LogTopic,
    guarantee: DeliveryGuarantee,
    key: @escaping @Sendable (Element) throws -> String
  ) -> LogSink where Element: CSVRow & SendableMetatype {
    LogSink(topic, guarantee: guarantee) { element in
      ProducerRecord(key: try key(element), value: element.csvLine)
    }
  }

  /// The name of its operator.
  public var operatorName: String { "Sink: Log Writer" }

  /// Makes its operator.
  public var factory: StreamOperatorFactory { .logSink(options, serialize) }
}
