import JobGraphs
import SimulationKernel
import StreamModel

/// What happened in a run, as it is told.
enum NewsPhrase: Phrase {
  case submitted(String), slotsRequested(Int), firstRunning
  case killed(String), paused(String), resumed(String), processStarted(String), registered(String)
  case slowed(String, percent: Int)
  case linkCut(String, String), linkHealed(String, String)
  case storageFails, storageHealed
  case lossDeclared(String, reason: String)
  case taskFailed(String, reason: String)
  case restartScheduled(restart: Int, delay: VirtualDuration)
  case slotsMissing(needed: Int, available: Int)
  case restoring(CheckpointID?)
  case allRunning
  case checkpointCompleted(CheckpointID, bytes: Int, duration: VirtualDuration)
  case checkpointAborted(CheckpointID, reason: String)
  case ended(JobState)
  case stageBegins(String), stageIsDone(String)

  var english: String {
    switch self {
    case .submitted(let name): "job \(name) was submitted"
    case .slotsRequested(let count): "the job asks for \(Wording.count(count, "slot"))"
    case .firstRunning: "every task runs"
    case .killed(let name): "\(name) was killed"
    case .paused(let name): "\(name) was paused"
    case .resumed(let name): "\(name) goes on"
    case .processStarted(let name): "\(name) was started again"
    case .registered(let name): "\(name) registered"
    case .slowed(let name, let percent): "\(name) now takes \(percent)% of the normal time"
    case .linkCut(let first, let second): "the network between \(first) and \(second) was cut"
    case .linkHealed(let first, let second): "\(first) and \(second) are connected again"
    case .storageFails: "the storage began to refuse writes"
    case .storageHealed: "the storage takes writes again"
    case .lossDeclared(let name, let reason): "\(name) was declared lost: \(reason)"
    case .taskFailed(let task, let reason): "\(task) failed: \(reason)"
    case .slotsMissing(let needed, let available):
      "\(Wording.count(needed, "slot")) needed, \(available) there"
    case .restartScheduled(let restart, let delay):
      "restart \(restart) follows after a pause of \(Quantity.shortSpan(delay))"
    case .restoring(let checkpoint):
      checkpoint.map { "deployed anew, to be restored from checkpoint \($0)" }
        ?? "deployed without a checkpoint to start from"
    case .allRunning: "every task runs again"
    case .checkpointCompleted(let checkpoint, let bytes, let duration):
      "checkpoint \(checkpoint) completed: \(Quantity.bytes(bytes)) "
        + "in \(Quantity.shortSpan(duration))"
    case .checkpointAborted(let checkpoint, let reason):
      "checkpoint \(checkpoint) was given up: \(reason)"
    case .stageBegins(let name): "\(name) begins"
    case .stageIsDone(let name): "\(name) is done, its results are kept"
    case .ended(let state): "the job is \(state.rawValue)"
    }
  }

  /// Whether only the latest of several in a row is worth a line.
  var replacesItsLike: Bool {
    if case .checkpointCompleted = self { true } else { false }
  }

  func isLike(_ other: NewsPhrase) -> Bool {
    if case .checkpointCompleted = self, case .checkpointCompleted = other { true } else { false }
  }
}
