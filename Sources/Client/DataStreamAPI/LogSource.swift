public import ExternalSystems
public import Connectors
public import EventLog
public import StreamOperators

/// Reads a topic of the log: each subtask some of its partitions, in the order of their offsets.
///
/// ```swift
/// let lengths = LogSource(LogTopic("words"), group: "readers") { $0.value.count }
/// environment.fromSource(lengths).print()
/// ```
///
/// *Source:* Flink `KafkaSource`.
public struct LogSource<Element> {
  /// How it reads; to be changed before the source is used.
  ///
  /// ```swift
  /// var source = LogSource.text(LogTopic("words", partitions: 4))
  /// source.options.isBounded = true
  /// environment.fromSource(source).print()
  /// ```
  public var options: LogSourceOptions
  private let decode: @Sendable (LogRecord) throws -> Element

  /// Reads a topic; an element is made of each record by a function.
  ///
  /// ```swift
  /// let lengths = LogSource(LogTopic("words"), group: "readers") { $0.value.count }
  /// environment.fromSource(lengths).print()
  /// ```
  ///
  /// A record's bytes are valid only while the function has it.
  public init(
    _ topic: LogTopic,
    group: String? = nil,
    start: LogStart = .earliest,
    decode: @escaping @Sendable (LogRecord) throws -> Element
  ) {
    options = LogSourceOptions(topic: topic, group: group, start: start)
    self.decode = decode
  }

  /// The same source, but it ends at the offsets that are the last ones when it starts.
  ///
  /// ```swift
  /// environment.fromSource(LogSource.text(LogTopic("words")).bounded()).print()
  /// ```
  ///
  /// *Source:* Flink `KafkaSourceBuilder.setBounded(OffsetsInitializer.latest())`.
  public func bounded() -> LogSource {
    var source = self
    source.options.isBounded = true
    return source
  }

  /// The same source, but it sees records of transactions only once they are committed.
  ///
  /// ```swift
  /// environment.fromSource(LogSource.text(LogTopic("words")).readCommitted()).print()
  /// ```
  ///
  /// *Source:* the consumer's property `isolation.level`.
  public func readCommitted() -> LogSource {
    var source = self
    source.options.isolation = .readCommitted
    return source
  }

  /// Makes its operator.
  public var factory: StreamOperatorFactory { .logSource(options, decode) }
}

extension LogSource where Element == String {
  /// Reads the values of a topic as UTF-8 text.
  ///
  /// ```swift
  /// environment.fromSource(LogSource.text(LogTopic("words"), start: .latest)).print()
  /// ```
  public static func text(
    _ topic: LogTopic,
    group: String? = nil,
    start: LogStart = .earliest
  ) -> LogSource {
    LogSource(topic, group: group, start: start) { String(decoding: $0.value, as: UTF8.self) }
  }
}
