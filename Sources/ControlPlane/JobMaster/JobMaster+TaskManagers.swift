import Checkpointing
import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel

extension JobMaster {
  /// A peer may have been silent for too long.
  func heartbeatOverdue(_ process: ProcessID, in context: RoleContext) {
    if let reason = heartbeats.verdict(on: process, at: context.now) {
      giveUp(process, because: reason, in: context)
    }
  }

  /// A TaskManager asks to be connected before it offers slots.
  func connect(_ name: String, at sender: Endpoint, in context: RoleContext) {
    guard !state.isTerminal else {
      context.send(.taskManager(.disconnectJob(job)), to: sender)
      return
    }
    if let previous = heartbeats.peers.first(where: { $0.name == name }),
      previous.process != sender.process
    {
      lose(previous.process, because: .taskManagerUnreachable(name: name), in: context)
    }
    heartbeats.watch(sender.process, named: name, at: context.now)
    context.send(.taskManager(.jobMasterConnected(job)), to: sender)
  }

  /// A TaskManager offers slots that were granted to this job.
  func take(_ offers: [SlotOffer], from sender: Endpoint, in context: RoleContext) {
    let peer = heartbeats.peers.first { $0.process == sender.process }
    guard let peer, !state.isTerminal else {
      context.send(.taskManager(.acceptSlots(job, [])), to: sender)
      return
    }
    let wasComplete = slotPool.isComplete
    let (taken, accepted) = slotPool.take(offers, from: peer.name, at: peer.process)
    for slot in taken {
      context.record(.slotAccepted(job, taskManager: slot.taskManager, slot: slot.slot))
    }
    context.send(.taskManager(.acceptSlots(job, accepted)), to: sender)
    if !wasComplete, slotPool.isComplete, execution.isAnyScheduled {
      context.after(options.slotAssignmentDelay, .jobMaster(.assignSlots(epoch: epoch)))
    }
  }

  /// Asks every TaskManager for a sign of life, and looks closer at those silent for long.
  func sendHeartbeats(in context: RoleContext) {
    guard !state.isTerminal else { return }
    for peer in heartbeats.peers {
      context.send(
        .taskManager(.heartbeatRequest),
        to: Endpoint(process: peer.process, role: .taskManager)
      )
    }
    for peer in heartbeats.overdue(within: options.heartbeatInterval, of: context.now) {
      let deadline = heartbeats.deadline(of: peer.process) ?? context.now
      context.after(
        max(.zero, deadline - context.now),
        .jobMaster(.heartbeatOverdue(peer.process))
      )
    }
    context.after(options.heartbeatInterval, .jobMaster(.heartbeatTick))
  }

  /// A heartbeat request found nobody.
  func heartbeatRefused(by receiver: Endpoint, in context: RoleContext) {
    recordUnreachable(receiver, "heartbeatRequest", in: context)
    if let reason = heartbeats.refused(by: receiver.process) {
      giveUp(receiver.process, because: reason, in: context)
    }
  }

  /// Reports that a message found nobody.
  func recordUnreachable(_ receiver: Endpoint, _ message: String, in context: RoleContext) {
    let name = context.process.name(of: receiver.process)
    context.record(.unreachable(name: name, message: message))
  }

  /// The JobMaster itself finds a TaskManager lost; the ResourceManager is told, so that it does
  /// not count the lost slots among the job's.
  private func giveUp(
    _ process: ProcessID,
    because reason: ClusterError,
    in context: RoleContext
  ) {
    guard let peer = heartbeats.peers.first(where: { $0.process == process }) else { return }
    context.record(
      .taskManagerLost(
        name: peer.name,
        incarnation: context.process.incarnation(of: process),
        by: "job-master",
        reason: reason.description
      )
    )
    lose(process, because: reason, in: context)
    context.send(
      .resourceManager(.taskManagerLost(process, reason: reason)),
      to: resourceManager
    )
  }

  /// A TaskManager is lost: its slots leave the pool and its tasks fail.
  ///
  /// *Source:* Flink `JobMaster.disconnectTaskManager`.
  func lose(
    _ process: ProcessID,
    because reason: ClusterError,
    in context: RoleContext
  ) {
    guard heartbeats.peers.contains(where: { $0.process == process }) else { return }
    heartbeats.forget(process)
    for slot in slotPool.drop(slotsOf: process) {
      context.record(.slotReleased(job, taskManager: slot.taskManager, slot: slot.slot))
    }
    guard !state.isTerminal else { return }
    context.send(
      .taskManager(.disconnectJob(job)),
      to: Endpoint(process: process, role: .taskManager)
    )
    for subtask in execution.liveSubtasks(on: process) {
      attemptFailed(execution.attemptID(of: subtask), reason, in: context)
    }
    if isBatch { loseResults(on: process, because: reason, in: context) }
    if state == .running, execution.isAnyScheduled { declareRequirements(in: context) }
  }
}
