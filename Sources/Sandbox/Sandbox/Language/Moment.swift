/// An instant of a session that is known by what happened at it, for the first time.
package enum Moment: Equatable, Sendable {
  /// A process was killed: that one, or any.
  case killed(String?)
  /// A TaskManager was given up: that one, or any.
  case lost(String?)
  /// A task of the job failed.
  case failed
  /// The job began to restart.
  case restarting
  /// The job was deployed anew and failed again before every task ran.
  case futile
  /// Every task of the job ran, for the first time.
  case running
  /// Every task of the job ran again after a failure.
  case recovered
  /// A checkpoint completed.
  case checkpoint(Int)
  /// The job ended.
  case ended

  /// The canonical text.
  package var text: String {
    switch self {
    case .killed(let name): "killed" + (name.map { " \(CommandWords.quoted($0))" } ?? "")
    case .lost(let name): "lost" + (name.map { " \(CommandWords.quoted($0))" } ?? "")
    case .failed: "failed"
    case .restarting: "restarting"
    case .futile: "futile"
    case .running: "running"
    case .recovered: "recovered"
    case .checkpoint(let number): "checkpoint \(number)"
    case .ended: "ended"
    }
  }
}
