/// One partition of a topic: a sequence of records in one order.
public struct TopicPartition: Hashable, Sendable, Codable {
  /// The topic's name.
  public var topic: String
  /// The partition's number, from 0.
  public var partition: Int

  /// Names a partition.
  public init(_ topic: String, _ partition: Int) {
    self.topic = topic
    self.partition = partition
  }
}

extension TopicPartition: Comparable {
  /// By the topic's name, then by the number.
  public static func < (left: TopicPartition, right: TopicPartition) -> Bool {
    left.topic == right.topic ? left.partition < right.partition : left.topic < right.topic
  }
}

extension TopicPartition: CustomStringConvertible {
  /// The name that Kafka prints: topic and number with a hyphen.
  public var description: String { "\(topic)-\(partition)" }
}
