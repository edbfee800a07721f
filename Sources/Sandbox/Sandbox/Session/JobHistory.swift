package import ClusterProtocol
package import JobGraphs
package import SimulationKernel
package import StreamModel

/// What a journal amounts to for one job: counts, offsets and the instants of what happened.
package struct JobHistory: Sendable {
  /// How far a source had come.
  package struct SourceTrack: Sendable {
    /// The source's subtask.
    package let subtask: SubtaskID
    /// The furthest offset that it is known to have read.
    package internal(set) var furthest = 0
    /// Where its present attempt is known to have come.
    var position = 0
    /// Its offset in each snapshot.
    package internal(set) var snapshots: [(checkpoint: CheckpointID, offset: Int)] = []
    /// How many elements it read a second time, or more often, summed over its restarts.
    package internal(set) var reread = 0
  }

  /// The job's state.
  package private(set) var jobState = JobState.initializing
  /// How often the job was restarted.
  package private(set) var restarts = 0
  /// The completed checkpoints, with their instants.
  package private(set) var completed: [(id: CheckpointID, at: VirtualInstant)] = []
  /// How many checkpoints were given up or could not be begun.
  package private(set) var failedCheckpoints = 0
  /// The number of the last checkpoint that was begun.
  package private(set) var lastCheckpoint = 0
  /// How many rows became visible.
  package private(set) var committedRows = 0
  /// What each source read.
  package private(set) var sources: [SourceTrack] = []
  /// When every task ran for the first time.
  package private(set) var firstRunning: VirtualInstant?
  /// When tasks failed first, after the job had run or since the last recovery.
  package private(set) var failures: [VirtualInstant] = []
  /// When the job began to restart.
  package private(set) var restartings: [VirtualInstant] = []
  /// When it was deployed anew and failed again before every task ran.
  package private(set) var futileRedeployments: [VirtualInstant] = []
  /// When every task ran again after a failure.
  package private(set) var recoveries: [VirtualInstant] = []
  /// When the job ended.
  package private(set) var ended: VirtualInstant?

  private var states: [SubtaskID: ExecutionState] = [:]
  /// Where among ``sources`` each subtask is.
  private var sourcePlaces: [SubtaskID: Int] = [:]
  private let taskCount: Int
  private var tasksAtWork = 0
  /// When the present redeployment was made, while not every task has run since.
  private var redeployed: VirtualInstant?
  private var isDown = false

  /// Makes the history of a job of which nothing is known yet.
  package init(taskCount: Int) {
    self.taskCount = taskCount
  }

  /// How many elements sources have read, each counted once.
  package var sourceElements: Int { sources.reduce(0) { $0 + $1.furthest } }

  /// How many elements were read again.
  package var rereads: Int { sources.reduce(0) { $0 + $1.reread } }

  /// What a source read.
  package func source(_ subtask: SubtaskID) -> SourceTrack? {
    sourcePlaces[subtask].map { sources[$0] }
  }

  /// The state of a task.
  package func state(of subtask: SubtaskID) -> ExecutionState {
    states[subtask] ?? .created
  }

  /// Adds an entry of the job's.
  package mutating func apply(_ entry: JournalEntry, at instant: VirtualInstant) {
    switch entry {
    case .jobState(_, _, let state, _): enter(state, at: instant)
    case .restartScheduled: restarts += 1
    case .taskState(let change): apply(change, at: instant)
    case .taskFailed:
      if !isDown { failures.append(instant) }
      isDown = true
    case .checkpointTriggered(_, let id): lastCheckpoint = max(lastCheckpoint, id.number)
    case .checkpointCompleted(_, let id, _, _): completed.append((id, instant))
    case .checkpointAborted, .checkpointTriggerFailed: failedCheckpoints += 1
    case .rowsCommitted(_, _, _, let rows, _): committedRows += rows
    case .sourceOffset(_, let subtask, let offset, let checkpoint):
      note(offset, of: subtask, checkpoint: checkpoint)
    case .sourceStopped(_, let subtask, let offset):
      let index = track(of: subtask)
      sources[index].furthest = max(sources[index].furthest, offset)
      sources[index].position = offset
    default: break
    }
  }

  private mutating func enter(_ state: JobState, at instant: VirtualInstant) {
    let previous = jobState
    jobState = state
    switch state {
    case .restarting:
      restartings.append(instant)
      if let redeployed { futileRedeployments.append(redeployed) }
      redeployed = nil
    case .running where previous == .restarting:
      redeployed = instant
      isDown = false
    default: break
    }
    if state.isTerminal { ended = instant }
  }

  private mutating func apply(_ change: TaskStateChange, at instant: VirtualInstant) {
    let wasAtWork = states[change.subtask].map(Self.isAtWork) ?? false
    states[change.subtask] = change.to
    tasksAtWork += (Self.isAtWork(change.to) ? 1 : 0) - (wasAtWork ? 1 : 0)
    guard tasksAtWork == taskCount else { return }
    if firstRunning == nil { firstRunning = instant }
    if redeployed != nil { recoveries.append(instant) }
    redeployed = nil
  }

  private mutating func note(_ offset: Int, of subtask: SubtaskID, checkpoint: CheckpointID?) {
    let index = track(of: subtask)
    if let checkpoint {
      sources[index].snapshots.append((checkpoint, offset))
    } else {
      sources[index].reread += max(0, sources[index].position - offset)
    }
    sources[index].position = offset
    sources[index].furthest = max(sources[index].furthest, offset)
  }

  private mutating func track(of subtask: SubtaskID) -> Int {
    if let index = sourcePlaces[subtask] { return index }
    sourcePlaces[subtask] = sources.count
    sources.append(SourceTrack(subtask: subtask))
    return sources.count - 1
  }

  private static func isAtWork(_ state: ExecutionState) -> Bool {
    state == .running || state == .finished
  }
}
