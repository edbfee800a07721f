public import ArgumentParser
import Sandbox

#if canImport(Glibc)
import Glibc  // exit
#else
import Darwin
#endif

/// The command `drey`: its verbs, and how a mistake in using it is told.
public struct DreyCommand: ParsableCommand {
  /// What `--help` says.
  public static let configuration = CommandConfiguration(
    commandName: "drey",
    abstract: "A stream-processing cluster in one process, to learn with.",
    discussion: """
      Example:
        drey run word-count --parallelism 2 --rate 20/s --fail "kill tm-1 at 3s"

      Exit codes: 0 done, 1 what was asked about failed, 2 wrong usage or input.
      """,
    version: "0.1.0",
    subcommands: [RunCommand.self]
  )

  /// Makes the command.
  public init() {}

  /// Runs what the arguments say and ends the process with its exit code.
  public static func start(_ arguments: [String]) -> Never {
    if let verb = arguments.first, !verb.hasPrefix("-"), !verbs.contains(verb) {
      fail("unknown command \"\(verb)\"" + Suggestion.text(for: verb, among: verbs))
    }
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
      Process.exit(0)
    } catch let code as ExitCode {
      Process.exit(code.rawValue)
    } catch let problem as InputProblem {
      fail(problem.description)
    } catch let problem as UsageError {
      fail(problem.description)
    } catch {
      if exitCode(for: error) == .success {
        Terminal.write(fullMessage(for: error) + "\n")
        Process.exit(0)
      }
      let message = message(for: error)
      fail(message.isEmpty ? fullMessage(for: error) : message + "; see drey --help")
    }
  }

  private static let verbs = ["run", "help"]

  private static func fail(_ message: String) -> Never {
    Terminal.complain(message)
    Process.exit(2)
  }
}

/// The end of the process; named, since a command has an `exit` of its own.
private enum Process {
  static func exit(_ code: Int32) -> Never {
    #if canImport(Glibc)
    Glibc.exit(code)
    #else
    Darwin.exit(code)
    #endif
  }
}
