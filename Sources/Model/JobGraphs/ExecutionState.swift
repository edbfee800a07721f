/// The state of one attempt to execute a subtask.
///
/// *Source:* Flink `ExecutionState`.
public enum ExecutionState: String, Sendable, CaseIterable {
  /// Known, nothing asked for.
  case created = "CREATED"
  /// Waits for a slot.
  case scheduled = "SCHEDULED"
  /// The deployment is on its way to the TaskManager.
  case deploying = "DEPLOYING"
  /// The task restores its state.
  case initializing = "INITIALIZING"
  /// The task processes records.
  case running = "RUNNING"
  /// The task read everything and is done.
  case finished = "FINISHED"
  /// The task was told to stop.
  case canceling = "CANCELING"
  /// The task has stopped as told.
  case canceled = "CANCELED"
  /// The task failed.
  case failed = "FAILED"

  /// Whether nothing follows it, as the table of ``successors(of:)`` says.
  public var isTerminal: Bool {
    switch self {
    case .finished, .canceled, .failed: true
    case .created, .scheduled, .deploying, .initializing, .running, .canceling: false
    }
  }

  /// The legal transitions; every change of state is checked against this table.
  public static func successors(of state: ExecutionState) -> [ExecutionState] {
    switch state {
    case .created: [.scheduled, .canceled, .failed]
    case .scheduled: [.deploying, .canceling, .canceled, .failed]
    case .deploying: [.initializing, .running, .finished, .canceling, .canceled, .failed]
    case .initializing: [.running, .finished, .canceling, .canceled, .failed]
    case .running: [.finished, .canceling, .canceled, .failed]
    case .canceling: [.canceled, .failed, .finished]
    case .finished, .canceled, .failed: []
    }
  }
}

/// The state of a job.
///
/// *Source:* Flink `JobStatus`.
public enum JobState: String, Sendable, CaseIterable {
  /// The JobMaster is being set up.
  case initializing = "INITIALIZING"
  /// Accepted, not yet scheduled.
  case created = "CREATED"
  /// Its tasks are scheduled, deployed or running.
  case running = "RUNNING"
  /// A failure is being cleaned up, and the job will not be restarted.
  case failing = "FAILING"
  /// Ended by a failure.
  case failed = "FAILED"
  /// A user asked for the end.
  case cancelling = "CANCELLING"
  /// Ended by a user.
  case canceled = "CANCELED"
  /// Every task finished.
  case finished = "FINISHED"
  /// Waits for its tasks to stop and for its backoff before it is deployed anew.
  case restarting = "RESTARTING"

  /// Whether nothing follows it.
  public var isTerminal: Bool { Self.successors(of: self).isEmpty }

  /// The legal transitions; every change of state is checked against this table.
  public static func successors(of state: JobState) -> [JobState] {
    switch state {
    case .initializing: [.created, .failed]
    case .created: [.running, .failing, .cancelling, .failed, .canceled]
    case .running: [.failing, .cancelling, .finished, .restarting]
    case .restarting: [.running, .failing, .cancelling]
    case .failing: [.failed]
    case .cancelling: [.canceled, .failing]
    case .failed, .canceled, .finished: []
    }
  }
}
