import ClusterProtocol
import JobGraphs
import KeyedState
import SimulationKernel
import StreamModel
import StreamOperators
import TaskRuntime

/// What is made durable: snapshots, serialised beside the task's work, and the rows of sinks.
extension TaskManager {
  func begin(_ snapshot: TaskSnapshot, of task: RunningTask, _ context: RoleContext) {
    let checkpoint = snapshot.checkpoint
    let subtask = task.attempt.subtask
    var progress = SnapshotProgress(
      checkpoint: checkpoint,
      isFinished: snapshot.isFinished,
      unserialised: [],
      handles: []
    )
    var entries = 0
    for (id, part) in snapshot.operators {
      for writer in part.keyed {
        entries += writer.entryCount
        progress.unserialised.append((id, writer))
      }
      if !part.keyed.isEmpty || !part.operatorState.isEmpty || !part.sharedState.isEmpty {
        progress.handles.append(
          OperatorSnapshotHandle(
            operatorID: id,
            keyed: [],
            operatorState: part.operatorState,
            sharedState: part.sharedState
          )
        )
      }
      for object in part.objects {
        progress.outstandingWrites += 1
        write(object, of: task, checkpoint, context)
      }
      for operation in part.operations {
        progress.outstandingWrites += 1
        operate(operation, of: task, for: checkpoint, context)
      }
    }
    progress.awaited = task.unwritten
    context.record(
      .snapshotTaken(task.attempt.job, checkpoint, subtask: subtask, entries: entries)
    )
    task.snapshots.append(progress)
    if progress.unserialised.isEmpty {
      acknowledgeIfDone(task, checkpoint, context)
    } else {
      scheduleSlice(task, checkpoint, entries: min(entries, options.snapshotSliceEntries), context)
    }
  }

  private func scheduleSlice(
    _ task: RunningTask,
    _ checkpoint: CheckpointID,
    entries: Int,
    _ context: RoleContext
  ) {
    let cost = options.costPerSnapshotEntry * Int64(entries)
    context.after(
      cost.scaled(percent: context.process.cpuPercent),
      .taskManager(.snapshotSlice(task.attempt, checkpoint))
    )
  }

  /// Serialises some entries of a snapshot; the pages that it retained are freed as it goes.
  func serialiseSlice(
    _ attempt: ExecutionAttemptID,
    _ checkpoint: CheckpointID,
    _ context: RoleContext
  ) {
    guard let task = tasks[attempt],
      let index = task.snapshots.firstIndex(where: { $0.checkpoint == checkpoint }),
      let part = task.snapshots[index].unserialised.first
    else { return }
    do {
      if try part.writer.writeSlice(maxEntries: options.snapshotSliceEntries) {
        task.snapshots[index].unserialised.removeFirst()
        let bytes = part.writer.finish().bytes
        let groups = part.writer.keyGroups
        let path = CheckpointPlace(job: attempt.job, checkpoint: checkpoint)
          .keyedState(of: part.id, groups)
        for handle in task.snapshots[index].handles.indices
        where task.snapshots[index].handles[handle].operatorID == part.id {
          task.snapshots[index].handles[handle].keyed.append(
            KeyedHandle(path: path, byteCount: bytes.count, keyGroups: groups)
          )
        }
        task.snapshots[index].outstandingWrites += 1
        write(StoredObject(path: path, bytes: bytes), of: task, checkpoint, context)
      }
    } catch {
      task.snapshots.remove(at: index)
      return decline(checkpoint, of: task, .stateAccess(message: "\(error)"), context)
    }
    if !task.snapshots[index].unserialised.isEmpty {
      scheduleSlice(task, checkpoint, entries: options.snapshotSliceEntries, context)
    }
  }

  private func write(
    _ object: StoredObject,
    of task: RunningTask,
    _ checkpoint: CheckpointID,
    _ context: RoleContext
  ) {
    let attempt = task.attempt
    context.store(.write(object.path, object.bytes), charge: object.charge) { result in
      var error: StorageError?
      if case .failure(let failure) = result { error = failure }
      return .taskManager(.snapshotWritten(attempt, checkpoint, error))
    }
  }

  func snapshotWritten(
    _ attempt: ExecutionAttemptID,
    _ checkpoint: CheckpointID,
    _ error: StorageError?,
    _ context: RoleContext
  ) {
    guard let task = tasks[attempt],
      let index = task.snapshots.firstIndex(where: { $0.checkpoint == checkpoint })
    else { return }
    if let error {
      task.snapshots.remove(at: index)
      return decline(checkpoint, of: task, .stateAccess(message: error.description), context)
    }
    task.snapshots[index].outstandingWrites -= 1
    acknowledgeIfDone(task, checkpoint, context)
  }

