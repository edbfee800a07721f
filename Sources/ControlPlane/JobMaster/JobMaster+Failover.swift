import Checkpointing
import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel

extension JobMaster {
  /// Decides what follows from the failure of a running job.
  ///
  /// *Source:* Flink `ExecutionFailureHandler`.
  /// *Simplified:* in streaming the whole job is restarted, not only the failed task's region.
  func failOver(because error: ClusterError, in context: RoleContext) {
    guard state == .running else { return }
    if error.isUnrecoverable {
      fail(because: error, in: context)
      return
    }
    switch backoff?.failure(at: context.now) {
    case .restart(let delay) where isBatch: repeatFailed(after: delay, because: error, in: context)
    case .restart(let delay): restart(after: delay, because: error, in: context)
    case .suppressed(let strategy):
      fail(because: .recoverySuppressed(strategy: strategy, cause: error), in: context)
    case nil: invariant(false, "a job fails before its JobMaster was started")
    }
  }

  private func restart(
    after delay: VirtualDuration,
    because error: ClusterError,
    in context: RoleContext
  ) {
    failure = error
    restarts += 1
    isBackoffOver = false
    changeState(to: .restarting, reason: error.description, in: context)
    context.record(.restartScheduled(job, restart: restarts, delay: delay))
    cancelTasks(in: context)
    declareRequirements(in: context)
    context.after(delay, .jobMaster(.restartDue(epoch: epoch)))
  }

  func fail(because error: ClusterError, in context: RoleContext) {
    failure = error
    changeState(to: .failing, reason: error.description, in: context)
    cancelTasks(in: context)
    tasksEnded(in: context)
  }

  /// The user ends the job.
  func cancel(in context: RoleContext) {
    guard JobState.successors(of: state).contains(.cancelling) else { return }
    changeState(to: .cancelling, in: context)
    cancelTasks(in: context)
    tasksEnded(in: context)
  }

  /// The delay of a restart is over.
  func restartDue(_ epoch: Int, in context: RoleContext) {
    guard state == .restarting, epoch == self.epoch else { return }
    isBackoffOver = true
    tasksEnded(in: context)
  }

  /// Some task ended: the job may have, or may be deployed anew.
  func tasksEnded(in context: RoleContext) {
    if isBatch, state == .running || state == .restarting {
      return stageTasksEnded(in: context)
    }
    guard execution.areAllTerminal else { return }
    switch state {
    case .running:
      if execution.areAllFinished { terminate(in: .finished, context) }
    case .failing: terminate(in: .failed, context)
    case .cancelling:
      failure = nil
      terminate(in: .canceled, context)
    case .restarting:
      if isBackoffOver { deployAnew(in: context) }
    case .initializing, .created, .failed, .canceled, .finished: break
    }
  }

  private func deployAnew(in context: RoleContext) {
    isBackoffOver = false
    execution.resetForNewAttempt()
    changeState(to: .running, in: context)
    context.record(.restoring(job, checkpoints.latest?.id))
    schedule(in: context)
  }

  /// The job is over: its slots go back, and whoever knows it is told.
  func terminate(in last: JobState, _ context: RoleContext) {
    if last == .finished { failure = nil }
    changeState(to: last, reason: failure?.description, in: context)
    epoch += 1
    for slot in slotPool.dropAll() {
      context.record(.slotReleased(job, taskManager: slot.taskManager, slot: slot.slot))
      context.send(
        .taskManager(.freeSlot(AllocationID(number: slot.allocation))),
        to: Endpoint(process: slot.process, role: .taskManager)
      )
    }
    for peer in heartbeats.peers {
      context.send(
        .taskManager(.disconnectJob(job)),
        to: Endpoint(process: peer.process, role: .taskManager)
      )
      heartbeats.forget(peer.process)
    }
    context.send(.resourceManager(.unregisterJobMaster(job)), to: resourceManager)
    context.send(.dispatcher(.jobTerminated(job, last, failure)), to: dispatcher)
    context.process.noteProgress()
  }
}
