/// A sign that means something, or a piece of a line: one column in either set of characters.
package enum Mark: Sendable, CaseIterable {
  /// The pieces of frames and rails.
  case horizontal, vertical, topLeft, topRight, bottomLeft, bottomRight
  /// The joints of rails and of trees.
  case branch, crossing, forkRight, arrow, node, ellipsis, lastLeaf, leaf
  /// The state of a task or a job.
  case running, waiting, failed, finished, canceled
  /// A checkpoint and its barriers.
  case barrier, snapshot, saved, aborted
  /// What fills a gauge: a little, by half, and to the full.
  case gaugeLight, gaugeHalf, gaugeFull, gaugeBack
  /// From one lane to another.
  case to
  /// What a job does over time, and what happens to it.
  case processing, idle, futile, lossDeclared, restored, ended, brokenConnection
  /// What a TaskManager does over time.
  case used, spare, unnoticed, stopped
  /// An instant that someone guessed, and one that is known.
  case guess, fact
  /// Offsets: read once, read twice, a stretch that is not to scale.
  case readOnce, readTwice, skipped
  /// TaskManagers and their slots.
  case slotTaken, slotFree, paused
  /// Where something is typed, and where something is asked.
  case promptMark, question

  /// The sign in Unicode.
  package var unicode: String {
    switch self {
    case .horizontal, .spare: "─"
    case .vertical: "│"
    case .topLeft: "╭"
    case .topRight: "╮"
    case .bottomLeft: "╰"
    case .bottomRight: "╯"
    case .branch, .leaf: "├"
    case .crossing: "┼"
    case .forkRight: "┬"
    case .arrow: "▼"
    case .node, .running: "●"
    case .ellipsis: "…"
    case .lastLeaf: "╰"
    case .waiting: "○"
    case .failed: "✗"
    case .finished: "✓"
    case .canceled: "–"
    case .barrier: "▮"
    case .snapshot, .gaugeFull: "█"
    case .gaugeLight: "░"
    case .gaugeHalf, .readTwice: "▒"
    case .gaugeBack: "◂"
    case .to: "→"
    case .saved: "◆"
    case .aborted: "◇"
    case .processing, .readOnce: "━"
    case .used: "═"
    case .idle: "·"
    case .futile: "×"
    case .lossDeclared: "!"
    case .restored: "↺"
    case .brokenConnection: "↯"
    case .unnoticed: "░"
    case .guess, .fact: "▲"
    case .skipped: "┄"
    case .ended, .slotTaken: "■"
    case .promptMark: "›"
    case .question: "?"
    case .slotFree: "□"
    case .paused, .stopped: "‖"
    }
  }

  /// The sign in plain ASCII.
  package var ascii: String {
    switch self {
    case .horizontal, .spare, .canceled: "-"
    case .vertical, .barrier: "|"
    case .topLeft, .topRight, .bottomLeft, .bottomRight, .branch, .crossing, .forkRight: "+"
    case .arrow: "v"
    case .node, .running: "*"
    case .ellipsis, .skipped: "~"
    case .lastLeaf, .finished, .used: "+"
    case .leaf: ":"
    case .waiting: "o"
    case .failed: "X"
    case .snapshot, .gaugeFull, .readTwice, .ended, .slotTaken: "#"
    case .question: "?"
    case .gaugeLight: "-"
    case .gaugeHalf, .processing, .readOnce, .paused: "="
    case .gaugeBack: "<"
    case .to, .promptMark: ">"
    case .saved: "C"
    case .aborted: "c"
    case .idle: "."
    case .futile: "x"
    case .lossDeclared: "!"
    case .restored: "R"
    case .brokenConnection: "%"
    case .unnoticed: "?"
    case .stopped: "\""
    case .guess, .fact: "^"
    case .slotFree: "_"
    }
  }
}
