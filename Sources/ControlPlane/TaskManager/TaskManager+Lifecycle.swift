import RecordFormats
import ClusterProtocol
import JobGraphs
import KeyedState
import SimulationKernel
import StreamModel
import StreamOperators
import TaskRuntime

/// The life of a task: set up, restored, opened, and cleaned up after.
extension TaskManager {
  func submit(_ deployment: TaskDeployment, _ context: RoleContext) {
    guard let slot = slots.slot(of: deployment.allocation) else {
      let error = ClusterError.rejected(message: "\(name) has no slot for \(deployment.taskName)")
      report(deployment, .failed, error, context)
      context.send(
        .jobMaster(
          .taskManagerLost(context.process.id, reason: .taskManagerUnreachable(name: name))
        ),
        to: deployment.jobMaster
      )
      return startOver(context)
    }
    let subtask = deployment.attempt.subtask
    for old in order
    where old.attempt.job == deployment.attempt.job && old.attempt.subtask == subtask {
      noteSourceStop(of: old, context)
      drop(old)
    }
    let task = RunningTask(deployment, core: slot)
    tasks.add(task)
    cores[slot].add(task)
    context.after(options.taskSetUpDelay, .taskManager(.taskSetUp(task.attempt)))
  }

  /// Goes on when a delay of the set-up is over.
  func continueSetUp(of attempt: ExecutionAttemptID, _ context: RoleContext) {
    guard let task = tasks[attempt] else { return }
    switch task.phase {
    case .settingUp:
      report(task.deployment, .initializing, nil, context)
      let paths = task.pathsToRead
      task.phase = .reading(outstanding: paths.count)
      for path in paths {
        context.store(.read(path)) { .taskManager(.stateRead(attempt, path: path, $0)) }
      }
      if paths.isEmpty { restore(task, context) }
    case .restoring: open(task, context)
    case .reading, .running, .finished, .cleaningUp: break
    }
  }

  func stateRead(
    _ path: String,
    _ result: Result<[UInt8], StorageError>,
    of attempt: ExecutionAttemptID,
    _ context: RoleContext
  ) {
    guard let task = tasks[attempt], case .reading(let outstanding) = task.phase else { return }
    switch result {
    case .failure(let error):
      fail(task, .stateAccess(message: error.description), context)
    case .success(let bytes):
      task.readBytes.append((path, bytes))
      task.phase = .reading(outstanding: outstanding - 1)
      if outstanding == 1 { restore(task, context) }
    }
  }

  private func restore(_ task: RunningTask, _ context: RoleContext) {
    task.phase = .restoring
    let delay = task.deployment.restore == nil ? VirtualDuration.zero : options.stateRestoreDelay
    context.after(delay, .taskManager(.taskSetUp(task.attempt)))
  }

  private func open(_ task: RunningTask, _ context: RoleContext) {
    let opened: StreamTask
    do {
      let setup = setup(of: task, context)
      opened = try runningUserCode(of: task) { try StreamTask(setup) }
    } catch {
      return fail(task, ClusterError(error), context)
    }
    task.readBytes = []
    task.phase = .running(opened)
    cores[task.core].wake(task)
    report(task.deployment, .running, nil, context)
    removeOrphans(of: task, context)
    for producer in task.producers {
      context.process.connect(to: producer.process)
      context.send(
        .data(.requestPartition(producer.id, credit: opened.initialCredit)),
        to: Endpoint(process: producer.process, role: .taskManager)
      )
    }
    let early = earlyRequests.removeValue(forKey: task.attempt)?.waiting ?? []
    for request in early { connect(request, to: task, context) }
    perform(opened.takeActions(), of: task, context)
    run(core: task.core, context)
  }

  private func setup(of task: RunningTask, _ context: RoleContext) -> TaskSetup {
    let isExactlyOnce = task.deployment.graph.settings.checkpoints?.guarantee == .exactlyOnce
    let skips = options.plantedBugs.contains(.skipsAlignment)
    var setup = TaskSetup(
      job: task.attempt.job,
      graph: task.deployment.graph,
      subtask: task.attempt.subtask,
      attempt: task.attempt.attempt,
      now: context.now,
      restored: task.restoredState,
      isFinished: task.deployment.restore?.isFinished ?? false,
      alignment: isExactlyOnce ? (skips ? .skipsAlignment : .aligned) : .counted,
      inputs: inputs,
      exclusiveBuffers: options.exclusiveBuffers,
      floatingBuffers: options.floatingBuffers,
      bufferBytes: options.bufferBytes,
      seed: seed
    )
    setup.external = external
    return setup
  }

  /// Removes what an earlier attempt left pending and no checkpoint knows of.
  ///
  /// In batch nothing is: what a job has not committed in the end stays pending.
  /// Where this attempt comes too late, having stood still, what later ones left is theirs.
  private func removeOrphans(of task: RunningTask, _ context: RoleContext) {
    guard !task.deployment.isBatch else { return }
    let restored = task.restoredTransactionPaths
    for link in task.deployment.vertex.chain where link.node.kind == .sink {
      let place = SinkPlace(
        job: task.attempt.job,
        operatorID: link.node.operatorID,
        subtask: task.attempt.subtask.index
      )
      let pending = (try? context.process.listStorage(place.pendingPrefix)) ?? []
      for path in pending where !restored.contains(path) {
        let number = place.checkpoint(ofPending: path)?.number ?? 0
        guard number <= task.deployment.lastCheckpoint else { continue }
        context.store(.remove(path)) { _ in .taskManager(.registered) }
      }
    }
  }

