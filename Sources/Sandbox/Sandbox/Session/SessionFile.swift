import SimulationKernel

/// A session as a file: what it takes to make it again, and to say where two runs part.
///
/// The first line names the format and its version, the second the seed. Each line after them is a
/// command with the instant at which it was given and the digest of all that had happened when it
/// was done: `@3s #14fcef5cc287e7fb kill tm-1`.
package struct SessionFile: Equatable, Sendable {
  /// The version of the format.
  package static let version = 1

  /// The seed.
  package let seed: UInt64
  /// The commands.
  package let commands: [LoggedCommand]

  /// The file of a session.
  package init(_ session: SandboxSession) {
    seed = session.options.seed
    commands = session.log
  }

  /// The text of the file.
  package var text: String {
    var text = "drey session \(Self.version)\nseed \(seed)\n"
    for entry in commands {
      text += "@\(entry.instant) #\(entry.digest ?? "-") \(entry.command.text)\n"
    }
    return text
  }

  /// Reads a file.
  ///
  /// - Throws: ``UsageError`` that names the file and the line.
  package init(parsing text: String, named name: String) throws(UsageError) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(
      String.init
    )
    guard lines.first == "drey session \(Self.version)" else {
      throw UsageError("\(name):1: must be \"drey session \(Self.version)\"")
    }
    guard lines.count > 1, lines[1].hasPrefix("seed "), let seed = UInt64(lines[1].dropFirst(5))
    else { throw UsageError("\(name):2: must be the seed, such as \"seed 1\"") }
    self.seed = seed
    var commands: [LoggedCommand] = []
    for (index, line) in lines.enumerated().dropFirst(2) where !line.isEmpty {
      do throws(UsageError) {
        commands.append(try Self.entry(line))
      } catch {
        throw UsageError("\(name):\(index + 1): \(error)")
      }
    }
    self.commands = commands
  }

  private static func entry(_ line: String) throws(UsageError) -> LoggedCommand {
    let parts = line.split(separator: " ", maxSplits: 2)
    guard parts.count == 3, parts[0].hasPrefix("@"), parts[1].hasPrefix("#"),
      let instant = VirtualDuration(text: parts[0].dropFirst())
    else {
      throw UsageError("must be an instant, a digest and a command: @3s #14fcef5cc287e7fb run 1s")
    }
    let digest = String(parts[1].dropFirst())
    return LoggedCommand(
      at: instant,
      command: try Command(parsing: String(parts[2])),
      digest: digest == "-" ? nil : digest
    )
  }
}
