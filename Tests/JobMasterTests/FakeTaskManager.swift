import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel

/// A TaskManager without records: it takes slots, deploys, forwards barriers, fails and finishes as
/// a real one would, after the delays of the options.
final class FakeTaskManager: SimulatedProcess {
  /// Whether it hands out its snapshots, declines them, or says nothing.
  enum CheckpointManner { case acknowledge, decline, keepSilent }

  let name: String
  let slotCount: Int
  let options: ClusterOptions
  let resourceManager: Endpoint
  var manner = CheckpointManner.acknowledge
  var tasks: [FakeTask] = []
  var grants: [(slot: Int, allocation: AllocationID, job: JobID, jobMaster: Endpoint)] = []
  var connected: [JobID] = []

  init(name: String, slots: Int, options: ClusterOptions, resourceManager: Endpoint) {
    self.name = name
    slotCount = slots
    self.options = options
    self.resourceManager = resourceManager
  }

  func handle(_ event: ProcessEvent<ClusterMessage>, in process: ClusterProcessContext) {
    let context = RoleContext(process: process, role: .taskManager)
    switch event {
    case .started: register(in: context)
    case .message(let message, _):
      switch message.payload {
      case .taskManager(let payload): receive(payload, from: message.sender, in: context)
      case .data(let payload): receive(payload, from: message.sender, in: context)
      case .timer(.taskManager(let timer)): fired(timer, in: context)
      case .client, .dispatcher, .resourceManager, .jobMaster, .timer: break
      }
    case .undeliverable: break
    case .connectionLost(let peer):
      for task in tasks where task.readsFrom(peer) {
        fail(task, because: .connectionLost(peer: process.name(of: peer)), in: context)
      }
    }
  }

  private func register(in context: RoleContext) {
    context.send(
      .resourceManager(.registerTaskManager(name: name, slots: slotCount)),
      to: resourceManager
    )
  }

  private func receive(
    _ message: TaskManagerMessage,
    from sender: Endpoint,
    in context: RoleContext
  ) {
    switch message {
    case .registerAgain: register(in: context)
    case .requestSlot(let slot, let allocation, let job, let jobMaster):
      grants.append((slot, allocation, job, jobMaster))
      guard !connected.contains(job) else { return offerSlots(of: job, in: context) }
      context.after(
        options.jobMasterConnectionDelay,
        .taskManager(.jobMasterFound(job, jobMaster))
      )
    case .jobMasterConnected(let job):
      connected.append(job)
      offerSlots(of: job, in: context)
    case .acceptSlots(let job, let kept):
      for grant in grants where grant.job == job && !kept.contains(grant.allocation) {
        free(grant.allocation, in: context)
      }
    case .freeSlot(let allocation): free(allocation, in: context)
    case .disconnectJob(let job): forget(job, in: context)
    case .heartbeatRequest:
      let isJobMaster = if case .jobMaster = sender.role { true } else { false }
      context.send(
        isJobMaster ? .jobMaster(.heartbeat) : .resourceManager(.heartbeat),
        to: sender
      )
    case .submitTask(let deployment): submit(deployment, in: context)
    default: receive(aboutTask: message, in: context)
    }
  }

  private func fired(_ timer: TaskManagerTimer, in context: RoleContext) {
    switch timer {
    case .jobMasterFound(_, let jobMaster):
      context.send(.jobMaster(.registerTaskManager(name: name)), to: jobMaster)
    case .taskSetUp(let attempt): setUp(attempt, in: context)
    case .wake(let attempt, _): restored(attempt, in: context)
    case .taskCleanedUp(let attempt): cleanedUp(attempt, in: context)
    case .sliceEnded, .snapshotSlice, .partitionRequestTimedOut: break
    }
  }

  private func receive(aboutTask message: TaskManagerMessage, in context: RoleContext) {
    switch message {
    case .cancelTask(let attempt): end(attempt, .canceled, nil, in: context)
    case .failTask(let attempt): end(attempt, .failed, .failedByUser, in: context)
    case .triggerCheckpoint(let attempt, let barrier):
      if let task = task(attempt) { snapshot(barrier, task, in: context) }
    case .checkpointCompleted(let attempt, let checkpoint):
      if let task = task(attempt), task.finalCheckpoint.map({ $0 <= checkpoint }) == true {
        end(attempt, .finished, nil, in: context)
      }
    case .checkpointAborted(let attempt, let checkpoint):
      if let task = task(attempt), task.finalCheckpoint == checkpoint { task.finalCheckpoint = nil }
    default: break
    }
  }
}

extension FakeTaskManager {
  private func offerSlots(of job: JobID, in context: RoleContext) {
    let mine = grants.filter { $0.job == job }
    guard let jobMaster = mine.first?.jobMaster else { return }
    let offers = mine.map { SlotOffer(allocation: $0.allocation, slot: $0.slot) }
    context.send(.jobMaster(.offerSlots(offers)), to: jobMaster)
  }

  private func free(_ allocation: AllocationID, in context: RoleContext) {
    guard let index = grants.firstIndex(where: { $0.allocation == allocation }) else { return }
    let slot = grants.remove(at: index).slot
    context.send(
      .resourceManager(.slotFreed(slot: slot, allocation: allocation)),
      to: resourceManager
    )
  }

  private func forget(_ job: JobID, in context: RoleContext) {
    connected.removeAll { $0 == job }
    tasks.removeAll { $0.attempt.job == job }
    for grant in grants where grant.job == job { free(grant.allocation, in: context) }
  }
}
