public import JobGraphs
public import SimulationKernel
public import StreamModel

/// What happened in a cluster: the entries of the journal that every view is drawn from.
///
/// Rows are not entries: a buffer contributes its sizes and its content hash to the digest.
/// A checkpoint has an entry for each channel of its job: what takes more room than that one lies
/// apart.
public enum JournalEntry: Sendable {
  /// What the kernel reports: processes and faults.
  case kernel(KernelEvent)
  /// A command took effect; its canonical text.
  case command(String)
  /// An input of the run by name, size and content.
  case input(name: String, bytes: Int, contentHash: UInt64)
  /// A TaskManager registered at the ResourceManager.
  case taskManagerRegistered(name: String, slots: Int)
  /// The ResourceManager or a JobMaster gave a TaskManager up.
  ///
  /// Which of the processes of that name it was is said too, as where a process is started: another
  /// one may have come back meanwhile.
  indirect case taskManagerLost(name: String, incarnation: Int, by: String, reason: String)
  /// A message to a TaskManager could not be delivered.
  case unreachable(name: String, message: String)
  /// A job was submitted.
  case jobSubmitted(JobID, name: String)
  /// A job changed its state.
  case jobState(JobID, from: JobState, to: JobState, reason: String?)
  /// A JobMaster asked for slots.
  case slotsRequested(JobID, count: Int)
  /// A slot was offered to a job and taken.
  case slotAccepted(JobID, taskManager: String, slot: Int)
  /// A slot of a job was given back or lost.
  case slotReleased(JobID, taskManager: String, slot: Int)
  /// The requirements of a job could not be met.
  case notEnoughResources(JobID, needed: Int, available: Int)
  /// A task's attempt changed its state, as its JobMaster sees it.
  indirect case taskState(TaskStateChange)
  /// A task's failure, with what it was.
  indirect case taskFailed(JobID, task: String, attempt: Int, error: ClusterError)
  /// A job will be deployed anew after a delay.
  case restartScheduled(JobID, restart: Int, delay: VirtualDuration)
  /// A checkpoint was begun.
  case checkpointTriggered(JobID, CheckpointID)
  /// A checkpoint could not be begun.
  case checkpointTriggerFailed(JobID, reason: String)
  /// A task forwarded a barrier and took its snapshot, or had nothing to take.
  case snapshotTaken(JobID, CheckpointID, subtask: SubtaskID, entries: Int)
  /// A task's barrier arrived on one of its channels.
  case barrierArrived(JobID, CheckpointID, subtask: SubtaskID, channel: Int, of: Int)
  /// A task's snapshot is durable and its JobMaster knows.
  case checkpointAcknowledged(JobID, CheckpointID, subtask: SubtaskID, bytes: Int)
  /// Every task acknowledged: the checkpoint can be recovered from.
  case checkpointCompleted(JobID, CheckpointID, bytes: Int, duration: VirtualDuration)
  /// A checkpoint was given up.
  case checkpointAborted(JobID, CheckpointID, reason: String)
  /// A job's tasks will be restored from that checkpoint, or start afresh.
  case restoring(JobID, CheckpointID?)
  /// A source's subtask begins to read at that offset, or took a snapshot there.
  case sourceOffset(JobID, SubtaskID, offset: Int, checkpoint: CheckpointID?)
  /// A source's subtask stopped before its end, at that offset.
  case sourceStopped(JobID, SubtaskID, offset: Int)
  /// A source's subtask skipped a row that it could not read; only the first few of an attempt are
  /// told of.
  case rowSetAside(JobID, SubtaskID, line: Int, reason: String)
  /// A task has read all of its input.
  case endOfData(JobID, SubtaskID)
  /// A sink's rows became visible.
  indirect case rowsCommitted(JobID, sink: String, path: String, rows: Int, subtask: SubtaskID)
}

extension JournalEntry {
  /// The job that the entry is about; nil where it is about the cluster.
  public var job: JobID? {
    switch self {
    case .kernel, .command, .input, .taskManagerRegistered, .taskManagerLost, .unreachable: nil
    case .jobSubmitted(let job, _), .jobState(let job, _, _, _), .slotsRequested(let job, _),
      .slotAccepted(let job, _, _), .slotReleased(let job, _, _),
      .notEnoughResources(let job, _, _), .taskFailed(let job, _, _, _),
      .restartScheduled(let job, _, _), .checkpointTriggered(let job, _),
      .checkpointTriggerFailed(let job, _), .snapshotTaken(let job, _, _, _),
      .barrierArrived(let job, _, _, _, _), .checkpointAcknowledged(let job, _, _, _),
      .checkpointCompleted(let job, _, _, _), .checkpointAborted(let job, _, _),
      .restoring(let job, _), .sourceOffset(let job, _, _, _), .sourceStopped(let job, _, _),
      .rowSetAside(let job, _, _, _), .endOfData(let job, _), .rowsCommitted(let job, _, _, _, _):
      job
    case .taskState(let change): change.job
    }
  }
}

/// A change of the state of one attempt.
public struct TaskStateChange: Sendable, Equatable {
  /// The job.
  public var job: JobID
  /// The subtask.
  public var subtask: SubtaskID
  /// The task's name for people.
  public var task: String
  /// The attempt's number.
  public var attempt: Int
  /// The state before.
  public var from: ExecutionState
  /// The state now.
  public var to: ExecutionState
  /// The TaskManager that it is on, once it is on one.
  public var taskManager: String?

  /// Makes a change.
  public init(
    job: JobID,
    subtask: SubtaskID,
    task: String,
    attempt: Int,
    from: ExecutionState,
    to: ExecutionState,
    taskManager: String?
  ) {
    self.job = job
    self.subtask = subtask
    self.task = task
    self.attempt = attempt
    self.from = from
    self.to = to
    self.taskManager = taskManager
  }
}
