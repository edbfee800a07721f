package import ExternalSystems
package import RecordFormats
package import ClusterProtocol
package import SimulationKernel
import StreamModel
import StreamOperators
import TaskRuntime

/// Offers slots and runs tasks in them.
///
/// *Source:* Flink `TaskExecutor`.
///
/// Its tasks do no input or output themselves: they say what they want, and this role does it.
package final class TaskManager: ClusterRole {
  var tasks = TaskTable()
  var cores: [TaskCore]
  var schedulerRandom: RandomStream
  let options: ClusterOptions
  /// The name that it registers under.
  package let name: String
  /// What sources can read.
  package var inputs: InputCatalog
  /// The log and the tables outside of jobs.
  package var external = ExternalSystems()
  let resourceManager: Endpoint
  let seed: UInt64
  var slots: TaskSlotTable
  /// The figures of tasks that finished and are gone.
  var lastMetrics: [(attempt: ExecutionAttemptID, slot: Int, metrics: TaskMetrics)] = []
  /// The consumers that asked for the output of a task that is not open yet, by that task.
  var earlyRequests: [ExecutionAttemptID: EarlyRequests] = [:]

  /// The tasks in the order of deployment.
  var order: [RunningTask] { tasks.order }

  /// Makes a TaskManager with so many slots, each with a processor core.
  package init(
    name: String,
    slots: Int,
    resourceManager: Endpoint,
    options: ClusterOptions,
    inputs: InputCatalog,
    seed: UInt64
  ) {
    self.name = name
    self.options = options
    self.inputs = inputs
    self.resourceManager = resourceManager
    self.seed = seed
    self.slots = TaskSlotTable(count: slots)
    cores = (0..<slots).map { _ in TaskCore() }
    schedulerRandom = RandomStream(seed: seed, name: "scheduler-\(name)")
  }

  /// Registers at the ResourceManager.
  package func start(in context: RoleContext) {
    register(context)
  }

  /// Reacts to a message.
  package func receive(
    _ payload: ClusterMessage.Payload,
    from sender: Endpoint,
    in context: RoleContext
  ) {
    switch payload {
    case .data(let message): receive(message, from: sender, context)
    case .taskManager(let message): receive(message, from: sender, context)
    case .timer(.taskManager(let timer)): fired(timer, context)
    case .client, .dispatcher, .resourceManager, .jobMaster, .timer:
      invariant(false, "a TaskManager was sent another role's message")
    }
  }

  /// A message of its own found nobody: only what it cannot do without is tried again.
  package func undeliverable(
    _ payload: ClusterMessage.Payload,
    to receiver: Endpoint,
    in context: RoleContext
  ) {
    switch payload {
    case .data(.requestPartition(let channel, _)):
      loseConnection(of: channel.consumer, to: receiver.process, context)
    case .data(.partitionNotFound), .data(.element), .data(.credit), .data(.close), .client,
      .dispatcher, .resourceManager, .jobMaster, .taskManager, .timer:
      break
    }
  }

  /// A peer died: whoever reads from it fails.
  package func connectionLost(to peer: ProcessID, in context: RoleContext) {
    for task in order where task.readsOpenChannel(from: peer) {
      fail(task, .connectionLost(peer: context.process.name(of: peer)), context)
    }
    for task in order {
      cores[task.core].wake(task)
      task.releaseConsumers(at: peer)
    }
  }

  /// Gives up every task and every slot, tells whoever counts on them, and registers anew: what a
  /// TaskManager does that was taken for lost, or finds that others know of it what is not so.
  func startOver(_ context: RoleContext) {
    for jobMaster in slots.jobMasters {
      context.send(
        .jobMaster(
          .taskManagerLost(context.process.id, reason: .taskManagerUnreachable(name: name))
        ),
        to: jobMaster
      )
    }
    for task in order {
      noteSourceStop(of: task, context)
      drop(task)
    }
    slots = TaskSlotTable(count: slots.count)
    register(context)
  }

  private func register(_ context: RoleContext) {
    context.send(
      .resourceManager(.registerTaskManager(name: name, slots: slots.count)),
      to: resourceManager
    )
  }

  private func receive(
    _ message: TaskManagerMessage,
    from sender: Endpoint,
    _ context: RoleContext
  ) {
    switch message {
    case .registered: break
    case .registerAgain: startOver(context)
    case .requestSlot(let slot, let allocation, let job, let jobMaster):
      reserve(slot, allocation, for: job, of: jobMaster, context)
    case .jobMasterConnected(let job):
      slots.connect(to: job)
      offerSlots(to: job, context)
    case .acceptSlots(let job, let accepted):
      for slot in slots.settleOffers(of: job, accepted: accepted) { reportFreed(slot, context) }
    case .freeSlot(let allocation):
      if let slot = slots.free(allocation) { reportFreed(slot, context) }
    case .submitTask(let deployment): submit(deployment, context)
    case .cancelTask(let attempt): cancel(attempt, for: sender, context)
    case .failTask(let attempt): tasks[attempt].map { fail($0, .failedByUser, context) }
    case .triggerCheckpoint(let attempt, let barrier):
      tell(attempt, context) { $0.trigger(barrier.checkpoint) }
    case .alignWatermarks(let attempt, let group, let slowest):
      tell(attempt, context) { $0.align(group: group, slowest: slowest) }
    case .checkpointCompleted(let attempt, let checkpoint):
      tell(attempt, context) { $0.checkpointCompleted(checkpoint) }
    case .checkpointAborted(let attempt, let checkpoint):
      tell(attempt, context) { $0.checkpointAborted(checkpoint) }
      giveUp(checkpoint, of: attempt, context)
    case .disconnectJob(let job):
      for task in order where task.attempt.job == job { drop(task) }
      for slot in slots.freeAll(of: job) { reportFreed(slot, context) }
    case .heartbeatRequest:
      let isJobMaster = sender.role != .resourceManager
      context.send(
        isJobMaster ? .jobMaster(.heartbeat) : .resourceManager(.heartbeat),
        to: sender
      )
    case .stateRead(let attempt, let path, let result):
      stateRead(path, result, of: attempt, context)
    case .snapshotWritten(let attempt, let checkpoint, let error):
      snapshotWritten(attempt, checkpoint, error, context)
    case .committed(let attempt, let committable, let error):
      committed(attempt, committable, error, context)
    case .rowsWritten(let attempt, let committable, let error):
      rowsWritten(attempt, committable, error, context)
    case .operated(let attempt, let receipt): operated(attempt, receipt, context)
    }
  }

  private func fired(_ timer: TaskManagerTimer, _ context: RoleContext) {
    switch timer {
    case .jobMasterFound(_, let jobMaster):
      context.send(.jobMaster(.registerTaskManager(name: name)), to: jobMaster)
    case .taskSetUp(let attempt): continueSetUp(of: attempt, context)
    case .wake(let attempt, let number): wake(attempt, number, context)
    case .sliceEnded(let core): sliceEnded(core, context)
    case .snapshotSlice(let attempt, let checkpoint):
      serialiseSlice(attempt, checkpoint, context)
    case .taskCleanedUp(let attempt): cleanedUp(attempt, context)
    case .partitionRequestTimedOut(let channel): timeOutRequest(for: channel, context)
    }
  }

  private func reserve(
    _ slot: Int,
    _ allocation: AllocationID,
    for job: JobID,
    of jobMaster: Endpoint,
    _ context: RoleContext
  ) {
    let isKnown = slots.isConnected(to: job)
    guard slots.reserve(slot, allocation, for: job, of: jobMaster) else {
      context.send(
        .resourceManager(.slotRequestFailed(slot: slot, allocation: allocation)),
        to: resourceManager
      )
      return
    }
    if isKnown {
      offerSlots(to: job, context)
    } else {
      context.after(
        options.jobMasterConnectionDelay,
        .taskManager(.jobMasterFound(job, jobMaster))
      )
    }
  }

  private func offerSlots(to job: JobID, _ context: RoleContext) {
    let offers = slots.takeOffers(for: job)
    guard !offers.isEmpty, let jobMaster = slots.jobMaster(of: job) else { return }
    context.send(.jobMaster(.offerSlots(offers)), to: jobMaster)
  }

  private func reportFreed(_ offer: SlotOffer, _ context: RoleContext) {
    context.send(
      .resourceManager(.slotFreed(slot: offer.slot, allocation: offer.allocation)),
      to: resourceManager
    )
  }
}
