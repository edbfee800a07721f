import ArgumentParser
import ClusterProtocol
import Proofs
import ReferenceJobs
import RunFarm
import Sandbox
import Shell

/// `drey prove`: what must hold is tried, with as many runs as there is time for.
///
/// A program of its own, since it carries many jobs that nobody needs for a lesson.
struct ProveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Try what must hold: searches for lost rows, jobs with known rows, lessons.",
    discussion: """
      Examples:
        drey prove searches --runs 20
        drey prove searches --runs 3000 --first 1000 --only "exactly once"
        drey prove jobs
        drey prove lessons

      Exit codes: 0 all of it holds, 1 something does not, 2 wrong usage or input.
      """,
    subcommands: [SearchesCommand.self, JobsCommand.self, LessonsCommand.self]
  )
}

/// `drey prove searches`: many seeds, each with faults of its own.
struct SearchesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "searches",
    abstract: "Search seeds for a run that loses or doubles a row.",
    discussion: """
      Each seed draws its own faults. A seed that goes wrong is printed as the command that
      makes it again, where TEXT stands for the input.

      Scenarios:
      \(SearchScenario.all.map { "  " + $0.name }.joined(separator: "\n"))
      """
  )

  @Option(help: "How many seeds are tried of each scenario.") var runs = 20
  @Option(help: "The first seed.") var first: UInt64 = 1
  @Option(help: "Only scenarios whose name holds this.") var only = ""

  func run() throws {
    guard (1...100_000_000).contains(runs) else {
      throw UsageError("--runs must be from 1 to 100000000, not \(runs)")
    }
    let scenarios = SearchScenario.all.filter { $0.name.contains(only) }
    guard !scenarios.isEmpty else { throw UsageError("no scenario's name holds \"\(only)\"") }
    // Each search is many runs on all cores by itself.
    let clock = WallClock()
    var page = ProofPage()
    for scenario in scenarios {
      page.add(scenario.name, scenario.proof(first: first, runs: runs).outcome())
    }
    let count = scenarios.count * runs
    page.note(
      "\(count) runs, \(count * 1000 / max(1, clock.milliseconds)) a second on all cores"
    )
    try page.close()
  }
}

/// `drey prove jobs`: every reference job and every fact.
struct JobsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jobs",
    abstract: "Run every reference job and every fact about the datasets.",
    discussion: """
      Each job at rest at parallelism 1 and 4 and with kills: the same rows where it promises
      them, the same journal for the same seed, and the rows that the data itself tells.
      """
  )

  @Option(help: "With how many drawn kills each job is tried.") var kills = 1
  @Flag(help: "Also try each fact alone with a kill.") var each = false
  @Option(help: "Only proofs whose name holds this.") var only = ""
  @Option(help: "The file of known answers (default: that of the datasets).") var answers: String?

  func run() throws {
    guard (1...1_000_000).contains(kills) else {
      throw UsageError("--kills must be from 1 to 1000000, not \(kills)")
    }
    let shelf = try DatasetShelf { try DatasetFiles.bytes(ofFile: $0) }
    let known = try Answers(
      parsing: answers.map { try MappedFile($0).bytes }
        ?? DatasetFiles.bytes(ofFile: "answers.json")
    )
    let proofs =
      (JobProof.all(shelf, kills: kills) + RowProof.all(shelf, known)
      + FactProof.all(shelf, known, each: each)).filter { $0.name.contains(only) }
    guard !proofs.isEmpty else { throw UsageError("no proof's name holds \"\(only)\"") }
    let outcomes = RunFarm.map(proofs.count) { proofs[$0].outcome() }
    var page = ProofPage()
    for (proof, outcome) in zip(proofs, outcomes) { page.add(proof.name, outcome) }
    try page.close()
  }
}

/// `drey prove lessons`: every transcript of every lesson.
struct LessonsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lessons",
    abstract: "Play every transcript of every lesson.",
    discussion: "The right ones must pass, the wrong ones get their own message."
  )

  func run() throws {
    var page = ProofPage()
    for (lesson, transcripts, problems) in try LessonProof.all(.reference) {
      page.add("lesson \(lesson)", Proof.Outcome("\(transcripts) transcripts", problems: problems))
    }
    try page.close()
  }
}

/// What came of proofs, a line each.
private struct ProofPage {
  private var count = 0
  private var failed: [String] = []

  mutating func add(_ name: String, _ outcome: Proof.Outcome) {
    count += 1
    let mark = outcome.problems.isEmpty ? "holds" : "FAILS"
    Terminal.write("\(mark)  \(name): \(outcome.summary)\n")
    for problem in outcome.problems.prefix(5) { Terminal.write("       \(problem)\n") }
    if outcome.problems.count > 5 {
      Terminal.write("       and \(outcome.problems.count - 5) more\n")
    }
    if !outcome.problems.isEmpty { failed.append(name) }
  }

  func note(_ text: String) { Terminal.write(text + "\n") }

  /// Tells the sum, and fails where something does not hold.
  func close() throws {
    Terminal.write("\(count - failed.count) of \(count) hold.\n")
    if !failed.isEmpty { throw ExitCode(1) }
  }
}
