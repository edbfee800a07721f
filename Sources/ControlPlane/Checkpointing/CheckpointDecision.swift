package import ClusterProtocol
package import SimulationKernel
package import StreamModel

/// What a ``CheckpointCoordinator`` wants done; the JobMaster does it, in order.
package enum CheckpointDecision: Sendable {
  /// Hand the coordinator a tick of that epoch after the delay.
  case scheduleTick(after: VirtualDuration, epoch: Int)
  /// Send the barrier to the tasks that begin, and tell the coordinator when the timeout is over.
  case trigger(CheckpointID, CheckpointPlan, timeout: VirtualDuration)
  /// Report that no checkpoint could be begun.
  case reportTriggerFailure(reason: String)
  /// Write the checkpoint's metadata, then tell the coordinator how that went.
  case store(CompletedCheckpoint)
  /// Announce the checkpoint to these tasks: it can be recovered from.
  case complete(CompletedCheckpoint, notify: [SubtaskID])
  /// Report that the checkpoint is given up, and tell these tasks.
  case abort(CheckpointID, reason: String, notify: [SubtaskID])
  /// Remove these objects unless a retained checkpoint refers to them.
  case discard([String])
  /// Fail the job: more checkpoints failed than are tolerated.
  case failJob(ClusterError)
}

/// Why a checkpoint is given up.
///
/// *Source:* Flink `CheckpointFailureReason`.
package enum CheckpointFailure: Sendable, Equatable {
  /// A task could not take its part.
  case declined(ClusterError)
  /// It took longer than its timeout.
  case expired
  /// Its metadata could not be written.
  case storage(StorageError)
  /// A task could not be told to begin.
  case triggerUnreachable
  /// A task ended before it took its part.
  case taskFinished
  /// The job left RUNNING.
  case suspended

  /// The sentence that the journal shows; Flink's where it has one.
  package var reason: String {
    switch self {
    case .declined(let error): "Checkpoint was declined: \(error)"
    case .expired: "Checkpoint expired before completing."
    case .storage(let error): "Failure to finalize checkpoint: \(error)"
    case .triggerUnreachable: "Trigger checkpoint failure."
    case .taskFinished: "A task finished before it acknowledged the checkpoint."
    case .suspended: "Checkpoint Coordinator is suspending."
    }
  }

  /// Whether it counts against the failures that a job tolerates.
  ///
  /// *Source:* Flink `CheckpointFailureManager`.
  package var isCounted: Bool {
    switch self {
    case .declined, .expired, .storage: true
    case .triggerUnreachable, .taskFinished, .suspended: false
    }
  }
}
