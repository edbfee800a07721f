import ClusterProtocol
import Deployment
import JobGraphs
import Rendering
import SimulationKernel
import StreamModel

/// What a person sees of a run: one picture, redrawn on a terminal, printed at turning points in a
/// pipe.
struct RunShow {
  private let terminal: Terminal
  private var picture: RunPicture
  private var drawnLines = 0
  private var hasNews = true

  init(terminal: Terminal, graph: JobGraph) {
    self.terminal = terminal
    picture = RunPicture(graph: graph)
  }

  /// Takes in what happened since the last call and shows it.
  mutating func update(
    _ items: [Journal<JournalEntry>.Item],
    _ metrics: [RunningTaskMetrics],
    at instant: VirtualInstant
  ) {
    for item in items {
      picture.apply(item)
      hasNews = hasNews || Self.isTurningPoint(item.entry)
    }
    picture.update(
      RunMetrics(
        subtasks: metrics.map {
          RunMetrics.Subtask(
            id: $0.subtask,
            attempt: $0.attempt,
            slot: $0.slot,
            recordsIn: $0.recordsIn,
            recordsOut: $0.recordsOut
          )
        }
      ),
      at: instant
    )
    if terminal.isInteractive {
      draw()
    } else if hasNews, instant > .zero {
      Terminal.write(lines.joined(separator: "\n") + "\n\n")
      hasNews = false
    }
  }

  /// Shows how the run ended.
  mutating func finish(_ outcome: RunOutcome, unstruck: [String]) {
    if terminal.isInteractive { draw() }
    let report = RunReport(picture: picture, outcome: outcome)
      .lines(width: terminal.width, style: terminal.style)
    let missed = unstruck.map { "never struck: \($0)" }
    Terminal.write((report + missed).joined(separator: "\n") + "\n")
  }

  private var lines: [String] {
    picture.lines(
      width: terminal.width,
      height: terminal.height.map { max(10, $0 - 1) },
      style: terminal.style
    )
  }

  private mutating func draw() {
    let lines = lines
    terminal.redraw(lines, over: drawnLines)
    drawnLines = lines.count
  }

  /// Whether a reader of a log would want to see the picture now.
  private static func isTurningPoint(_ entry: JournalEntry) -> Bool {
    switch entry {
    case .taskManagerLost, .restoring, .command: true
    case .checkpointCompleted(_, let id, _, _): id.number == 1
    default: false
    }
  }
}
