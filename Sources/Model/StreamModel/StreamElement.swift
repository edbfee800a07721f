/// The mark that divides a stream into before and after a checkpoint.
///
/// *Source:* Carbone et al., "Lightweight Asynchronous Snapshots for Distributed Dataflows", 2015;
/// Flink `CheckpointBarrier`.
public struct CheckpointBarrier: Hashable, Sendable {
  /// The checkpoint that it belongs to.
  public let checkpoint: CheckpointID

  /// Makes the barrier of a checkpoint.
  public init(checkpoint: CheckpointID) {
    self.checkpoint = checkpoint
  }
}

/// A promise about event time: no record with this timestamp or a smaller one is to come.
///
/// Records that come all the same are late. *Source:* Flink `Watermark`.
public struct Watermark: Hashable, Sendable, Comparable {
  /// Milliseconds since 1970.
  public let timestamp: Int64

  /// Makes a watermark.
  @inlinable
  public init(_ timestamp: Int64) {
    self.timestamp = timestamp
  }

  /// Before every record: nothing is promised yet.
  public static let none = Watermark(.min)

  /// After every record: what the end of bounded input promises.
  public static let max = Watermark(.max)

  /// The event time of a record to which nobody gave one.
  ///
  /// *Source:* Flink `TimestampAssigner.NO_TIMESTAMP`.
  public static let noTimestamp = Int64.min

  /// Orders by time.
  @inlinable
  public static func < (left: Watermark, right: Watermark) -> Bool {
    left.timestamp < right.timestamp
  }
}

/// What travels between two tasks, in order.
public enum StreamElement {
  /// Records.
  case records(AnyRecordBatch)
  /// A promise about event time.
  case watermark(Watermark)
  /// Whether the channel is idle: while it is, nobody waits for its watermarks.
  ///
  /// *Source:* Flink `WatermarkStatus`.
  case status(isIdle: Bool)
  /// A checkpoint's mark.
  case barrier(CheckpointBarrier)
  /// No more records will come: operators emit their last results. The channel stays open.
  case endOfData
  /// Nothing at all will come any more: the producer has finished.
  case endOfPartition

  /// Whether it needs a credit: control elements travel without one, as in Flink.
  public var isRecords: Bool {
    if case .records = self { true } else { false }
  }
}
