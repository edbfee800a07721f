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
  private let rows = FirstRows(limit: RunSession.shownRows)
  private var readItems = 0

  init(
    _ options: RunOptions,
    outputPath: String?,
    journalPath: String?,
    clock: WallClock
  ) throws {
    let rows = rows
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
    Terminal.write(json(ending) + "\n")
    return isSuccess(ending)
  }

  /// Runs to the end and shows it: in place on a terminal, as a few plain frames in a pipe.
  func runVisibly(on terminal: Terminal, speed: Int) throws -> Bool {
    var show = RunShow(terminal: terminal, graph: run.graph)
    let frame = VirtualDuration.milliseconds(terminal.isInteractive ? Int64(speed) * 50 : 100)
    while run.ending == nil {
      try run.advance(until: run.now + frame)
      show.update(newItems(), run.cluster.taskMetrics, at: run.now)
      if terminal.isInteractive {
        clock.wait(untilMilliseconds: Int(run.now.milliseconds) / speed)
      }
    }
    try close()
    guard let ending = run.ending else { return false }
    show.finish(outcome(ending), unstruck: run.unstruck.map(\.text))
    return isSuccess(ending)
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
      recordsIn: run.tally.sourceElements,
      recordsOut: run.tally.committedRows,
      digest: run.digest.description,
      header: output == nil ? run.options.job.columns : [],
      firstRows: output == nil ? rows.rows : []
    )
  }

  private func json(_ ending: RunEnding) -> String {
    var object = JSONObject()
    object.add("job", run.options.job.name)
    object.add("state", ending.name)
    object.add("deployment", run.options.deployment.rawValue)
    object.add("parallelism", run.options.parallelism)
    object.add("seed", run.options.seed)
    object.add("digest", run.digest.description)
    object.add("records", ["in": run.tally.sourceElements, "out": run.tally.committedRows])
    object.add("restarts", run.tally.restarts)
    object.add(
      "checkpoints",
      ["completed": run.tally.completedCheckpoints, "failed": run.tally.failedCheckpoints]
    )
    object.add("virtual_ms", run.now.milliseconds)
    object.add("wall_ms", clock.milliseconds)
    if !run.unstruck.isEmpty { object.add("unstruck", run.unstruck.map(\.text)) }
    if let error = run.error { object.add("error", error.description) }
    return object.text
  }
}

/// The first rows that became visible.
final class FirstRows {
  private let limit: Int
  private(set) var rows: [[String]] = []

  init(limit: Int) {
    self.limit = limit
  }

  /// Adds lines of CSV.
  func add(_ bytes: [UInt8]) {
    guard rows.count < limit else { return }
    for line in bytes.split(separator: 0x0A).prefix(limit - rows.count) {
      let text = String(decoding: line, as: UTF8.self)
      rows.append((try? CSVRecord.fields(of: text)) ?? [text])
    }
  }
}
