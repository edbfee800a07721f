import ClusterProtocol
import SimulationKernel

/// An operating-system process and the roles that live in it.
///
/// It hands each event to the role that it is for; a role that is gone hears nothing more.
final class HostProcess: SimulatedProcess {
  typealias Message = ClusterMessage
  typealias Entry = JournalEntry

  private var roles: [(role: Role, instance: any ClusterRole)]
  /// The one that most messages are for, at hand.
  private var taskManager: (any ClusterRole)?

  init(_ roles: [(role: Role, instance: any ClusterRole)] = []) {
    self.roles = roles
    taskManager = roles.first { $0.role == .taskManager }?.instance
  }

  /// Lets another role live here; it is started at once when the process runs already.
  func add(_ instance: any ClusterRole, as role: Role, runningIn context: ClusterProcessContext?) {
    roles.append((role, instance))
    if role == .taskManager { taskManager = instance }
    if let context { instance.start(in: RoleContext(process: context, role: role)) }
  }

  func handle(_ event: ProcessEvent<ClusterMessage>, in context: ClusterProcessContext) {
    switch event {
    case .started:
      for (role, instance) in roles {
        instance.start(in: RoleContext(process: context, role: role))
      }
    case .message(let message, _):
      role(message.receiver)?.receive(
        message.payload,
        from: message.sender,
        in: RoleContext(process: context, role: message.receiver)
      )
    case .undeliverable(let message, let target):
      role(message.sender.role)?.undeliverable(
        message.payload,
        to: Endpoint(process: target, role: message.receiver),
        in: RoleContext(process: context, role: message.sender.role)
      )
    case .connectionLost(let peer):
      for (role, instance) in roles {
        instance.connectionLost(to: peer, in: RoleContext(process: context, role: role))
      }
    }
  }

  private func role(_ role: Role) -> (any ClusterRole)? {
    if case .taskManager = role { return taskManager }
    for place in roles.indices where roles[place].role == role { return roles[place].instance }
    return nil
  }
}
