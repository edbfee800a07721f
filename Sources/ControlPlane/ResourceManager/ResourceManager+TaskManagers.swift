import ClusterProtocol
import SimulationKernel

extension ResourceManager {
  /// Takes a TaskManager up.
  ///
  /// A name that comes back in a new process replaces the one before.
  func register(_ name: String, slots: Int, at sender: Endpoint, in context: RoleContext) {
    if let previous = slotTable.taskManager(named: name), previous.process != sender.process {
      lose(previous.process, because: .taskManagerUnreachable(name: name), in: context)
    }
    // One that registers anew has given up every slot that it had.
    _ = slotTable.remove(sender.process)
    slotTable.add(name: name, process: sender.process, slots: slots)
    context.record(.taskManagerRegistered(name: name, slots: slots))
    heartbeats.watch(sender.process, named: name, at: context.now)
    context.send(.taskManager(.registered), to: sender)
    scheduleCheck(in: context)
  }

  /// A sign of life; one of a TaskManager that was given up makes it register anew.
  func heard(from sender: Endpoint, in context: RoleContext) {
    guard slotTable.taskManager(at: sender.process) != nil else {
      context.send(.taskManager(.registerAgain), to: sender)
      return
    }
    heartbeats.heard(from: sender.process, at: context.now)
    slotTable.setSuspect(sender.process, false)
  }

  /// Asks every TaskManager for a sign of life, and looks closer at those silent for long.
  func sendHeartbeats(in context: RoleContext) {
    for peer in heartbeats.peers {
      let target = Endpoint(process: peer.process, role: .taskManager)
      context.send(.taskManager(.heartbeatRequest), to: target)
    }
    for peer in heartbeats.overdue(within: options.heartbeatInterval, of: context.now) {
      let deadline = heartbeats.deadline(of: peer.process) ?? context.now
      context.after(
        max(.zero, deadline - context.now),
        .resourceManager(.heartbeatOverdue(peer.process))
      )
    }
    context.after(options.heartbeatInterval, .resourceManager(.heartbeatTick))
  }

  /// Gives a TaskManager up: its slots are gone, and every JobMaster is told.
  func lose(_ process: ProcessID, because reason: ClusterError, in context: RoleContext) {
    guard let lost = slotTable.remove(process) else { return }
    heartbeats.forget(process)
    context.record(
      .taskManagerLost(
        name: lost.name,
        incarnation: context.process.incarnation(of: process),
        by: "resource-manager",
        reason: reason.description
      )
    )
    for requirement in requirements {
      context.send(.jobMaster(.taskManagerLost(process, reason: reason)), to: requirement.jobMaster)
    }
    scheduleCheck(in: context)
  }
}
