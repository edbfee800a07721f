import Deployment
package import SimulationKernel

/// One thing that a user can do: to a cluster, to time, or to what is looked at.
///
/// Every door speaks this language; text and value are two forms of one thing: what ``text``
/// prints, ``init(parsing:)`` reads back.
package enum Command: Equatable, Sendable {
  /// Set a cluster up.
  case deploy(ClusterShape)
  /// Hand a job to the cluster.
  case submit(JobSubmission)
  /// End a job.
  case cancel(job: String?)
  /// Let virtual time pass.
  case run(for: VirtualDuration)
  /// Let virtual time pass until something holds.
  case runUntil(Expectation, within: VirtualDuration?)
  /// Go to the next entries of the journal: the smallest step that can be seen.
  case step(Int)
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
  /// Type a text at the other end of the socket that a job reads: a line, or several.
  case sendToSocket(String)
  /// Hang up at the other end of the socket: nothing more will be typed.
  case closeSocket
  /// Take a checkpoint now.
  case checkpoint(job: String?)
  /// Look at something, as a picture or in words.
  case show(ShowRequest)
  /// Say what should hold, now or within some time.
  case expect(Expectation, within: VirtualDuration?)
  /// Write the session to a file.
  case save(file: String)

  /// The canonical text.
  package var text: String {
    switch self {
    case .deploy(let shape): "deploy \(shape.text)"
    case .submit(let submission): "submit \(submission.text)"
    case .cancel(let job): "cancel" + Self.optional(job)
    case .run(let duration): "run \(duration)"
    case .runUntil(let expectation, let limit):
      "run until \(expectation.text)" + Self.within(limit)
    case .step(let count): count == 1 ? "step" : "step \(count)"
    case .checkpoint(let job): "checkpoint" + Self.optional(job)
    case .sendToSocket(let text): "socket send \(CommandWords.quoted(text))"
    case .closeSocket: "socket close"
    case .show(let request): request.text
    case .expect(let expectation, let limit): "expect \(expectation.text)" + Self.within(limit)
    case .save(let file): "save \(CommandWords.quoted(file))"
    case .kill(let process): "kill \(CommandWords.quoted(process))"
    case .failTask(let name, let index):
      "fail task " + CommandWords.quoted(TaskName(name: name, index: index).text)
    case .restart(let process): "restart \(CommandWords.quoted(process))"
    case .pause(let process, let duration):
      "pause \(CommandWords.quoted(process)) for \(duration)"
    case .slow(let process, let percent, nil):
      "slow \(CommandWords.quoted(process)) to \(percent)%"
    case .slow(let process, let percent, let duration?):
      "slow \(CommandWords.quoted(process)) to \(percent)% for \(duration)"
    case .partition(let first, let second):
      "partition \(CommandWords.quoted(first)) from \(CommandWords.quoted(second))"
    case .heal(let first, let second):
      "heal \(CommandWords.quoted(first)) from \(CommandWords.quoted(second))"
    }
  }

  /// The processes that it names.
  package var processes: [String] {
    switch self {
    case .kill(let process), .restart(let process), .pause(let process, _),
      .slow(let process, _, _):
      [process]
    case .partition(let first, let second), .heal(let first, let second): [first, second]
    case .deploy, .submit, .cancel, .run, .runUntil, .step, .failTask, .sendToSocket, .closeSocket,
      .checkpoint, .show, .expect, .save:
      []
    }
  }

  /// Whether it strikes a running cluster: what `--fail` and drills may say.
  package var isFault: Bool {
    if case .failTask = self { return true }
    return !processes.isEmpty
  }

  private static func optional(_ word: String?) -> String {
    word.map { " " + CommandWords.quoted($0) } ?? ""
  }

  private static func within(_ limit: VirtualDuration?) -> String {
    limit.map { " within \($0)" } ?? ""
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
