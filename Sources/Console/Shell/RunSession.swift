import RecordFormats
import DataStreamAPI
import ArgumentParser
import ClusterProtocol
import Deployment
import JobGraphs
import Rendering
import Sandbox
import SimulationKernel
import StreamOperators

/// A run with its real outputs, watched or not.
final class RunSession {
  /// How many rows are shown when they are not written to a file.
  static let shownRows = 10

  private let run: JobRun
  private let clock: WallClock
  /// How much faster than the wall clock a run goes that is watched, or fed by hand.
  private let speed: Int
  private let output: OutputFile?
  private let journal: OutputFile?
  private let saved: OutputFile?
  private let rows: CommittedRows
  private let verifies: Bool
  private var readItems = 0
  /// When the picture was drawn last, in milliseconds of the clock.
  private var drawnAt = 0
  private var socket: LiveSocket?

  init(
    _ options: RunOptions,
    verifies: Bool,
    files: RunFiles,
    clock: WallClock,
    speed: Int
  ) throws {
    let rows = CommittedRows(
      shown: Self.shownRows,
      keepsAll: verifies,
      keepsFresh: options.socket != nil
    )
    self.rows = rows
    self.verifies = verifies
    self.speed = speed
    // Options that contradict each other are found before any file is touched.
    try options.validate()
    socket = try options.socket.map { try LiveSocket($0) }
    let output = try files.output.map { try OutputFile($0, columns: options.job.columns) }
    journal = try files.journal.map { try OutputFile($0, columns: nil) }
    saved = try files.session.map { try OutputFile($0, columns: nil) }
    self.output = output
    self.clock = clock
    Terminal.catchInterrupts()
    run = try JobRun(options) { bytes, _ in
      try output?.append(bytes)
      rows.add(bytes)
    }
  }

  /// Runs to the end and prints the JSON object.
  func runSilently() throws -> Bool {
    while isLive { try advance(by: .milliseconds(Int64(speed) * 50), isPaced: true) }
    while run.ending == nil { try advance(by: .seconds(1), isPaced: false) }
    let ending = try run.finish()
    try close()
    let verdict = verdict(ending)
    Terminal.write(json(ending, verdict) + "\n")
    return isSuccess(ending) && verdict?.isRight != false
  }

  /// Runs to the end and shows it: in place on a terminal, as a few plain frames in a pipe.
  func runVisibly(on terminal: Terminal) throws -> Bool {
    let isFed = socket != nil
    var show = RunShow(
      terminal: terminal,
      graph: run.graph,
      inputNames: inputNames,
      showsRows: isFed
    )
    let isWatched = terminal.isInteractive
    if isWatched { run.onPulse = { [unowned self] in sayWhatIsWaitedFor(&show) } }
    while run.ending == nil {
      let isPaced = isWatched || isLive
      try advance(by: .milliseconds(isPaced ? Int64(speed) * 50 : 100), isPaced: isPaced)
      if isFed { show.add(rows.takeFresh(), at: run.now) }
      show.update(newItems(), run.session.taskFigures, at: run.now)
      drawnAt = clock.milliseconds
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

  /// Says what the run does once nothing was drawn for a second of wall clock.
  private func sayWhatIsWaitedFor(_ show: inout RunShow) {
    guard clock.milliseconds - drawnAt >= 1000 else { return }
    show.wait(RunWait(tasks: run.graph.subtaskCount, areRunning: run.areAllRunning))
  }

  /// What the user calls the inputs.
  private var inputNames: InputNames { run.session.jobs[0].inputNames }

  /// Whether somebody outside may still type.
  private var isLive: Bool { run.ending == nil && socket?.isOpen == true }

  /// Takes in what was typed and lets the run go on, as fast as the wall clock if it is paced.
  private func advance(by frame: VirtualDuration, isPaced: Bool) throws {
    if socket == nil, Terminal.wasInterrupted { throw interrupted() }
    try socket?.hand(to: run)
    try run.advance(until: run.now + frame)
    if isPaced { clock.wait(untilMilliseconds: Int(run.now.milliseconds) / speed) }
  }

  /// Ends a run that nobody wants any more: its files are not written.
  private func interrupted() -> ExitCode {
    for file in [output, journal, saved] { file?.discard() }
    let files = output == nil && journal == nil && saved == nil ? "" : "; no file was written"
    Terminal.complain("interrupted after \(Quantity.moment(run.now)) of virtual time" + files)
    return ExitCode(130)
  }

  /// What counting without a cluster says of the rows; nil when nobody asked.
  private func verdict(_ ending: RunEnding) -> Verdict? {
    guard verifies else { return nil }
    guard ending == .job(.finished) else {
      return Verdict(isRight: false, text: "The rows are incomplete: the job did not finish.")
    }
    guard let findMistake = run.options.job.findMistake else {
      return Verdict(isRight: false, text: "nobody knows the right rows of this job")
    }
    if let wrong = findMistake(run.options.input, rows.all, run.graph.settings.isBatch) {
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
    if let saved {
      try saved.append(Array(run.sessionFile().text.utf8))
      try saved.finish()
    }
    if let problem = socket?.problem { throw problem }
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
      header: output == nil && socket == nil ? run.options.job.columns : [],
      firstRows: output == nil && socket == nil ? rows.first : []
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
    if let error = run.error { object.add("error", inputNames.told(error.description)) }
    return object.text
  }
}

/// The files that a run writes, each if it is named.
struct RunFiles {
  /// Where committed rows go.
  var output: String?
  /// Where the journal goes.
  var journal: String?
  /// Where the session goes.
  var session: String?
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
  private let keepsFresh: Bool
  /// The first rows, field by field.
  private(set) var first: [[String]] = []
  /// The rows since they were taken last, field by field, where they are taken at all.
  private var fresh: [[String]] = []
  /// All rows as lines; empty when they are not kept.
  private(set) var all: [String] = []

  /// - Parameters:
  ///   - shown: How many rows are shown at the end.
  ///   - keepsAll: Whether all are kept.
  ///   - keepsFresh: Whether rows are kept until they are taken.
  init(shown: Int, keepsAll: Bool, keepsFresh: Bool) {
    self.shown = shown
    self.keepsAll = keepsAll
    self.keepsFresh = keepsFresh
  }

  /// Adds lines of CSV.
  func add(_ bytes: [UInt8]) {
    guard keepsAll || keepsFresh || first.count < shown else { return }
    let lines = bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    first += lines.prefix(shown - first.count).map(Self.fields)
    if keepsFresh { fresh += lines.map(Self.fields) }
    if keepsAll { all += lines }
  }

  /// The rows that came since it was asked last.
  func takeFresh() -> [[String]] {
    defer { fresh = [] }
    return fresh
  }

  private static func fields(of line: String) -> [String] {
    (try? CSVRecord.fields(of: line)) ?? [line]
  }
}
