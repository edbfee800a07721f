package import Checkpointing
package import ClusterProtocol
package import JobGraphs
import SimulationKernel
package import StreamModel

/// The role that runs one job: it gets slots, deploys tasks, takes checkpoints, and recovers.
///
/// What is to be done is decided by values without messages — ``RestartBackoff``, ``SlotPool``,
/// ``DeploymentPlan``, `CheckpointCoordinator` — and done here. A failure restarts the
/// whole job; in batch, what has failed and what it needs again.
/// *Source:* Flink `JobMaster` and `DefaultScheduler`.
package final class JobMaster: ClusterRole {
  /// The job's state and its tasks' attempts.
  package internal(set) var execution: ExecutionGraph
  /// The slots that the job holds.
  package internal(set) var slotPool: SlotPool
  /// How often the job was deployed anew after a failure.
  ///
  /// *Source:* Flink `numRestarts`.
  package internal(set) var restarts = 0
  /// The latest completed checkpoint.
  package internal(set) var checkpoints: CheckpointStore
  /// The checkpoints' coordinator, where checkpoints are taken.
  package internal(set) var coordinator: CheckpointCoordinator?
  /// What ended the job, or set it back last.
  package internal(set) var failure: ClusterError?

  let options: ClusterOptions
  let dispatcher: Endpoint
  let resourceManager: Endpoint
  var heartbeats: HeartbeatMonitor
  var backoff: RestartBackoff?
  /// Whether the backoff of the present restart is over.
  var isBackoffOver = false
  /// Whether all tasks had their slots at least once.
  var wasDeployed = false
  /// The checkpoints whose metadata is being written.
  var storing: [CheckpointID: CompletedCheckpoint] = [:]
  /// In batch, the finished tasks whose results went with their TaskManager.
  var lostResults: Set<SubtaskID> = []
  /// In batch, the rows of sinks that wait for the end of the job, by task.
  var prepared: [SubtaskID: [Committable]] = [:]
  /// How many of them are being committed.
  var outstandingCommits = 0
  /// How far the sources of alignment groups are.
  var aligner = WatermarkAligner()
  /// Marks timers of the present deployment; those of another are stale.
  var epoch = 0

  /// Makes the role.
  ///
  /// - Parameters:
  ///   - job: The job's id.
  ///   - graph: What to run.
  ///   - options: The cluster's options.
  ///   - dispatcher: Who is told about the end.
  ///   - resourceManager: Who grants slots.
  ///   - checkpoint: What to begin from, or nil.
  package init(
    job: JobID,
    graph: JobGraph,
    options: ClusterOptions,
    dispatcher: Endpoint,
    resourceManager: Endpoint,
    from checkpoint: CompletedCheckpoint? = nil
  ) {
    execution = ExecutionGraph(job: job, graph: graph)
    slotPool = SlotPool(graph: graph)
    checkpoints = CheckpointStore(latest: checkpoint)
    self.options = options
    self.dispatcher = dispatcher
    self.resourceManager = resourceManager
    heartbeats = HeartbeatMonitor(
      timeout: options.heartbeatTimeout,
      failureThreshold: options.heartbeatFailureThreshold
    )
  }

  /// The job's id.
  package var job: JobID { execution.job }

  /// The job's state.
  package var state: JobState { execution.state }

  /// Sets the job to work.
  package func start(in context: RoleContext) {
    let settings = execution.graph.settings
    backoff = RestartBackoff(
      settings.effectiveRestartStrategy,
      random: context.process.randomStream(named: "restart/\(job)")
    )
    coordinator = settings.checkpoints.map { checkpointSettings in
      CheckpointCoordinator(
        job: job,
        graph: execution.graph,
        settings: checkpointSettings,
        random: context.process.randomStream(named: "checkpoints/\(job)"),
        latest: checkpoints.latest
      )
    }
    changeState(to: .created, in: context)
    context.send(.resourceManager(.registerJobMaster(job)), to: resourceManager)
    sendHeartbeats(in: context)
    changeState(to: .running, in: context)
    schedule(in: context)
  }

  /// Reacts to a message.
  package func receive(
    _ payload: ClusterMessage.Payload,
    from sender: Endpoint,
    in context: RoleContext
  ) {
    switch payload {
    case .jobMaster(let message): receive(message, from: sender, in: context)
    case .timer(.jobMaster(let timer)): fired(timer, in: context)
    case .client, .dispatcher, .resourceManager, .taskManager, .data, .timer: break
    }
  }

  private func receive(
    _ message: JobMasterMessage,
    from sender: Endpoint,
    in context: RoleContext
  ) {
    switch message {
    case .registered: break
    case .registerTaskManager(let name): connect(name, at: sender, in: context)
    case .offerSlots(let offers): take(offers, from: sender, in: context)
    case .notEnoughResources: notEnoughResources(in: context)
    case .taskManagerLost(let process, let reason):
      lose(process, because: reason, in: context)
    case .taskStateChanged(let attempt, let state, let error):
      taskChanged(attempt, to: state, error, in: context)
    case .rowsPrepared(let attempt, let rows):
      if execution.isCurrent(attempt) { prepared[attempt.subtask] = rows }
    case .rowsCommitted(let subtask, let rows, let error):
      committed(rows, of: subtask, error, in: context)
    case .acknowledgeCheckpoint(let attempt, let checkpoint, let handle):
      acknowledged(checkpoint, by: attempt, handle, in: context)
    case .declineCheckpoint(let attempt, let checkpoint, let error):
      declined(checkpoint, by: attempt, error, in: context)
    case .reportWatermark(let attempt, let group, let watermark):
      align(group, attempt, at: watermark, in: context)
    case .heartbeat: heartbeats.heard(from: sender.process, at: context.now)
    case .cancel: cancel(in: context)
    case .failTask(let subtask): failTask(subtask, in: context)
    case .triggerCheckpoint:
      perform(coordinator?.triggerNow(at: context.now, execution: execution), in: context)
    case .checkpointStored(let checkpoint, let error): stored(checkpoint, error, in: context)
    case .objectRemoved: break
    }
  }

  private func fired(_ timer: JobMasterTimer, in context: RoleContext) {
    switch timer {
    case .heartbeatTick: sendHeartbeats(in: context)
    case .heartbeatOverdue(let process): heartbeatOverdue(process, in: context)
    case .assignSlots(let epoch):
      if epoch == self.epoch { deployIfPossible(in: context) }
    case .slotRequestTimedOut(let epoch):
      if epoch == self.epoch { failForWantOfSlots(in: context) }
    case .failureAssessed(let attempt, let error):
      attemptFailed(attempt, error, in: context)
    case .restartDue(let epoch): restartDue(epoch, in: context)
    case .checkpointTick(let epoch):
      perform(coordinator?.tick(epoch: epoch, at: context.now, execution: execution), in: context)
    case .checkpointExpired(let checkpoint):
      perform(coordinator?.expire(checkpoint, at: context.now), in: context)
    }
  }

  /// Draws the consequences of a message that did not reach a TaskManager.
  package func undeliverable(
    _ payload: ClusterMessage.Payload,
    to receiver: Endpoint,
    in context: RoleContext
  ) {
    guard case .taskManager(let message) = payload, !state.isTerminal else { return }
    switch message {
    case .submitTask(let deployment):
      deploymentRefused(deployment.attempt, by: receiver, in: context)
    case .cancelTask(let attempt):
      recordUnreachable(receiver, "cancelTask", in: context)
      attemptCanceled(attempt, in: context)
    case .triggerCheckpoint(_, let barrier):
      recordUnreachable(receiver, "triggerCheckpoint", in: context)
      perform(
        coordinator?.triggerUnreachable(barrier.checkpoint, at: context.now),
        in: context
      )
    case .heartbeatRequest: heartbeatRefused(by: receiver, in: context)
    // What is lost with these shows by what does not come: a heartbeat, a state, an end.
    case .registered, .registerAgain, .requestSlot, .jobMasterConnected, .acceptSlots, .freeSlot,
      .failTask, .alignWatermarks, .checkpointCompleted, .checkpointAborted, .disconnectJob,
      .stateRead, .snapshotWritten, .committed, .rowsWritten, .operated:
      break
    }
  }
}
