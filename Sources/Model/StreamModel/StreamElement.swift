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

/// What travels between two tasks, in order.
public enum StreamElement {
  /// Records.
  case records(AnyRecordBatch)
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
