package import SimulationKernel
package import StreamModel

/// How a job came back from a failure, or did not: the steps, with the time since the failure.
package struct RecoveryStory: Sendable, Equatable {
  /// One thing that happened on the way.
  package enum Step: Sendable, Equatable {
    /// A process was killed.
    case killed(String)
    /// The first task failed.
    case taskFailed(task: String, reason: String)
    /// The job began to wait for its restart.
    case restarting
    /// The tasks were deployed anew; nil means without a checkpoint.
    case redeployed(CheckpointID?)
    /// They had been deployed anew, and failed before all of them ran.
    case redeployedInVain(reason: String?)
    /// A TaskManager was given up.
    case lossDeclared(String)
    /// The tasks wait for slots that are not there.
    case slotsMissing(needed: Int, available: Int)
    /// Every task runs.
    case allRunning
    /// The first checkpoint after the failure completed.
    case checkpointCompleted(CheckpointID)
    /// The job ended.
    case ended(String)
  }

  /// What a source reads a second time.
  package struct ReadAgain: Sendable, Equatable {
    /// The source's subtask.
    package let subtask: SubtaskID
    /// The offset that it went back to.
    package let from: Int
    /// How far it had read before.
    package let to: Int
  }

  /// When it began.
  package let began: VirtualInstant
  /// What happened, with the instants.
  package private(set) var steps: [(at: VirtualInstant, step: Step)] = []
  /// Where each source went back to, and how far it had read.
  package private(set) var wentBack: [ReadAgain] = []
  /// What is read again, by source.
  package var readAgain: [ReadAgain] { wentBack.filter { $0.from < $0.to } }
  /// The checkpoint that the tasks are restored from; nil where they start afresh.
  package private(set) var checkpoint: CheckpointID?
  /// How often the job was restarted.
  package private(set) var restarts = 0
  /// Whether every task runs again.
  package private(set) var isRestored = false
  /// Whether nothing more is to be told.
  package private(set) var isComplete = false

  init(began: VirtualInstant) {
    self.began = began
  }

  /// Whether two stories tell the same.
  package static func == (left: RecoveryStory, right: RecoveryStory) -> Bool {
    left.began == right.began && left.steps.elementsEqual(right.steps) { $0 == $1 }
      && left.wentBack == right.wentBack && left.restarts == right.restarts
      && left.isComplete == right.isComplete
  }

  /// The redeployment that was seen last, where it still may turn out in vain.
  private var openRedeployment: Int? {
    guard !isRestored else { return nil }
    return steps.lastIndex {
      if case .redeployed = $0.step { true } else { false }
    }
  }

  mutating func note(_ step: Step, at instant: VirtualInstant) {
    switch step {
    case .lossDeclared, .slotsMissing:
      // Several roles say the same.
      guard !steps.contains(where: { $0.step == step }) else { return }
    case .restarting:
      restarts += 1
      // Only the first one is worth a line; the others show as redeployments in vain.
      guard restarts == 1 else { return }
    case .redeployed(let id): checkpoint = id
    case .allRunning: isRestored = true
    case .killed: isRestored = false
    case .checkpointCompleted, .ended: isComplete = true
    case .taskFailed, .redeployedInVain: break
    }
    steps.append((instant, step))
  }

  /// Says that the last redeployment failed; returns when it was made.
  mutating func noteFutileRedeployment(reason: String?) -> VirtualInstant? {
    guard let index = openRedeployment else { return nil }
    steps[index].step = .redeployedInVain(reason: reason)
    return steps[index].at
  }

  /// Says from which checkpoint the last redeployment starts.
  mutating func noteCheckpoint(_ checkpoint: CheckpointID?) {
    guard let index = openRedeployment else { return }
    steps[index].step = .redeployed(checkpoint)
    self.checkpoint = checkpoint
  }

  /// Says that a source went back; only the last time counts, since the offsets are the same.
  mutating func noteReadAgain(_ subtask: SubtaskID, from offset: Int, to furthest: Int) {
    wentBack.removeAll { $0.subtask == subtask }
    wentBack.append(ReadAgain(subtask: subtask, from: offset, to: max(offset, furthest)))
    wentBack.sort { ($0.subtask.vertex, $0.subtask.index) < ($1.subtask.vertex, $1.subtask.index) }
  }
}
