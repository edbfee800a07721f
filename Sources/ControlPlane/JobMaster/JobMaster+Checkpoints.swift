import Checkpointing
import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel

extension JobMaster {
  /// A task could not take its part of a checkpoint.
  func declined(
    _ checkpoint: CheckpointID,
    by attempt: ExecutionAttemptID,
    _ error: ClusterError,
    in context: RoleContext
  ) {
    guard execution.isCurrent(attempt) else { return }
    perform(
      coordinator?.decline(checkpoint, by: attempt.subtask, error, at: context.now),
      in: context
    )
  }

  /// A completed checkpoint's metadata was written, or not.
  func stored(_ checkpoint: CheckpointID, _ error: StorageError?, in context: RoleContext) {
    guard let written = storing.removeValue(forKey: checkpoint) else { return }
    perform(coordinator?.stored(written, error, at: context.now), in: context)
  }

  /// A task took its part of a checkpoint; what a late one wrote goes away.
  func acknowledged(
    _ checkpoint: CheckpointID,
    by attempt: ExecutionAttemptID,
    _ handle: TaskSnapshotHandle,
    in context: RoleContext
  ) {
    guard execution.isCurrent(attempt) else {
      remove(checkpoints.unreferenced(among: CompletedCheckpoint.statePaths(of: [handle])), context)
      return
    }
    if coordinator?.inProgress == checkpoint {
      context.record(
        .checkpointAcknowledged(
          job,
          checkpoint,
          subtask: attempt.subtask,
          bytes: handle.byteCount
        )
      )
    }
    perform(coordinator?.acknowledge(checkpoint, handle, at: context.now), in: context)
  }

  /// Does what the coordinator decided, in order.
  func perform(_ decisions: [CheckpointDecision]?, in context: RoleContext) {
    for decision in decisions ?? [] { perform(decision, in: context) }
  }

  private func perform(_ decision: CheckpointDecision, in context: RoleContext) {
    switch decision {
    case .scheduleTick(let delay, let epoch):
      context.after(delay, .jobMaster(.checkpointTick(epoch: epoch)))
    case .trigger(let checkpoint, let plan, let timeout):
      trigger(checkpoint, plan, timeout: timeout, in: context)
    case .reportTriggerFailure(let reason):
      context.record(.checkpointTriggerFailed(job, reason: reason))
    case .store(let checkpoint): store(checkpoint, in: context)
    case .complete(let checkpoint, let notified):
      complete(checkpoint, notify: notified, in: context)
    case .abort(let checkpoint, let reason, let notified):
      context.record(.checkpointAborted(job, checkpoint, reason: reason))
      notify(notified, in: context) { .checkpointAborted($0, checkpoint) }
    case .discard(let paths): remove(checkpoints.unreferenced(among: paths), context)
    case .failJob(let error): failOver(because: error, in: context)
    }
  }

  private func trigger(
    _ checkpoint: CheckpointID,
    _ plan: CheckpointPlan,
    timeout: VirtualDuration,
    in context: RoleContext
  ) {
    context.record(.checkpointTriggered(job, checkpoint))
    let barrier = CheckpointBarrier(checkpoint: checkpoint)
    for subtask in plan.toTrigger {
      let attempt = execution.attemptID(of: subtask)
      send(.triggerCheckpoint(attempt, barrier), about: subtask, in: context)
    }
    context.after(timeout, .jobMaster(.checkpointExpired(checkpoint)))
  }

  /// Writes the metadata: a checkpoint whose metadata is not there cannot be recovered from.
  private func store(_ checkpoint: CompletedCheckpoint, in context: RoleContext) {
    storing[checkpoint.id] = checkpoint
    let id = checkpoint.id
    context.store(.write(checkpoint.metadataPath, CheckpointMetadata.encode(checkpoint))) {
      .jobMaster(.checkpointStored(id, $0.storageError))
    }
  }

  private func complete(
    _ checkpoint: CompletedCheckpoint,
    notify notified: [SubtaskID],
    in context: RoleContext
  ) {
    let obsolete = checkpoints.add(checkpoint)
    context.record(
      .checkpointCompleted(
        job,
        checkpoint.id,
        bytes: checkpoint.byteCount,
        duration: checkpoint.acknowledgedAt - checkpoint.triggeredAt
      )
    )
    context.process.noteProgress()
    notify(notified, in: context) { .checkpointCompleted($0, checkpoint.id) }
    remove(obsolete, context)
  }

  private func notify(
    _ subtasks: [SubtaskID],
    in context: RoleContext,
    _ message: (ExecutionAttemptID) -> TaskManagerMessage
  ) {
    for subtask in subtasks where !execution[subtask].state.isTerminal {
      send(message(execution.attemptID(of: subtask)), about: subtask, in: context)
    }
  }

  /// Removes objects; one that cannot be removed stays, and nothing depends on it.
  private func remove(_ paths: [String], _ context: RoleContext) {
    for path in paths {
      context.store(.remove(path)) {
        .jobMaster(.objectRemoved(path: path, $0.storageError))
      }
    }
  }
}

extension Result<[UInt8], StorageError> {
  /// Why the operation failed, if it did.
  fileprivate var storageError: StorageError? {
    if case .failure(let error) = self { error } else { nil }
  }
}
