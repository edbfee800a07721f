import SimulationKernel

import SimulationKernel

/// A recorded session that is made again, command by command.
package struct SessionReplay {
  /// Where two runs part: the first command after which not the same had happened.
  package struct Parting: Equatable, Sendable {
    /// The position of the command in the recording, from 0.
    package let index: Int
    /// The command.
    package let command: Command
    /// The digest that was recorded; nil where none was.
    package let recorded: String?
    /// The digest that came out.
    package let digest: String?
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
  /// - Throws: ``UsageError`` when a command cannot be carried out, and what `onCommit` throws.
  package init(
    of file: SessionFile,
    _ options: SandboxOptions,
    onCommit: @escaping ([UInt8], Int) throws -> Void = { _, _ in }
  ) throws {
    var options = options
    options.seed = file.seed
    session = SandboxSession(options, onCommit: onCommit)
    for (index, entry) in file.commands.enumerated() {
      try session.apply(entry.command)
      let digest = session.digest?.description
      guard digest == entry.digest else {
        parting = Parting(
          index: index,
          command: entry.command,
          recorded: entry.digest,
          digest: digest
        )
        return
      }
    }
    parting = nil
  }
}
