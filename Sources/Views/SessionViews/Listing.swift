import RecordFormats
import DataStreamAPI
import JobGraphs
import Rendering
import Sandbox
import SimulationKernel

/// A table with a title: rows, state, jobs.
struct Listing: PictureComponent, Equatable {
  /// How many rows are shown; what is more is counted.
  static let most = 12

  let title: String
  let columns: [String]
  let rows: [[String]]
  /// How many rows there are.
  let count: Int

  /// The last rows that became visible.
  init(rowsOf job: SessionJob) {
    title = ListingPhrase.rows(job.name, job.rows.count).english
    columns = job.program.columns
    rows = job.rows.suffix(Self.most).map { (try? CSVRecord.fields(of: $0)) ?? [$0] }
    count = job.rows.count
  }

  /// The largest values in keyed state, now and in the last completed checkpoint.
  init(stateOf job: SessionJob, in session: SandboxSession) {
    let index = session.jobs.firstIndex { $0.name == job.name } ?? 0
    let saved = session.checkpointedState(of: index)
    let live = session.presentState(of: index)
    let keys = live.isEmpty ? saved : live
    let ranked = keys.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
    title = ListingPhrase.entries(of: job.name, keys.count).english
    columns = [
      ListingPhrase.key, .now, .inCheckpoint(job.history.completed.last?.id.number),
    ].map(\.english)
    rows = ranked.prefix(Self.most).map { entry in
      [
        entry.key, live.first { $0.key == entry.key }.map { "\($0.value)" } ?? "-",
        saved.first { $0.key == entry.key }.map { "\($0.value)" } ?? "-",
      ]
    }
    count = keys.count
  }

  /// How far event time has come at each running task of a job.
  init(watermarksOf job: SessionJob, in session: SandboxSession) {
    let index = session.jobs.firstIndex { $0.name == job.name } ?? 0
    let times = session.eventTimes(of: index)
    title = ListingPhrase.watermarks(of: job.name, times.count).english
    columns = [ListingPhrase.task, .arrived, .promised, .waitsFor].map(\.english)
    rows = times.map { time in
      [
        job.graph.shortName(of: time.subtask),
        time.reached.min().map(Self.text) ?? "-", Self.text(time.promised),
        time.waitsFor.map { job.graph.shortName(of: $0) } ?? "-",
      ]
    }
    count = rows.count
  }

  private static func text(_ watermark: Watermark) -> String {
    if watermark == .none { return ListingPhrase.noPromise.english }
    if watermark == .max { return ListingPhrase.endOfTime.english }
    let time = EventTime(milliseconds: watermark.timestamp)
    guard time >= .earliest, time <= .latest else { return time.description }
    // Without the year, which hardly ever tells two of them apart: so two fit beside the tasks.
    return String(time.description.dropFirst(5).dropLast()).replacing("T", with: " ")
  }

  /// The processes of a cluster to which no job was given yet.
  init(processesOf session: SandboxSession) {
    let processes = session.ledger.processes
    title = ListingPhrase.processes(processes.count).english
    columns = [ListingPhrase.process, .condition, .slots].map(\.english)
    rows = processes.map { process in
      [
        process.name, process.condition.rawValue,
        process.slots == 0 ? "-" : "\(process.slots - process.held.count) free of \(process.slots)",
      ]
    }
    count = rows.count
  }

  /// The jobs of a session.
  init(jobsOf session: SandboxSession) {
    title = ListingPhrase.jobs(session.jobs.count).english
    columns = [
      ListingPhrase.job, .state, .since, .tasks, .restarts, .checkpoints, .rowsColumn,
    ].map(\.english)
    rows = session.jobs.map { job in
      [
        job.name, job.history.jobState.rawValue, Quantity.moment(job.submittedAt),
        "\(job.graph.subtaskCount)", "\(job.history.restarts)",
        "\(job.history.completed.count)", Quantity.grouped(job.history.committedRows),
      ]
    }
    count = session.jobs.count
  }

  func lines(width: Int, style: TextStyle) -> [TextLine] {
    let table = [columns] + rows
    let wanted = columns.indices.map { column in
      table.map { $0.indices.contains(column) ? DisplayWidth.of($0[column]) : 0 }.max() ?? 0
    }
    let isNumeric = columns.indices.map { column in
      !rows.isEmpty && rows.allSatisfy { $0.indices.contains(column) && Self.isNumber($0[column]) }
    }
    let widths = TextTable.fitted(wanted, numeric: isNumeric, width: width)
    var lines = [TextLine(" " + title, .strong)]
    for (index, cells) in table.enumerated() where !rows.isEmpty {
      var line = TextLine("   ")
      for (column, cell) in cells.enumerated() where columns.indices.contains(column) {
        line.add(
          cell,
          columns: widths[column],
          style,
          index == 0 ? .faint : .plain,
          alignsRight: isNumeric[column]
        )
        line.add("  ")
      }
      lines.append(line.fitted(to: width, style))
    }
    if count > rows.count {
      lines.append(TextLine("   " + ListingPhrase.more(count - rows.count).english, .faint))
    }
    return lines
  }

  func describe() -> [String] {
    [title + "."]
      + rows.map { cells in
        zip(columns, cells).map { "\($0) \($1)" }.joined(separator: ", ") + "."
      }
  }

  private static func isNumber(_ text: String) -> Bool {
    text == "-" || text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2C }
  }
}

/// The words of listings: ids with arguments, and their text in English.
enum ListingPhrase: Phrase {
  case rows(String, Int), entries(of: String, Int), jobs(Int), more(Int)
  case processes(Int), process, condition, slots
  case key, now, inCheckpoint(Int?)
  case watermarks(of: String, Int), task, arrived, promised, waitsFor, noPromise, endOfTime
  case job, since, tasks, restarts, checkpoints, rowsColumn
  case state

  var english: String {
    switch self {
    case .rows(let job, 0): "No row of \(job) is visible yet"
    case .rows(let job, let count): "\(Wording.count(count, "row")) of \(job), the last ones"
    case .entries(let job, 0): "\(job) keeps no state yet"
    case .entries(let job, let count):
      "\(Wording.count(count, "key")) in the state of \(job), the largest values"
    case .jobs(let count): Wording.count(count, "job")
    case .more(let count): "and \(Quantity.grouped(count)) more"
    case .processes(let count): Wording.count(count, "process", "processes")
    case .process: "process"
    case .condition: "condition"
    case .slots: "slots"
    case .watermarks(let job, 0): "No task of \(job) runs"
    case .watermarks(let job, _): "The watermarks of \(job)"
    case .task: "task"
    case .arrived: "arrived"
    case .promised: "passed on"
    case .waitsFor: "waits for"
    case .noPromise: "none"
    case .endOfTime: "end"
    case .key: "key"
    case .now: "now"
    case .inCheckpoint(let number?): "in checkpoint \(number)"
    case .inCheckpoint(nil): "in a checkpoint"
    case .job: "job"
    case .since: "submitted at"
    case .tasks: "tasks"
    case .restarts: "restarts"
    case .checkpoints: "checkpoints"
    case .rowsColumn: "rows"
    case .state: "state"
    }
  }
}
