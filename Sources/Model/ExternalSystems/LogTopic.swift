public import EventLog
import SimulationKernel

/// A topic as a program names it: made with the program's job, unless it is there already.
///
/// *Source:* Kafka `NewTopic`. A topic that is there stays as it is, whatever the program says.
public struct LogTopic: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// How many partitions it is made with.
  public var partitions: Int
  /// How it keeps its records.
  public var options: TopicOptions

  /// Names a topic.
  ///
  /// - Precondition: There is at least one partition.
  public init(_ name: String, partitions: Int = 1, options: TopicOptions = TopicOptions()) {
    invariant(partitions > 0, "the topic \(name) has \(partitions) partitions")
    self.name = name
    self.partitions = partitions
    self.options = options
  }
}
