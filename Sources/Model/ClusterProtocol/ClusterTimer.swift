public import StreamModel
public import SimulationKernel

/// A timer of a role's own, which no other role can send.
///
/// *Source:* what Flink's components hand to their main thread by `schedule`.
public enum ClusterTimer: Sendable {
  /// Of the ResourceManager.
  case resourceManager(ResourceManagerTimer)
  /// Of a JobMaster.
  case jobMaster(JobMasterTimer)
  /// Of a TaskManager.
  case taskManager(TaskManagerTimer)
}

/// What a ResourceManager has put off.
public indirect enum ResourceManagerTimer: Sendable {
  /// Send heartbeats and look for the silent.
  case heartbeatTick
  /// See whether requirements can be met.
  case checkRequirements
  /// The peer may have been silent for too long.
  case heartbeatOverdue(ProcessID)
}

/// What a JobMaster has put off.
public indirect enum JobMasterTimer: Sendable {
  /// Send heartbeats and look for the silent.
  case heartbeatTick
  /// The peer may have been silent for too long.
  case heartbeatOverdue(ProcessID)
  /// Assign slots to the scheduled tasks. Stale ones carry an old epoch.
  case assignSlots(epoch: Int)
  /// Slots were waited for long enough. Stale ones carry an old epoch.
  case slotRequestTimedOut(epoch: Int)
  /// The failure of an attempt was looked into and is to be acted on.
  case failureAssessed(ExecutionAttemptID, ClusterError)
  /// The backoff is over. Stale ones carry an old epoch.
  case restartDue(epoch: Int)
  /// Trigger the next checkpoint. Stale ones carry an old epoch.
  case checkpointTick(epoch: Int)
  /// The checkpoint takes too long.
  case checkpointExpired(CheckpointID)
}

/// What a TaskManager has put off.
public enum TaskManagerTimer: Sendable {
  /// The way to a JobMaster that it did not know is open.
  indirect case jobMasterFound(JobID, Endpoint)
  /// A task's code is loaded and its channels are set up.
  case taskSetUp(ExecutionAttemptID)
  /// A task may have something to do. Stale ones carry an old number.
  case wake(ExecutionAttemptID, number: Int)
  /// A slice of work ends.
  case sliceEnded(core: Int)
  /// The next slice of a snapshot is due.
  case snapshotSlice(ExecutionAttemptID, CheckpointID)
  /// A task has cleaned up after itself.
  case taskCleanedUp(ExecutionAttemptID)
  /// A pending request for a partition was not answered in time.
  case partitionRequestTimedOut(ChannelID)
}
