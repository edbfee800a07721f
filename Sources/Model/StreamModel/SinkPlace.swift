/// Where a subtask of a sink writes its rows in the durable storage.
///
/// *Source:* the pending and finished files of Flink's `FileSink`.
public struct SinkPlace: Hashable, Sendable {
  /// The job.
  public var job: JobID
  /// The sink.
  public var operatorID: OperatorID
  /// The index of the subtask.
  public var subtask: Int

  /// The place of a sink's subtask.
  public init(job: JobID, operatorID: OperatorID, subtask: Int) {
    self.job = job
    self.operatorID = operatorID
    self.subtask = subtask
  }

  /// The rows that belong together.
  public enum Part: Hashable, Sendable {
    /// What came before a checkpoint.
    case checkpoint(CheckpointID)
    /// What an attempt wrote, where there are no checkpoints.
    case attempt(Int)
    /// What an attempt made visible at once, in its order.
    case slice(attempt: Int, sequence: Int)
    /// What came after the last checkpoint.
    case endOfInput

    var name: String {
      switch self {
      case .checkpoint(let id): "chk-\(id)"
      case .attempt(let attempt): "attempt-\(attempt)"
      case .slice(let attempt, let sequence): "attempt-\(attempt)-\(sequence)"
      case .endOfInput: "end-of-input"
      }
    }
  }

  /// The path of rows that nobody sees yet.
  public func pending(_ part: Part) -> String { pendingPrefix + part.name }

  /// The path of rows that are visible.
  public func committed(_ part: Part) -> String { path("committed") + part.name }

  /// The beginning of the paths of rows that nobody sees yet.
  public var pendingPrefix: String { path("pending") }

  /// The checkpoint before which pending rows came; nil where it was none.
  public func checkpoint(ofPending path: String) -> CheckpointID? {
    let mark = pendingPrefix + "chk-"
    guard path.hasPrefix(mark) else { return nil }
    return Int(path.dropFirst(mark.count)).map { CheckpointID($0) }
  }

  /// Whether a path is one of a sink's rows.
  public static func contains(_ path: String) -> Bool { path.hasPrefix("sinks/") }

  private func path(_ area: String) -> String {
    "sinks/\(job)/\(operatorID)/\(area)/subtask-\(subtask)/"
  }
}
