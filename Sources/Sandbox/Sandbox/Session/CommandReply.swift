package import Deployment
import JobGraphs
package import SimulationKernel

/// What came of a command.
package enum CommandReply: Sendable {
  /// A cluster stands.
  case deployed(ClusterLayout)
  /// A job was handed over; the slots that it needs, and those that are free.
  case submitted(name: String, slotsNeeded: Int, freeSlots: Int)
  /// A job is being ended.
  case cancelled(name: String)
  /// A checkpoint was asked for.
  case checkpointRequested(name: String)
  /// Something was struck, mended or typed.
  case done(Command)
  /// Time passed.
  case advanced(from: VirtualInstant, to: VirtualInstant, AdvanceEnd)
  /// An expectation was judged.
  case judged(Expectation, Judgement)
  /// Something is to be shown.
  case show(ShowRequest)
  /// The session's text is to be written to a file.
  case save(file: String, text: String)
}

/// Why time stopped passing.
package enum AdvanceEnd: Sendable, Equatable {
  /// All of it had passed.
  case timeIsOver
  /// What was waited for holds.
  case holds
  /// What was waited for does not hold in the time allowed.
  case doesNotHold(JudgementPhrase)
  /// So many entries of the journal were made.
  case stepped(Int)
  /// Nothing came nearer to the end for ten virtual minutes, or nothing is left to happen.
  case stuck
}

/// Whether an expectation holds.
package enum Judgement: Sendable, Equatable {
  /// It does.
  case holds
  /// It does not; what was seen instead.
  case fails(JudgementPhrase)
}
