package import JobGraphs
package import SimulationKernel
package import StreamModel

/// A run over time: what the job did when, what happened to it, and who had which part in it.
package struct RunHistory: Sendable, Equatable {
  /// What the job does for a while.
  package enum Phase: Sendable, Equatable {
    /// Nothing yet, or nothing any more.
    case silent
    /// Every task is at work.
    case processing
    /// Tasks are deployed, restored or waited for.
    case waiting
  }

  /// What a TaskManager is to the job for a while.
  package enum Part: Sendable, Equatable {
    /// The job has slots on it.
    case used
    /// It lives, and the job has nothing on it.
    case spare
    /// It was stopped, and will go on.
    case paused
    /// It is dead, and the job still counts on it.
    case deadUnnoticed
    /// It was given up.
    case lost
  }

  /// Something that happened at one moment.
  package enum Event: Sendable, Equatable {
    /// The job was deployed and failed again before all of its tasks ran.
    case futile(reason: String?)
    /// Every task runs again after a failure, from that checkpoint.
    case restored(CheckpointID?)
    /// A TaskManager was given up.
    case lossDeclared(String)
    /// A process died.
    case killed(String)
    /// A task failed, the first of a failure.
    case taskFailed(String)
    /// A task lost its connection to a TaskManager, the first of a failure.
    case connectionBroken(task: String, peer: String)
    /// The job ended.
    case ended(JobState)

    /// How remarkable it is, where two share a place.
    var rank: Int {
      switch self {
      case .futile: 1
      case .restored: 2
      case .lossDeclared: 3
      case .taskFailed: 4
      case .connectionBroken: 5
      case .killed: 6
      case .ended: 7
      }
    }
  }

  /// A stretch that lasts until the next one begins.
  package struct Stretch<Kind: Sendable & Equatable>: Sendable, Equatable {
    /// When it begins.
    package let start: VirtualInstant
    /// What it is.
    package let kind: Kind
  }

  /// Something at an instant.
  package struct Happening: Sendable, Equatable {
    /// When it happened.
    package let at: VirtualInstant
    /// What happened.
    package let event: Event
  }

  /// The end of a checkpoint.
  package struct CheckpointEnd: Sendable, Equatable {
    /// When it ended.
    package let at: VirtualInstant
    /// Which one; nil where it could not even begin.
    package let id: CheckpointID?
    /// Whether it can be recovered from.
    package let isCompleted: Bool
  }

  /// A TaskManager's parts in the run.
  package struct TaskManagerRow: Sendable, Equatable {
    /// Its name.
    package let name: String
    /// What it was to the job, and from when.
    package fileprivate(set) var stretches: [Stretch<Part>]
  }

  /// What the job did, and from when.
  package private(set) var phases: [Stretch<Phase>] = []
  /// What happened.
  package private(set) var happenings: [Happening] = []
  /// The checkpoints.
  package private(set) var checkpoints: [CheckpointEnd] = []
  /// The TaskManagers, in the order of their names.
  package private(set) var taskManagers: [TaskManagerRow] = []

  mutating func enter(_ phase: Phase, at instant: VirtualInstant) {
    if phases.last?.kind != phase { phases.append(Stretch(start: instant, kind: phase)) }
  }

  mutating func enter(_ part: Part, of name: String, at instant: VirtualInstant) {
    let stretch = Stretch(start: instant, kind: part)
    let index = TaskManagerLight.place(of: name, among: taskManagers, named: \.name)
    guard index < taskManagers.count, taskManagers[index].name == name else {
      return taskManagers.insert(TaskManagerRow(name: name, stretches: [stretch]), at: index)
    }
    guard taskManagers[index].stretches.last?.kind != part else { return }
    taskManagers[index].stretches.append(stretch)
  }

  /// Notes what happened; an event that shows only later may lie before the last.
  mutating func note(_ event: Event, at instant: VirtualInstant) {
    let position = happenings.lastIndex { $0.at <= instant }.map { $0 + 1 } ?? 0
    happenings.insert(Happening(at: instant, event: event), at: position)
  }

  mutating func note(_ id: CheckpointID?, isCompleted: Bool, at instant: VirtualInstant) {
    checkpoints.append(CheckpointEnd(at: instant, id: id, isCompleted: isCompleted))
  }
}
