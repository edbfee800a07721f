import SimulationKernel

/// A recorded session that is made again, command by command.
package struct SessionReplay {
  /// Where two runs part: the first command that was given at another instant, or after which not
  /// the same had happened.
  package struct Parting: Equatable, Sendable {
    /// The position of the command in the recording, from 0.
    package let index: Int
    /// What was recorded.
    package let recorded: LoggedCommand
    /// What came out.
    package let seen: LoggedCommand
  }

  /// The session that was made again: as far as it went.
  package let session: SandboxSession
  /// Where it parted from the recording; nil where nowhere.
  package let parting: Parting?

  /// Makes a session again, to the end or to where it parts from the recording.
  ///
  /// - Parameters:
  ///   - file: The recording.
  ///   - options: What a session is made of besides; the seed is the recording's.
  ///   - onCommit: Takes the bytes and the number of rows that became visible, in order.
  /// - Throws: ``UsageError``, with the number of the command, when one cannot be carried out, and
  ///   what `onCommit` throws.
  package init(
    of file: SessionFile,
    _ options: SandboxOptions,
    onCommit: @escaping ([UInt8], Int) throws -> Void = { _, _ in }
  ) throws {
    var options = options
    options.seed = file.seed
    session = SandboxSession(options, onCommit: onCommit)
    for (index, entry) in file.commands.enumerated() {
      let began = session.now - .zero
      do {
        try session.apply(entry.command)
      } catch let problem as UsageError {
        throw UsageError(.commandFails(number: index + 1, problem.description))
      }
      let seen = LoggedCommand(
        at: began,
        command: entry.command,
        digest: session.digest?.description
      )
      guard seen == entry else {
        parting = Parting(index: index, recorded: entry, seen: seen)
        return
      }
    }
    parting = nil
  }
}
