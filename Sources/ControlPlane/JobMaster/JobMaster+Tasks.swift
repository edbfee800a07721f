import Checkpointing
import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel

extension JobMaster {
  /// A TaskManager says how far an attempt has come.
  ///
  /// What is about an attempt that is not its task's current one is stale, and so is a step that
  /// the table does not allow: the attempt has gone further by another message.
  func taskChanged(
    _ attempt: ExecutionAttemptID,
    to next: ExecutionState,
    _ error: ClusterError?,
    in context: RoleContext
  ) {
    let subtask = attempt.subtask
    guard execution.isCurrent(attempt), execution.mayTransition(subtask, to: next) else { return }
    switch next {
    case .failed where execution[subtask].state == .canceling:
      attemptCanceled(attempt, in: context)
    case .failed:
      let error = error ?? .rejected(message: "the task failed without saying why")
      context.after(
        options.failureAssessmentDelay,
        .jobMaster(.failureAssessed(attempt, error))
      )
    case .canceled: attemptCanceled(attempt, in: context)
    case .finished:
      changeTask(subtask, to: .finished, in: context)
      perform(coordinator?.taskFinished(subtask, at: context.now), in: context)
      tasksEnded(in: context)
    case .initializing, .running:
      // A task that is being canceled does not come to life any more.
      if execution[subtask].state != .canceling { changeTask(subtask, to: next, in: context) }
    case .created, .scheduled, .deploying, .canceling: break
    }
  }

  /// The deployment of an attempt found nobody.
  func deploymentRefused(
    _ attempt: ExecutionAttemptID,
    by receiver: Endpoint,
    in context: RoleContext
  ) {
    recordUnreachable(receiver, "submitTask", in: context)
    let name = context.process.name(of: receiver.process)
    attemptFailed(
      attempt,
      .recipientUnreachable(recipient: name, message: "submitTask"),
      in: context
    )
  }

  /// An attempt failed: the job recovers, or ends.
  ///
  /// One that was to be canceled has just ended.
  func attemptFailed(
    _ attempt: ExecutionAttemptID,
    _ error: ClusterError,
    in context: RoleContext
  ) {
    let subtask = attempt.subtask
    guard execution.isCurrent(attempt), !execution[subtask].state.isTerminal else { return }
    if execution[subtask].state == .canceling {
      attemptCanceled(attempt, in: context)
      return
    }
    changeTask(subtask, to: .failed, in: context)
    context.record(
      .taskFailed(
        job,
        task: execution.graph.taskName(of: subtask),
        attempt: attempt.attempt,
        error: error
      )
    )
    if state == .running { failOver(because: error, in: context) }
    tasksEnded(in: context)
  }

  /// An attempt has stopped as it was told to, or as good as: nobody is left to say so.
  func attemptCanceled(_ attempt: ExecutionAttemptID, in context: RoleContext) {
    let subtask = attempt.subtask
    guard execution.isCurrent(attempt), execution.mayTransition(subtask, to: .canceled) else {
      return
    }
    changeTask(subtask, to: .canceled, in: context)
    tasksEnded(in: context)
  }

  /// Stops every task; those that never reached a TaskManager have stopped already.
  func cancelTasks(in context: RoleContext) {
    epoch += 1
    for subtask in execution.subtasks {
      switch execution[subtask].state {
      case .created, .scheduled: changeTask(subtask, to: .canceled, in: context)
      case .deploying, .initializing, .running:
        changeTask(subtask, to: .canceling, in: context)
        send(.cancelTask(execution.attemptID(of: subtask)), about: subtask, in: context)
      case .canceling, .finished, .canceled, .failed: break
      }
    }
  }

  /// The user fails a task: its TaskManager does it.
  func failTask(_ subtask: SubtaskID, in context: RoleContext) {
    guard execution.subtasks.contains(subtask) else { return }
    send(.failTask(execution.attemptID(of: subtask)), about: subtask, in: context)
  }
}
