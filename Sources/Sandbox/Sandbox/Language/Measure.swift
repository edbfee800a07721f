/// A number that can be read off a session at a moment.
package struct Measure: Equatable, Sendable {
  /// What is counted.
  package enum Quantity: String, CaseIterable, Sendable {
    /// Rows that became visible.
    case rows
    /// Source elements read, each once however often it was read.
    case records
    /// Source elements that were or will be read a second time.
    case rereads
    /// Different values in the first column of the visible rows.
    case differentKeys = "keys"
    /// The last column of the last visible row with that first column.
    case count
    /// The value of a key in the keyed state of the running tasks.
    case state
    /// The value of a key in the last completed checkpoint.
    case checkpointedState = "checkpointed-state"
    /// How far a source task has read.
    case position
    /// How far a source task had read in the last completed checkpoint.
    case checkpointedPosition = "checkpointed-position"
    /// Processes that were killed.
    case kills
    /// TaskManagers that were killed while a job held slots of theirs.
    case busyKills = "busy-kills"
    /// Source elements that the job reads per second; none where nothing slows it down.
    case rate
    /// Times that the job went from work to failure.
    case failures
    /// Times that every task ran again after a failure.
    case recoveries
    /// How often the job was restarted.
    case restarts
    /// How often it was deployed anew and failed before every task ran.
    case futileRedeployments = "futile-redeployments"
    /// Checkpoints that can be recovered from.
    case checkpoints
    /// Checkpoints that were given up or could not be begun.
    case failedCheckpoints = "failed-checkpoints"
    /// Operators of the program, before chaining.
    case operators
    /// Vertices of the job graph, after chaining.
    case vertices
    /// Subtasks of the job.
    case tasks
    /// Slots that the job needs.
    case slotsNeeded = "slots-needed"
    /// Slots of living TaskManagers.
    case slots
    /// Slots of each TaskManager.
    case slotsPerTaskManager = "slots-per-taskmanager"
    /// Slots that no task uses.
    case freeSlots = "free-slots"
    /// Living TaskManagers.
    case taskManagers = "taskmanagers"
    /// Jobs that were submitted.
    case jobs

    /// Whether it is of something: a key or a task.
    var needsSubject: Bool {
      switch self {
      case .count, .state, .checkpointedState, .position, .checkpointedPosition: true
      case .rows, .records, .rereads, .differentKeys, .kills, .busyKills, .rate, .failures,
        .recoveries, .restarts, .futileRedeployments, .checkpoints, .failedCheckpoints, .operators,
        .vertices, .tasks, .slotsNeeded, .slots, .slotsPerTaskManager, .freeSlots, .taskManagers,
        .jobs:
        false
      }
    }

    /// Whether its subject is a task; otherwise it is a key.
    var isOfTask: Bool { self == .position || self == .checkpointedPosition }
  }

  /// What is counted.
  package var quantity: Quantity
  /// The key or the task that it is of, where it is of one.
  package var subject: String?
  /// The job; nil means the last one submitted.
  package var job: String?

  /// Describes a measure.
  package init(_ quantity: Quantity, of subject: String? = nil, in job: String? = nil) {
    self.quantity = quantity
    self.subject = subject
    self.job = job
  }

  /// The canonical text, such as `count of the in word-count`.
  package var text: String {
    quantity.rawValue + (subject.map { " of \(CommandWords.quoted($0))" } ?? "") + Self.in(job)
  }

  static func `in`(_ job: String?) -> String {
    job.map { " in \(CommandWords.quoted($0))" } ?? ""
  }
}
