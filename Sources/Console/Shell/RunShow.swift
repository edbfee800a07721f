import ClusterProtocol
import Deployment
import JobGraphs
import Rendering
import Sandbox
import SessionViews
import SimulationKernel
import StreamModel

/// What a person sees of a run: one picture, redrawn on a terminal, printed at turning points in a
/// pipe.
struct RunShow {
  private var terminal: Terminal
  private var picture: RunPicture
  private var drawnLines = 0
  /// The picture as it was drawn last.
  private var lastPicture: [String] = []
  /// What was said to be waited for since then.
  private var lastWait: RunWait?
  private var hasNews = false
  private var hasLostTaskManager = true
  /// How many lines the picture leaves to rows that scroll past above it.
  private let linesForRows: Int

  init(
    terminal: Terminal,
    graph: JobGraph,
    inputNames: InputNames,
    showsRows: Bool
  ) {
    self.terminal = terminal
    linesForRows = showsRows ? 8 : 0
    picture = RunPicture(graph: graph, inputNames: inputNames)
  }

  /// Takes in what happened since the last call and shows it.
  mutating func update(
    _ items: [Journal<JournalEntry>.Item],
    _ figures: [TaskFigures],
    at instant: VirtualInstant
  ) {
    for item in items {
      let stages = picture.begunVertices.count
      picture.apply(item)
      hasNews = hasNews || picture.begunVertices.count > stages
      noteTurningPoint(item.entry)
    }
    picture.update(
      RunMetrics(figures),
      at: instant
    )
    if terminal.isInteractive {
      draw()
    } else if hasNews, instant > .zero {
      Terminal.write(lines.joined(separator: "\n") + "\n\n")
      hasNews = false
    }
  }

  /// Shows rows that became visible: they scroll past above the picture.
  mutating func add(_ rows: [[String]], at instant: VirtualInstant) {
    let lines = rows.map { fields in
      var line = TextLine(" ")
      line.add(Quantity.moment(instant), .faint)
      line.add("  " + fields.joined(separator: "  "))
      return line
    }
    .rendered(width: terminal.width, terminal.style)
    if terminal.isInteractive {
      terminal.redraw(lines, over: drawnLines)
      drawnLines = 0
      lastPicture = []
    } else if !lines.isEmpty {
      Terminal.write(lines.joined(separator: "\n") + "\n")
    }
  }

  /// Shows how the run ended.
  mutating func finish(_ outcome: RunOutcome, remarks: [String]) {
    if terminal.isInteractive { draw() }
    let report = RunReport(picture: picture, outcome: outcome)
      .text(width: terminal.width, style: terminal.style)
    let last = remarks.flatMap { remark in
      var line = TextLine(" ")
      line.add(remark)
      return line.wrapped(to: terminal.width, indent: 1)
    }
    let end = last.isEmpty ? [] : [""] + last.rendered(width: terminal.width, terminal.style)
    Terminal.write((report + end).joined(separator: "\n") + "\n")
  }

  private var lines: [String] {
    picture.lines(
      width: terminal.width,
      height: terminal.height.map { max(10, $0 - 1 - linesForRows) },
      style: terminal.style
    ).rendered(width: terminal.width, terminal.style)
  }

  private mutating func draw() {
    terminal = terminal.refreshed
    lastPicture = lines
    lastWait = nil
    redraw(lastPicture)
  }

  /// Says on a terminal what the run does while its picture is long in coming: in its place, or in
  /// that of its last line while the next one is waited for.
  mutating func wait(_ wait: RunWait) {
    guard terminal.isInteractive, wait != lastWait else { return }
    lastWait = wait
    redraw(lastPicture.dropLast() + wait.text(width: terminal.width, style: terminal.style))
  }

  private mutating func redraw(_ lines: [String]) {
    terminal.redraw(lines, over: drawnLines)
    drawnLines = lines.count
  }

  /// Notes what a reader of a log would want to see a picture of: the first checkpoint, a command,
  /// a loss, and of the attempts to go on the first after each of these.
  private mutating func noteTurningPoint(_ entry: JournalEntry) {
    switch entry {
    case .command, .taskManagerLost:
      hasNews = true
      hasLostTaskManager = true
    case .taskState(let change) where change.to == .running && change.attempt > 0:
      hasNews = hasNews || hasLostTaskManager
      hasLostTaskManager = false
    case .checkpointCompleted(_, let id, _, _): hasNews = hasNews || id.number == 1
    default: break
    }
  }
}
