import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel

/// How far the sources of each alignment group have told that they are.
///
/// *Source:* Flink `SourceCoordinator.WatermarkAggregator`.
struct WatermarkAligner {
  private var reports: [String: [SubtaskID: Watermark]] = [:]

  /// Notes what a source told.
  ///
  /// - Returns: How far the slowest of its group is; sources that have told nothing hold nobody up.
  mutating func report(
    _ watermark: Watermark,
    of subtask: SubtaskID,
    in group: String
  ) -> Watermark {
    reports[group, default: [:]][subtask] = watermark
    return reports[group]?.values.min() ?? watermark
  }

  /// Forgets everything: the tasks begin anew.
  mutating func reset() { reports = [:] }
}

extension JobMaster {
  /// Notes how far a source is, and tells it how far the slowest of its group is.
  func align(
    _ group: String,
    _ attempt: ExecutionAttemptID,
    at watermark: Watermark,
    in context: RoleContext
  ) {
    guard execution.isCurrent(attempt) else { return }
    let slowest = aligner.report(watermark, of: attempt.subtask, in: group)
    send(
      .alignWatermarks(attempt, group: group, slowest: slowest),
      about: attempt.subtask,
      in: context
    )
  }
}