  // MARK: Ends

  /// A task fails: it is dropped at once and reported when it has cleaned up.
  ///
  /// One that has finished in batch can fail no more: what it wrote is kept for others to read.
  func fail(_ task: RunningTask, _ error: ClusterError, _ context: RoleContext) {
    if task.deployment.isBatch, case .finished = task.phase { return }
    end(task, as: .failed, error, context)
  }

  func cancel(_ attempt: ExecutionAttemptID, for sender: Endpoint, _ context: RoleContext) {
    guard let task = tasks[attempt] else {
      // It is not here any more, so it does not run any more: whoever asks may go on.
      return context.send(.jobMaster(.taskStateChanged(attempt, .canceled, nil)), to: sender)
    }
    if case .finished = task.phase { return }
    end(task, as: .canceled, nil, context)
  }

  private func end(
    _ task: RunningTask,
    as state: ExecutionState,
    _ error: ClusterError?,
    _ context: RoleContext
  ) {
    if case .cleaningUp = task.phase { return }
    noteSourceStop(of: task, context)
    closeChannels(of: task, context)
    task.phase = .cleaningUp(state, error)
    task.snapshots = []
    context.after(options.taskCleanUpDelay, .taskManager(.taskCleanedUp(task.attempt)))
  }

  /// Tells the journal how far a source has come that will not go on.
  func noteSourceStop(of task: RunningTask, _ context: RoleContext) {
    guard let (subtask, offset) = task.sourceOffset else { return }
    context.record(.sourceStopped(task.attempt.job, subtask, offset: offset))
  }

  func cleanedUp(_ attempt: ExecutionAttemptID, _ context: RoleContext) {
    guard let task = tasks[attempt] else { return }
    switch task.phase {
    case .cleaningUp(let state, let error):
      drop(task)
      report(task.deployment, state, error, context)
    case .finished:
      if !task.prepared.isEmpty {
        context.send(
          .jobMaster(.rowsPrepared(attempt, task.prepared)),
          to: task.deployment.jobMaster
        )
      }
      report(task.deployment, .finished, nil, context)
    case .settingUp, .reading, .restoring, .running: break
    }
  }

  /// Ends a task that wants to finish once its snapshots and its rows are safe.
  func finishIfDone(_ task: RunningTask, _ context: RoleContext) {
    guard task.wantsToFinish, task.outstandingCommits == 0, task.snapshots.isEmpty,
      case .running(let running) = task.phase
    else { return }
    task.phase = .finished(running)
    context.after(options.taskCleanUpDelay, .taskManager(.taskCleanedUp(task.attempt)))
  }

  /// Forgets a task without a word.
  func drop(_ task: RunningTask) {
    if case .finished(let done) = task.phase {
      lastMetrics.append((task.attempt, task.core, done.metrics))
    }
    task.phase = .cleaningUp(.canceled, nil)
    tasks.remove(task)
    cores[task.core].remove(task)
    earlyRequests[task.attempt] = nil
  }

  private func closeChannels(of task: RunningTask, _ context: RoleContext) {
    guard let running = task.runningTask else { return }
    for (channel, producer) in task.producers.enumerated() where !running.isClosed(channel) {
      context.send(
        .data(.close(producer.id)),
        to: Endpoint(process: producer.process, role: .taskManager),
        bytes: 64
      )
    }
  }

  func report(
    _ deployment: TaskDeployment,
    _ state: ExecutionState,
    _ error: ClusterError?,
    _ context: RoleContext
  ) {
    context.send(
      .jobMaster(.taskStateChanged(deployment.attempt, state, error)),
      to: deployment.jobMaster
    )
  }
}

extension RunningTask {
  /// The pending objects that the restored checkpoint knows of.
  var restoredTransactionPaths: Set<String> {
    let states = deployment.restore?.snapshots.flatMap(\.operators).map(\.operatorState) ?? []
    let transactions = states.flatMap {
      (try? StateDocument.decode([Transaction].self, from: $0)) ?? []
    }
    return Set(transactions.compactMap(\.pendingPath))
  }
}

extension ClusterError {
  /// What went wrong inside of a task, as the JobMaster is told.
  init(_ error: any Error) {
    guard let failure = error as? OperatorFailure else {
      self = .stateAccess(message: "\(error)")
      return
    }
    switch failure.underlying {
    case let unreadable as UnreadableInput: self = .unreadableInput(message: unreadable.description)
    case let state as StateCodecError:
      self = .stateAccess(message: "\(failure.operatorName): \(state)")
    case let other: self = .userCode(operatorName: failure.operatorName, message: "\(other)")
    }
  }
}
