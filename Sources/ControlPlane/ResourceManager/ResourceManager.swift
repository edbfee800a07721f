package import ClusterProtocol
import SimulationKernel
import StreamModel

/// The role that knows the TaskManagers and grants their slots to jobs.
///
/// It sends heartbeats with a phase of its own, drawn from the random stream `resource-manager`:
/// how soon a dead TaskManager is noticed depends on it.
/// *Source:* Flink `ResourceManager`, `StandaloneResourceManager` and `FineGrainedSlotManager`.
package final class ResourceManager: ClusterRole {
  /// The TaskManagers and whom their slots are granted to.
  package internal(set) var slotTable = SlotTable()
  /// What the jobs need, in the order in which their JobMasters registered.
  package internal(set) var requirements: [Requirement] = []

  let options: ClusterOptions
  var heartbeats: HeartbeatMonitor
  private var isCheckPending = false

  /// Makes the role.
  package init(options: ClusterOptions) {
    self.options = options
    heartbeats = HeartbeatMonitor(
      timeout: options.heartbeatTimeout,
      failureThreshold: options.heartbeatFailureThreshold
    )
  }

  /// Begins to send heartbeats, at a phase of its own.
  package func start(in context: RoleContext) {
    var random = context.process.randomStream(named: "resource-manager")
    let phase = random.below(Int(options.heartbeatInterval.nanoseconds))
    context.after(.nanoseconds(Int64(phase)), .resourceManager(.heartbeatTick))
  }

  /// Reacts to a message.
  package func receive(
    _ payload: ClusterMessage.Payload,
    from sender: Endpoint,
    in context: RoleContext
  ) {
    switch payload {
    case .resourceManager(let message): receive(message, from: sender, in: context)
    case .timer(.resourceManager(let timer)): fired(timer, in: context)
    case .client, .dispatcher, .jobMaster, .taskManager, .data, .timer: break
    }
  }

  private func fired(_ timer: ResourceManagerTimer, in context: RoleContext) {
    switch timer {
    case .heartbeatTick: sendHeartbeats(in: context)
    case .checkRequirements: checkRequirements(in: context)
    case .heartbeatOverdue(let process):
      if let reason = heartbeats.verdict(on: process, at: context.now) {
        lose(process, because: reason, in: context)
      }
    }
  }

  private func receive(
    _ message: ResourceManagerMessage,
    from sender: Endpoint,
    in context: RoleContext
  ) {
    switch message {
    case .registerTaskManager(let name, let slots):
      register(name, slots: slots, at: sender, in: context)
    case .registerJobMaster(let job):
      requirements.removeAll { $0.job == job }
      requirements.append(Requirement(job: job, jobMaster: sender))
      context.send(.jobMaster(.registered), to: sender)
    case .declareRequirements(let job, let slots):
      declare(slots, for: job, in: context)
    case .unregisterJobMaster(let job):
      requirements.removeAll { $0.job == job }
    case .slotFreed(let slot, let allocation), .slotRequestFailed(let slot, let allocation):
      slotTable.free(slot, of: sender.process, allocation: allocation)
      if isAnyUnmet { scheduleCheck(in: context) }
    case .heartbeat: heard(from: sender, in: context)
    case .taskManagerLost(let process, let reason):
      lose(process, because: reason, in: context)
    }
  }

  /// Counts undeliverable heartbeats, and grants nothing more to whom a grant did not reach.
  package func undeliverable(
    _ payload: ClusterMessage.Payload,
    to receiver: Endpoint,
    in context: RoleContext
  ) {
    guard let name = slotTable.taskManager(at: receiver.process)?.name,
      case .taskManager(let message) = payload
    else { return }
    switch message {
    case .heartbeatRequest:
      context.record(.unreachable(name: name, message: "heartbeatRequest"))
      if let reason = heartbeats.refused(by: receiver.process) {
        lose(receiver.process, because: reason, in: context)
      }
    case .requestSlot(let slot, let allocation, _, _):
      context.record(.unreachable(name: name, message: "requestSlot"))
      slotTable.setSuspect(receiver.process, true)
      slotTable.free(slot, of: receiver.process, allocation: allocation)
      scheduleCheck(in: context)
    case .registered, .registerAgain, .jobMasterConnected, .acceptSlots, .freeSlot, .submitTask,
      .cancelTask, .failTask, .triggerCheckpoint, .alignWatermarks, .checkpointCompleted,
      .checkpointAborted, .disconnectJob, .stateRead, .snapshotWritten, .committed, .rowsWritten,
      .operated:
      break
    }
  }
}

extension ResourceManager {
  private var isAnyUnmet: Bool {
    requirements.contains { slotTable.slotCount(of: $0.job) < $0.slots }
  }

  /// Looks at the requirements soon; several reasons within that time are looked at together.
  func scheduleCheck(in context: RoleContext) {
    guard !isCheckPending else { return }
    isCheckPending = true
    context.after(options.requirementCheckDelay, .resourceManager(.checkRequirements))
  }

  private func declare(_ slots: Int, for job: JobID, in context: RoleContext) {
    guard let index = requirements.firstIndex(where: { $0.job == job }) else { return }
    requirements[index].slots = slots
    scheduleCheck(in: context)
  }

  private func checkRequirements(in context: RoleContext) {
    isCheckPending = false
    for index in requirements.indices {
      let requirement = requirements[index]
      let missing = requirement.slots - slotTable.slotCount(of: requirement.job)
      let grants = slotTable.grant(max(0, missing), to: requirement.job)
      for grant in grants {
        context.send(
          .taskManager(
            .requestSlot(
              slot: grant.slot,
              allocation: grant.allocation.id,
              job: requirement.job,
              jobMaster: requirement.jobMaster
            )
          ),
          to: Endpoint(process: grant.process, role: .taskManager)
        )
      }
      if grants.count < missing {
        endure(index, in: context)
      } else if requirement.slots > 0 {
        requirements[index].unmetSince = nil
      }
    }
  }

  /// Too few slots are endured for a while; then the JobMaster is told, at each check.
  private func endure(_ index: Int, in context: RoleContext) {
    let requirement = requirements[index]
    guard let since = requirement.unmetSince else {
      requirements[index].unmetSince = context.now
      context.after(options.notEnoughResourcesDelay, .resourceManager(.checkRequirements))
      return
    }
    guard context.now - since >= options.notEnoughResourcesDelay else { return }
    context.record(
      .notEnoughResources(
        requirement.job,
        needed: requirement.slots,
        available: slotTable.slotCount(of: requirement.job)
      )
    )
    context.send(.jobMaster(.notEnoughResources), to: requirement.jobMaster)
  }
}
