package import JobGraphs

/// Something that a user says should hold of a cluster and its jobs.
package enum Expectation: Equatable, Sendable {
  /// A job is in a state.
  case job(String, JobState)
  /// A task is in a state.
  case task(TaskName, ExecutionState)
  /// A process is in a condition.
  case process(String, ProcessCondition)
  /// A measure compares to a number.
  case measure(Measure, Comparison, Int)
  /// The rows are those of the same job on a cluster where nothing fails.
  case outputEqualsFailureFree(job: String?)
  /// The rows are those that counting without a cluster gives.
  case outputIsRight(job: String?)

  /// Something does not hold.
  indirect case not(Expectation)

  /// Whether it can come to hold between two entries of the journal.
  var looksIntoTasks: Bool {
    switch self {
    case .not(let other): other.looksIntoTasks
    case .measure(let measure, _, _):
      [.records, .state, .position].contains(measure.quantity)
    case .job, .task, .process, .outputEqualsFailureFree, .outputIsRight: false
    }
  }

  /// The canonical text.
  package var text: String {
    switch self {
    case .not(let other): "not \(other.text)"
    case .job(let name, let state): "job \(CommandWords.quoted(name)) \(state.rawValue)"
    case .task(let task, let state): "task \(CommandWords.quoted(task.text)) \(state.rawValue)"
    case .process(let name, let condition):
      "process \(CommandWords.quoted(name)) \(condition.rawValue)"
    case .measure(let measure, let comparison, let number):
      "\(measure.text) \(comparison.rawValue) \(number)"
    case .outputEqualsFailureFree(let job): "output equals failure-free" + Measure.in(job)
    case .outputIsRight(let job): "output is right" + Measure.in(job)
    }
  }
}

/// The condition of a process as an omniscient observer sees it.
package enum ProcessCondition: String, CaseIterable, Sendable {
  /// It runs.
  case alive
  /// It is stopped for a while.
  case paused
  /// It was killed, and not started again.
  case dead
  /// It is a TaskManager that the cluster has given up.
  case lost
  /// It is a TaskManager that runs no task.
  case spare
}

/// How a measure compares to a number.
package enum Comparison: String, CaseIterable, Sendable {
  /// It is the number.
  case equal = "=="
  /// It is another number.
  case different = "!="
  /// It is smaller.
  case less = "<"
  /// It is smaller or the number.
  case atMost = "<="
  /// It is larger.
  case more = ">"
  /// It is larger or the number.
  case atLeast = ">="

  /// Whether it holds between two numbers.
  package func holds(_ left: Int, _ right: Int) -> Bool {
    switch self {
    case .equal: left == right
    case .different: left != right
    case .less: left < right
    case .atMost: left <= right
    case .more: left > right
    case .atLeast: left >= right
    }
  }
}
