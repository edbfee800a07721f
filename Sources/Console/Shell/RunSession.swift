import ClusterProtocol
import Deployment
import JobGraphs
import Rendering
import Sandbox
import SimulationKernel
import StreamOperators
import Workloads

/// A run with its real outputs, watched or not.
final class RunSession {
  /// How many rows are shown when they are not written to a file.
  static let shownRows = 10

  private let run: JobRun
  private let clock: WallClock
  private let output: OutputFile?
  private let journal: OutputFile?
  private let rows: CommittedRows
  private let verifies: Bool
  private var readItems = 0

  init(
    _ options: RunOptions,
    verifies: Bool,
    outputPath: String?,
    journalPath: String?,
    clock: WallClock
  ) throws {
    let rows = CommittedRows(shown: Self.shownRows, keepsAll: verifies)
    self.rows = rows
    self.verifies = verifies
    // Options that contradict each other are found before any file is touched.
    try options.validate()
    let output = try outputPath.map { try OutputFile($0, columns: options.job.columns) }
    journal = try journalPath.map { try OutputFile($0, columns: nil) }
    self.output = output
    self.clock = clock
    run = try JobRun(options) { bytes, _ in
      try output?.append(bytes)
      rows.add(bytes)
    }
  }

  /// Runs to the end and prints the JSON object.
  func runSilently() throws -> Bool {
    let ending = try run.finish()
    try close()
    let verdict = verdict(ending)
    Terminal.write(json(ending, verdict) + "\n")
    return isSuccess(ending) && verdict?.isRight != false
  }

  /// Runs to the end and shows it: in place on a terminal, as a few plain frames in a pipe.
  func runVisibly(on terminal: Terminal, speed: Int) throws -> Bool {
    var show = RunShow(terminal: terminal, graph: run.graph)
    let frame = VirtualDuration.milliseconds(terminal.isInteractive ? Int64(speed) * 50 : 100)
    while run.ending == nil {
      try run.advance(until: run.now + frame)
      show.update(newItems(), run.session.taskFigures, at: run.now)
      if terminal.isInteractive {
        clock.wait(untilMilliseconds: Int(run.now.milliseconds) / speed)
      }
    }
    try close()
    guard let ending = run.ending else { return false }
    let verdict = verdict(ending)
    show.finish(
      outcome(ending),
      remarks: run.unstruck.map { "never struck: \($0.text)" } + (verdict.map { [$0.text] } ?? [])
    )
    return isSuccess(ending) && verdict?.isRight != false
  }

  /// What counting without a cluster says of the rows; nil when nobody asked.
  private func verdict(_ ending: RunEnding) -> Verdict? {
    guard verifies else { return nil }
    guard ending == .job(.finished) else {
      return Verdict(isRight: false, text: "The rows are incomplete: the job did not finish.")
    }
    guard let mistake = run.options.job.mistake(inBatch: run.graph.settings.isBatch) else {
      return Verdict(isRight: false, text: "nobody knows the right rows of this job")
    }
    if let wrong = mistake(run.options.input, rows.all) {
      return Verdict(isRight: false, text: "The counts are WRONG: \(wrong).")
    }
    return Verdict(
      isRight: true,
      text:
        "The counts are right: \(run.history.committedRows) rows,"
        + " each word as often as in the text."
    )
  }

  private func close() throws {
    try output?.finish()
    try journal?.append(run.cluster.simulation.journal.jsonLines())
    try journal?.finish()
  }

  private func newItems() -> [Journal<JournalEntry>.Item] {
    let items = run.cluster.simulation.journal.items
    defer { readItems = items.count }
    return Array(items[readItems...])
  }

  private func isSuccess(_ ending: RunEnding) -> Bool {
    ending == .job(.finished) && run.unstruck.isEmpty
  }

  private func outcome(_ ending: RunEnding) -> RunOutcome {
    RunOutcome(
      state: ending.name,
      isSuccess: isSuccess(ending),
      recordsIn: run.history.sourceElements,
      recordsOut: run.history.committedRows,
      digest: run.digest.description,
      header: output == nil ? run.options.job.columns : [],
      firstRows: output == nil ? rows.first : []
    )
  }

  private func json(_ ending: RunEnding, _ verdict: Verdict?) -> String {
    var object = JSONObject()
    object.add("job", run.options.job.name)
    object.add("state", ending.name)
    object.add("deployment", run.options.deployment.rawValue)
    object.add("parallelism", run.options.parallelism)
    object.add("seed", run.options.seed)
    object.add("digest", run.digest.description)
    object.add("records", ["in": run.history.sourceElements, "out": run.history.committedRows])
    object.add("restarts", run.history.restarts)
    object.add(
      "checkpoints",
      ["completed": run.history.completed.count, "failed": run.history.failedCheckpoints]
    )
    object.add("virtual_ms", run.now.milliseconds)
    object.add("wall_ms", clock.milliseconds)
    if !run.unstruck.isEmpty { object.add("unstruck", run.unstruck.map(\.text)) }
    if let verdict { object.add("verified", json: verdict.isRight ? "true" : "false") }
    if let error = run.error { object.add("error", error.description) }
    return object.text
  }
}

/// Whether the rows of a run are right, in words.
private struct Verdict {
  var isRight: Bool
  var text: String
}

/// The rows that became visible: the first to be shown, and all where they are to be verified.
final class CommittedRows {
  private let shown: Int
  private let keepsAll: Bool
  /// The first rows, field by field.
  private(set) var first: [[String]] = []
  /// All rows as lines; empty when they are not kept.
  private(set) var all: [String] = []

  init(shown: Int, keepsAll: Bool) {
    self.shown = shown
    self.keepsAll = keepsAll
  }

  /// Adds lines of CSV.
  func add(_ bytes: [UInt8]) {
    guard keepsAll || first.count < shown else { return }
    let lines = bytes.split(separator: 0x0A)
    for line in lines.prefix(shown - first.count) {
      let text = String(decoding: line, as: UTF8.self)
      first.append((try? CSVRecord.fields(of: text)) ?? [text])
    }
    if keepsAll { all += lines.map { String(decoding: $0, as: UTF8.self) } }
  }
}
