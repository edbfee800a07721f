import DataStreamAPI
import ArgumentParser
import JobGraphs
import Rendering
import Sandbox
import SimulationKernel
import StreamModel

/// `drey replay`: a recorded session, made again.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Make a recorded session again, and say whether the same happens.",
    discussion: """
      Examples:
        drey replay typed.drey
        drey replay typed.drey --output counts.csv

      After each command the digest of all that happened is compared with the
      recorded one. Inputs are read anew: a file that has changed shows at the
      command that submits its job.
      """
  )

  @Argument(help: "The file that drey run --save, or save, has written.") var file: String
  @Option(parsing: .unconditional, help: "Where committed rows are written, as CSV.")
  var output: String?
  @Flag(help: "Print one JSON object instead of sentences.") var json = false

  func run() throws {
    try OutputFile.checkDistinct([("FILE", file)] + (output.map { [("--output", $0)] } ?? []))
    let recorded = try SessionFile(parsing: TextInput(file).text, named: file)
    guard !recorded.commands.isEmpty else { throw UsageError("\(file) holds no command") }
    let options = SandboxOptions(
      catalogue: BundledPrograms.catalogue,
      inputs: DatasetLibrary()
    )
    // Rows of several jobs have no header in common.
    let submissions = recorded.commands.compactMap { entry in
      if case .submit(let submission) = entry.command { submission } else { nil }
    }
    let columns =
      submissions.count == 1 ? try submissions[0].program(in: options.catalogue).columns : nil
    let output = try output.map { try OutputFile($0, columns: columns) }
    let replay: SessionReplay
    do {
      replay = try SessionReplay(of: recorded, options) { bytes, _ in try output?.append(bytes) }
    } catch let problem as UsageError {
      throw UsageError("\(file): \(problem.description)")
    }
    try output?.finish()
    Terminal.write((json ? Self.json(replay) : sentences(replay)) + "\n")
    if replay.parting != nil { throw ExitCode(1) }
  }

  private func sentences(_ replay: SessionReplay) -> String {
    if let parting = replay.parting { return sentence(parting) }
    let jobs = replay.session.jobs.map { job in
      " Job \(job.name) is \(job.history.jobState.rawValue) with \(job.history.committedRows) rows."
    }
    let time = Quantity.moment(replay.session.now)
    return "The same happened: \(replay.session.log.count) commands, \(time) of virtual time,"
      + " digest \(replay.session.digest?.description ?? "-")." + jobs.joined()
  }

  private func sentence(_ parting: SessionReplay.Parting) -> String {
    let (recorded, seen) = (parting.recorded, parting.seen)
    let place = "The two part at command \(parting.index + 1), \"\(seen.command.text)\":"
    if recorded.digest != seen.digest {
      return place + " digest \(recorded.digest ?? "-") was recorded, and \(seen.digest ?? "-")"
        + " came out."
    }
    return place + " it was recorded at \(recorded.instant), and was given at \(seen.instant)."
  }

  private static func json(_ replay: SessionReplay) -> String {
    var object = JSONObject()
    object.add("same", json: replay.parting == nil ? "true" : "false")
    object.add("commands", replay.session.log.count)
    object.add("digest", replay.session.digest?.description ?? "")
    object.add("virtual_ms", replay.session.now.milliseconds)
    if let parting = replay.parting { object.add("parted_at", parting.index + 1) }
    return object.text
  }
}
