package import SimulationKernel

/// One thing that a user can do to a running cluster.
///
/// Every door speaks this language; text and value are two forms of one thing: what ``text``
/// prints,
/// ``init(parsing:)`` reads back.
package enum Command: Equatable, Sendable {
  /// Kill a process: its memory is gone.
  case kill(process: String)
  /// Fail a task, by the name of its vertex or of an operator in it, and its index from 0.
  case failTask(name: String, index: Int)
  /// Start a process again that was killed.
  case restart(process: String)
  /// Stop a process for a while; its connections stay open.
  case pause(process: String, for: VirtualDuration)
  /// Let a process take so many times as long, in percent; for a while, or until the end.
  case slow(process: String, percent: Int64, for: VirtualDuration?)
  /// Let no message pass between two processes.
  case partition(String, String)
  /// Let messages pass again.
  case heal(String, String)

  /// The canonical text.
  package var text: String {
    switch self {
    case .kill(let process): "kill \(process)"
    case .failTask(let name, let index): "fail task \(name)[\(index)]"
    case .restart(let process): "restart \(process)"
    case .pause(let process, let duration): "pause \(process) for \(duration)"
    case .slow(let process, let percent, nil): "slow \(process) to \(percent)%"
    case .slow(let process, let percent, let duration?):
      "slow \(process) to \(percent)% for \(duration)"
    case .partition(let first, let second): "partition \(first) from \(second)"
    case .heal(let first, let second): "heal \(first) from \(second)"
    }
  }

  /// The processes that it names.
  package var processes: [String] {
    switch self {
    case .kill(let process), .restart(let process), .pause(let process, _),
      .slow(let process, _, _):
      [process]
    case .failTask: []
    case .partition(let first, let second), .heal(let first, let second): [first, second]
    }
  }
}

/// A command and the instant at which it takes effect, counted from the submission.
package struct TimedCommand: Equatable, Sendable {
  /// What happens.
  package var command: Command
  /// When.
  package var instant: VirtualDuration

  /// Makes a timed command.
  package init(_ command: Command, at instant: VirtualDuration) {
    self.command = command
    self.instant = instant
  }

  /// The canonical text, such as `kill tm-1 at 3s`.
  package var text: String { "\(command.text) at \(instant)" }
}
