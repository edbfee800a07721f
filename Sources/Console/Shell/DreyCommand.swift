public import ArgumentParser
public import DataStreamAPI
import Lessons
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
      Examples:
        drey lesson
        drey run word-count --parallelism 2 --rate 20/s --fail "kill tm-1 at 3s"
        drey datasets list

      Exit codes: 0 done, 1 what was asked about failed, 2 wrong usage or input.
      """,
    version: "0.1.0",
    subcommands: [
      LessonCommand.self, RunCommand.self, ReplayCommand.self, DatasetsCommand.self,
      ProveCommand.self,
    ]
  )

  /// Makes the command.
  public init() {}

  /// Runs what the arguments say and ends the process with its exit code.
  ///
  /// - Parameters:
  ///   - arguments: The words after the command's own name.
  ///   - catalogue: The programs that can be run by name.
  public static func start(_ arguments: [String], catalogue: JobCatalogue) -> Never {
    BundledPrograms.$catalogue.withValue(catalogue) { start(arguments) }
  }

  private static func start(_ arguments: [String]) -> Never {
    checkVerbs(arguments[...], "")
    start(Self.self, arguments)
  }

  /// Runs what the arguments say by a command of another program.
  package static func start(_ root: any ParsableCommand.Type, _ arguments: [String]) -> Never {
    do {
      var command = try root.parseAsRoot(arguments)
      try command.run()
      Process.exit(0)
    } catch let code as ExitCode {
      Process.exit(code.rawValue)
    } catch let problem as InputProblem {
      fail(problem.description)
    } catch let problem as UsageError {
      fail(problem.description)
    } catch let problems as LessonProblems {
      for problem in problems.all { Terminal.complain(problem.description) }
      Process.exit(2)
    } catch {
      if root.exitCode(for: error) == .success {
        Terminal.write(root.fullMessage(for: error) + "\n")
        Process.exit(0)
      }
      let message = root.message(for: error)
      guard !message.isEmpty else { fail(root.fullMessage(for: error)) }
      let verb = arguments.first.map { verbs[""]?.contains($0) == true ? " \($0)" : "" } ?? ""
      fail(message + (message.hasSuffix("?") ? " See" : "; see") + " drey\(verb) --help")
    }
  }

  /// The verbs, and those that follow a verb.
  private static let verbs = [
    "": ["lesson", "run", "replay", "datasets", "prove", "help"],
    "datasets": ["list", "describe", "verify", "generate", "help"],
  ]

  /// Makes sure that the words that choose a command are known.
  private static func checkVerbs(_ arguments: ArraySlice<String>, _ parent: String) {
    guard let verb = arguments.first, !verb.hasPrefix("-"), let known = verbs[parent] else {
      return
    }
    guard known.contains(verb) else {
      let command = parent.isEmpty ? verb : "\(parent) \(verb)"
      fail("unknown command \"\(command)\"" + Suggestion.text(for: verb, among: known))
    }
    if parent.isEmpty { checkVerbs(arguments.dropFirst(), verb) }
  }

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
