/// Where the parts of one checkpoint of a job lie in the durable storage.
///
/// *Source:* Flink's checkpoint directory, `{job id}/chk-{n}`.
public struct CheckpointPlace: Hashable, Sendable {
  /// The job.
  public var job: JobID
  /// The checkpoint.
  public var checkpoint: CheckpointID

  /// The place of a job's checkpoint.
  public init(job: JobID, checkpoint: CheckpointID) {
    self.job = job
    self.checkpoint = checkpoint
  }

  /// The beginning of the path of every part.
  public var prefix: String { "checkpoints/\(job)/chk-\(checkpoint)/" }

  /// The path of what says which parts there are.
  public var metadata: String { prefix + "_metadata" }

  /// The path of the keyed state of an operator's key groups.
  public func keyedState(of id: OperatorID, _ groups: KeyGroupRange) -> String {
    prefix + "\(id)-\(groups.lowest)-\(groups.highest)"
  }

  /// Whether a path of this place is one of state.
  public func isState(_ path: String) -> Bool { path != metadata }
}
