import JobGraphs

/// What was seen instead of what was expected: ids with arguments, and their text in English.
package enum JudgementPhrase: Sendable, Equatable {
  /// The job is not there.
  case noJob(String?)
  /// The job is in another state.
  case jobState(String, String, wanted: String)
  /// There is no such task.
  case noTask(String)
  /// The task is in another state.
  case taskState(String, String, wanted: String)
  /// There is no such process.
  case noProcess(String)
  /// The process is in another condition.
  case process(String, String, wanted: String)
  /// The measure has another value.
  case measure(String, Int, wanted: String)
  /// The measure has no value yet.
  case noValue(String)
  /// The job must be over first.
  case notOver(String, String)
  /// The rows are other rows.
  case otherRows(count: Int, wanted: Int, example: String)
  /// The rows are wrong.
  case wrongRows(String)
  /// It should not be so, and is.
  case unwanted(String)
  /// Nobody can tell.
  case cannotTell(String)

  /// Whether it is about something that is not there, for which nobody needs to wait.
  package var isOfNothing: Bool {
    switch self {
    case .noJob, .noTask, .noProcess, .cannotTell: true
    case .jobState, .taskState, .process, .measure, .noValue, .notOver, .otherRows, .wrongRows,
      .unwanted:
      false
    }
  }

  /// The sentence in English, without a full stop.
  package var english: String {
    switch self {
    case .noJob(let name?): "there is no job \(name)"
    case .noJob(nil): "no job was submitted"
    case .jobState(let name, let state, let wanted): "job \(name) is \(state), not \(wanted)"
    case .noTask(let name): "there is no task \(name)"
    case .taskState(let name, let state, let wanted): "task \(name) is \(state), not \(wanted)"
    case .noProcess(let name): "there is no process \(name)"
    case .process(let name, let condition, let wanted): "\(name) is \(condition), not \(wanted)"
    case .measure(let measure, let value, let wanted):
      "\(measure) is \(value), which should be \(wanted)"
    case .noValue(let measure): "\(measure) has no value yet"
    case .notOver(let name, let state):
      "the rows of \(name) are not complete: the job is \(state)"
    case .otherRows(let count, let wanted, let example):
      "there are \(count) rows where a calm run has \(wanted); they part at \"\(example)\""
    case .wrongRows(let reason): "the rows are wrong: \(reason)"
    case .unwanted(let text): "\(text), which should not be"
    case .cannotTell(let reason): reason
    }
  }
}
