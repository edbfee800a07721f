import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel

/// The rows of sinks in batch: they are visible when every task has finished.
///
/// *Source:* Flink `InternalExecutionGraphAccessor`, `JobVertex.finalizeOnMaster`.
extension JobMaster {
  /// All tasks have finished: what their sinks prepared becomes visible, then the job is over.
  func commitRows(in context: RoleContext) {
    guard outstandingCommits == 0 else { return }
    let rows = execution.subtasks.flatMap { subtask in
      (prepared[subtask] ?? []).map { (subtask, $0) }
    }
    prepared = [:]
    outstandingCommits = rows.count
    if rows.isEmpty { terminate(in: .finished, context) }
    for (subtask, committable) in rows {
      context.store(.rename(committable.pendingPath, to: committable.committedPath)) { result in
        var error: StorageError?
        if case .failure(let failure) = result { error = failure }
        return .jobMaster(.rowsCommitted(subtask, committable, error))
      }
    }
  }

  /// The rows of a sink are visible, or cannot be made so.
  func committed(
    _ committable: Committable,
    of subtask: SubtaskID,
    _ error: StorageError?,
    in context: RoleContext
  ) {
    outstandingCommits -= 1
    guard state == .running else { return }
    if let error { return fail(because: .stateAccess(message: error.description), in: context) }
    context.record(
      .rowsCommitted(
        job,
        sink: committable.sink,
        path: committable.committedPath,
        rows: committable.rows,
        subtask: subtask
      )
    )
    if outstandingCommits == 0 { terminate(in: .finished, context) }
  }
}
