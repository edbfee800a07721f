/// A record on its way into a topic.
///
/// *Source:* Kafka `ProducerRecord`, without topic and partition, which the sink knows.
public struct ProducerRecord: Sendable, Equatable {
  /// Its key, where it has one.
  public var key: [UInt8]?
  /// Its value.
  public var value: [UInt8]
  /// Its time in milliseconds since 1970; nil for the element's event time, or, where it has none,
  /// for processing time.
  public var timestamp: Int64?

  /// Makes a record of bytes.
  public init(key: [UInt8]? = nil, value: [UInt8], timestamp: Int64? = nil) {
    self.key = key
    self.value = value
    self.timestamp = timestamp
  }

  /// Makes a record of texts, in UTF-8.
  public init(key: String? = nil, value: String, timestamp: Int64? = nil) {
    self.init(key: key.map { Array($0.utf8) }, value: Array(value.utf8), timestamp: timestamp)
  }
}