  func acknowledgeIfDone(
    _ task: RunningTask,
    _ checkpoint: CheckpointID,
    _ context: RoleContext
  ) {
    guard let index = task.snapshots.firstIndex(where: { $0.checkpoint == checkpoint }) else {
      return
    }
    let progress = task.snapshots[index]
    guard progress.unserialised.isEmpty, progress.outstandingWrites == 0,
      progress.awaited.isEmpty
    else { return }
    task.snapshots.remove(at: index)
    let handle = TaskSnapshotHandle(
      subtask: task.attempt.subtask,
      operators: progress.handles,
      isFinished: progress.isFinished
    )
    context.send(
      .jobMaster(.acknowledgeCheckpoint(task.attempt, checkpoint, handle)),
      to: task.deployment.jobMaster
    )
    if options.plantedBugs.contains(.commitsEarly) {
      tell(task.attempt, context) { $0.checkpointCompleted(checkpoint) }
    }
    finishIfDone(task, context)
  }

  func decline(
    _ checkpoint: CheckpointID,
    of task: RunningTask,
    _ error: ClusterError,
    _ context: RoleContext
  ) {
    context.send(
      .jobMaster(.declineCheckpoint(task.attempt, checkpoint, error)),
      to: task.deployment.jobMaster
    )
    finishIfDone(task, context)
  }

  /// What is left of a snapshot is not made durable any more, and a task waits for it no longer.
  func giveUp(
    _ checkpoint: CheckpointID,
    of attempt: ExecutionAttemptID,
    _ context: RoleContext
  ) {
    guard let task = tasks[attempt] else { return }
    task.snapshots.removeAll { $0.checkpoint == checkpoint }
    finishIfDone(task, context)
  }

  // MARK: Rows of sinks

  /// Makes a transaction visible: renames what is pending, or writes what is not in storage yet.
  func commit(_ transaction: Transaction, of task: RunningTask, _ context: RoleContext) {
    if transaction.pendingPath != nil, transaction.bytes != nil {
      return prepare(transaction, of: task, context)
    }
    task.outstandingCommits += 1
    let attempt = task.attempt
    let committable = Committable(
      sink: transaction.sink,
      pendingPath: transaction.pendingPath ?? "",
      committedPath: transaction.path,
      rows: transaction.rows
    )
    let operation: StorageOperation =
      if let pending = transaction.pendingPath {
        .rename(pending, to: transaction.path)
      } else {
        .write(transaction.path, transaction.bytes ?? [])
      }
    let charge = transaction.pendingPath == nil ? transaction.charge : nil
    // Rows that wait for no checkpoint must be written before the next one counts them as such.
    if transaction.pendingPath == nil { task.unwritten.append(transaction.path) }
    context.store(operation, charge: charge) { result in
      var error: StorageError?
      if case .failure(let failure) = result { error = failure }
      return .taskManager(.committed(attempt, committable, error))
    }
  }

  /// A commit has ended.
  ///
  /// One that finds nothing pending was made by an earlier attempt.
  func committed(
    _ attempt: ExecutionAttemptID,
    _ committable: Committable,
    _ error: StorageError?,
    _ context: RoleContext
  ) {
    if error == nil {
      context.record(
        .rowsCommitted(
          attempt.job,
          sink: committable.sink,
          path: committable.committedPath,
          rows: committable.rows,
          subtask: attempt.subtask
        )
      )
    }
    guard let task = tasks[attempt] else { return }
    task.outstandingCommits -= 1
    switch error {
    case nil, .notFound:
      noteCommitted(committable.committedPath, of: task)
      written(committable.committedPath, of: task, context)
      finishIfDone(task, context)
    case let error?: fail(task, .stateAccess(message: error.description), context)
    }
  }

  /// Makes all rows of a sink durable in batch; the JobMaster makes them visible when the whole job
  /// has finished, and so no attempt's rows twice.
  private func prepare(
    _ transaction: Transaction,
    of task: RunningTask,
    _ context: RoleContext
  ) {
    task.outstandingCommits += 1
    let attempt = task.attempt
    let committable = Committable(
      sink: transaction.sink,
      pendingPath: transaction.pendingPath ?? "",
      committedPath: transaction.path,
      rows: transaction.rows
    )
    let operation = StorageOperation.write(committable.pendingPath, transaction.bytes ?? [])
    context.store(operation, charge: transaction.charge) { result in
      var error: StorageError?
      if case .failure(let failure) = result { error = failure }
      return .taskManager(.rowsWritten(attempt, committable, error))
    }
  }

  func rowsWritten(
    _ attempt: ExecutionAttemptID,
    _ committable: Committable,
    _ error: StorageError?,
    _ context: RoleContext
  ) {
    guard let task = tasks[attempt] else { return }
    if let error { return fail(task, .stateAccess(message: error.description), context) }
    task.outstandingCommits -= 1
    task.prepared.append(committable)
    finishIfDone(task, context)
  }
}
