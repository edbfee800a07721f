package import Deployment

/// What a user says of a cluster.
package struct ClusterShape: Equatable, Sendable {
  /// How its processes are laid out.
  package var kind: DeploymentKind
  /// How many TaskManagers; nil means two, or one in a local cluster.
  package var taskManagers: Int?
  /// How many slots each TaskManager has; nil means one, or four in a local cluster.
  package var slots: Int?

  /// Describes a cluster.
  package init(kind: DeploymentKind, taskManagers: Int? = nil, slots: Int? = nil) {
    self.kind = kind
    self.taskManagers = taskManagers
    self.slots = slots
  }

  /// What stands behind `deploy`.
  package var text: String {
    var text = kind.rawValue
    if let taskManagers { text += " --taskmanagers \(taskManagers)" }
    if let slots { text += " --slots \(slots)" }
    return text
  }

  /// The cluster with the defaults filled in: two TaskManagers unless it says otherwise.
  package var layout: ClusterLayout {
    ClusterLayout(
      kind: kind,
      taskManagers: kind == .local ? 1 : taskManagers ?? 2,
      slotsPerTaskManager: slots ?? (kind == .local ? 4 : 1)
    )
  }
}
