import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel

/// Batch: one stage after the other, and of a failure only what it took is done again.
///
/// A task is deployed when all tasks that it may read from have finished; their TaskManagers keep
/// what they wrote until the job is over. Since a task reads its channels in a fixed order, and
/// draws by chance the same in every attempt, an attempt writes what the one before wrote: who has
/// read that before is not concerned when it is written again.
/// *Source:* Flink `PipelinedRegionSchedulingStrategy` with blocking exchanges, and
/// `RestartPipelinedRegionFailoverStrategy`.
extension JobMaster {
  /// Whether the job is executed as batch.
  var isBatch: Bool { execution.graph.settings.isBatch }

  /// Schedules the tasks that can run: what they read has been written, and is there.
  func scheduleReadyTasks(in context: RoleContext) {
    let ready = readyTasks()
    guard state == .running, !ready.isEmpty else { return }
    epoch += 1
    for subtask in ready { changeTask(subtask, to: .scheduled, in: context) }
    declareRequirements(in: context)
    if slotPool.isComplete {
      deployIfPossible(in: context)
    } else {
      context.after(options.slotRequestTimeout, .jobMaster(.slotRequestTimedOut(epoch: epoch)))
    }
  }

  /// The tasks that can run; a finished one whose result is needed and lost is to run again.
  private func readyTasks() -> [SubtaskID] {
    while true {
      let isFed = execution.haveProducersFinished
      let ready = execution.subtasks(in: .created).filter { isFed[$0.vertex] }
      guard !lostResults.isEmpty else { return ready }
      let lost = ready.flatMap { execution.producers(of: $0) }.filter { lostResults.contains($0) }
      if lost.isEmpty { return ready }
      for subtask in lost where lostResults.contains(subtask) { beginAnew(subtask) }
    }
  }

  private func beginAnew(_ subtask: SubtaskID) {
    execution.resetForNewAttempt(subtask)
    lostResults.remove(subtask)
    prepared[subtask] = nil
  }

  /// Some task ended while the job runs, or the delay of a restart is over.
  func stageTasksEnded(in context: RoleContext) {
    if state == .restarting {
      guard isBackoffOver else { return }
      isBackoffOver = false
      for subtask in execution.subtasks(where: { $0.state == .failed || $0.state == .canceled }) {
        beginAnew(subtask)
      }
      changeState(to: .running, in: context)
    }
    if execution.areAllFinished {
      commitRows(in: context)
    } else {
      scheduleReadyTasks(in: context)
    }
  }

  /// Lets what failed run again after a delay; what runs goes on.
  func repeatFailed(
    after delay: VirtualDuration,
    because error: ClusterError,
    in context: RoleContext
  ) {
    failure = error
    restarts += 1
    isBackoffOver = false
    epoch += 1
    changeState(to: .restarting, reason: error.description, in: context)
    context.record(.restartScheduled(job, restart: restarts, delay: delay))
    context.after(delay, .jobMaster(.restartDue(epoch: epoch)))
  }

  /// The results that a TaskManager kept are gone: whoever was to read them fails.
  func loseResults(
    on process: ProcessID,
    because reason: ClusterError,
    in context: RoleContext
  ) {
    let lost = Set(
      execution.subtasks { $0.state == .finished && $0.slot?.process == process }
    )
    lostResults.formUnion(lost)
    for subtask in execution.subtasks {
      let current = execution[subtask].state
      guard current != .created, !current.isTerminal,
        execution.producers(of: subtask).contains(where: { lost.contains($0) })
      else { continue }
      let attempt = execution.attemptID(of: subtask)
      send(.cancelTask(attempt), about: subtask, in: context)
      attemptFailed(attempt, reason, in: context)
    }
  }
}
