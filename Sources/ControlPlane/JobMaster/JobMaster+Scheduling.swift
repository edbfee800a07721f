import Checkpointing
import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel

extension JobMaster {
  /// Changes the job's state, reports it, and lets checkpoints follow it.
  func changeState(to next: JobState, reason: String? = nil, in context: RoleContext) {
    let previous = execution.transition(to: next)
    context.record(.jobState(job, from: previous, to: next, reason: reason))
    if next == .running {
      perform(coordinator?.resume(), in: context)
    } else if previous == .running {
      perform(coordinator?.suspend(at: context.now), in: context)
    }
  }

  /// Changes the state of a task's current attempt and reports it.
  func changeTask(_ subtask: SubtaskID, to next: ExecutionState, in context: RoleContext) {
    let previous = execution.transition(subtask, to: next)
    let attempt = execution[subtask]
    context.record(
      .taskState(
        TaskStateChange(
          job: job,
          subtask: subtask,
          task: execution.graph.taskName(of: subtask),
          attempt: attempt.attempt,
          from: previous,
          to: next,
          taskManager: attempt.slot?.taskManager
        )
      )
    )
  }

  /// Schedules every task: they are deployed all at once, when there is a slot for each share.
  ///
  /// In batch only those that can run by now.
  func schedule(in context: RoleContext) {
    epoch += 1
    aligner.reset()
    if isBatch { return scheduleReadyTasks(in: context) }
    for subtask in execution.subtasks { changeTask(subtask, to: .scheduled, in: context) }
    declareRequirements(in: context)
    if slotPool.isComplete {
      deployIfPossible(in: context)
    } else {
      context.after(options.slotRequestTimeout, .jobMaster(.slotRequestTimedOut(epoch: epoch)))
    }
  }

  /// Says to the ResourceManager how many slots the job needs in all: none while it is not RUNNING,
  /// so that a lost slot is replaced only once it is waited for.
  func declareRequirements(in context: RoleContext) {
    let needed = state == .running ? slotPool.needed : 0
    if needed > slotPool.slots.count {
      context.record(.slotsRequested(job, count: needed - slotPool.slots.count))
    }
    context.send(
      .resourceManager(.declareRequirements(job, slots: needed)),
      to: resourceManager
    )
  }

  /// Deploys the tasks if they wait for slots and there are enough.
  func deployIfPossible(in context: RoleContext) {
    guard state == .running, slotPool.isComplete else { return }
    let waiting = execution.subtasks(in: .scheduled)
    guard !waiting.isEmpty else { return }
    wasDeployed = true
    let slots = slotPool.assign()
    for subtask in waiting {
      let vertex = execution.graph.vertices[subtask.vertex]
      if let slot = slots[SlotPool.share(of: vertex, index: subtask.index)] {
        execution.assign(slot, to: subtask)
      }
    }
    let plan = DeploymentPlan(execution, from: checkpoints.latest, jobMaster: context.endpoint)
    for subtask in waiting {
      guard var deployment = plan.deployment(of: subtask) else {
        invariant(false, "\(execution.graph.taskName(of: subtask)) is deployed without a slot")
        continue
      }
      deployment.lastCheckpoint = coordinator?.lastNumber ?? 0
      changeTask(subtask, to: .deploying, in: context)
      send(.submitTask(deployment), about: subtask, in: context, bytes: 4096)
    }
  }

  /// Sends a message to the TaskManager that a task's current attempt is on, if it is on one.
  func send(
    _ message: TaskManagerMessage,
    about subtask: SubtaskID,
    in context: RoleContext,
    bytes: Int = 256
  ) {
    guard let slot = execution[subtask].slot else { return }
    context.send(
      .taskManager(message),
      to: Endpoint(process: slot.process, role: .taskManager),
      bytes: bytes
    )
  }

  /// The slots that the job needs are not to be had.
  ///
  /// A job that never had its slots fails at once and follows its restart strategy. One that lost
  /// some of them waits: that is what was recorded of Flink after the loss of a TaskManager, within
  /// the ResourceManager's start-up period. It waits as long as a slot request may last.
  func notEnoughResources(in context: RoleContext) {
    guard !wasDeployed else { return }
    failForWantOfSlots(in: context)
  }

  /// Fails the first task that waits for a slot.
  func failForWantOfSlots(in context: RoleContext) {
    guard state == .running, !slotPool.isComplete,
      let waiting = execution.subtasks(in: .scheduled).first
    else { return }
    let error = ClusterError.noResourceAvailable(
      needed: slotPool.needed,
      available: slotPool.slots.count
    )
    attemptFailed(execution.attemptID(of: waiting), error, in: context)
  }
}
