import ExternalSystems
import ClusterProtocol
import SimulationKernel
import StreamModel
import StreamOperators
import TaskRuntime

/// What tasks do outside of their job: on the log, and on tables.
extension TaskManager {
  /// Begins an operation; those of a task happen in the order in which it asked for them.
  func operate(
    _ operation: ExternalOperation,
    of task: RunningTask,
    for checkpoint: CheckpointID? = nil,
    _ context: RoleContext
  ) {
    task.outstandingCommits += 1
    let attempt = task.attempt
    let external = external
    task.operationsDone = context.operate(
      bytes: operation.byteCount,
      notBefore: task.operationsDone
    ) { now in
      var receipt = ExternalReceipt(checkpoint: checkpoint)
      do {
        receipt.isVisible = try external.perform(operation, at: now)
        receipt.committable = operation.visible.map {
          Committable(sink: $0.sink, pendingPath: "", committedPath: $0.path, rows: $0.rows)
        }
      } catch {
        receipt.refusal = "\(error)"
      }
      return .taskManager(.operated(attempt, receipt))
    }
  }

  /// An operation has ended.
  func operated(
    _ attempt: ExecutionAttemptID,
    _ receipt: ExternalReceipt,
    _ context: RoleContext
  ) {
    if receipt.isVisible, let rows = receipt.committable {
      context.record(
        .rowsCommitted(
          attempt.job,
          sink: rows.sink,
          path: rows.committedPath,
          rows: rows.rows,
          subtask: attempt.subtask
        )
      )
    }
    guard let task = tasks[attempt] else { return }
    task.outstandingCommits -= 1
    if let refusal = receipt.refusal {
      return fail(task, .externalSystem(message: refusal), context)
    }
    if let path = receipt.committable?.committedPath {
      noteCommitted(path, of: task)
    }
    if let checkpoint = receipt.checkpoint {
      snapshotWritten(attempt, checkpoint, nil, context)
    }
    finishIfDone(task, context)
  }

  /// Rows that wait for no checkpoint are written: snapshots that waited for them may be durable.
  func written(_ path: String, of task: RunningTask, _ context: RoleContext) {
    guard let place = task.unwritten.firstIndex(of: path) else { return }
    task.unwritten.remove(at: place)
    let waiting = task.snapshots.filter { $0.awaited.contains(path) }.map(\.checkpoint)
    for checkpoint in waiting {
      for index in task.snapshots.indices where task.snapshots[index].checkpoint == checkpoint {
        task.snapshots[index].awaited.removeAll { $0 == path }
      }
      acknowledgeIfDone(task, checkpoint, context)
    }
  }
}
