/// A sign that means something, or a piece of a line: one column in either set of characters.
enum Mark: Sendable, CaseIterable {
  // Frames and rails.
  case horizontal, vertical, topLeft, topRight, bottomLeft, bottomRight
  case branch, crossing, forkRight, arrow, node, ellipsis, lastLeaf, leaf
  // States.
  case running, waiting, failed, finished, canceled
  // Checkpoints.
  case barrier, snapshot, saved, aborted
  // The strip of a run.
  case processing, idle, futile, lossDeclared, restored, ended
  // TaskManagers.
  case slotTaken, slotFree, paused

  var unicode: String {
    switch self {
    case .horizontal: "─"
    case .vertical: "│"
    case .topLeft: "╭"
    case .topRight: "╮"
    case .bottomLeft: "╰"
    case .bottomRight: "╯"
    case .branch: "├"
    case .crossing: "┼"
    case .forkRight: "┬"
    case .arrow: "▼"
    case .node, .running: "●"
    case .ellipsis: "…"
    case .lastLeaf: "╰"
    case .leaf: "├"
    case .waiting: "○"
    case .failed: "✗"
    case .finished: "✓"
    case .canceled: "–"
    case .barrier: "▮"
    case .snapshot: "█"
    case .saved: "◆"
    case .aborted: "◇"
    case .processing: "━"
    case .idle: "·"
    case .futile: "×"
    case .lossDeclared: "!"
    case .restored: "↺"
    case .ended: "■"
    case .slotTaken: "■"
    case .slotFree: "□"
    case .paused: "‖"
    }
  }

  var ascii: String {
    switch self {
    case .horizontal: "-"
    case .vertical, .barrier: "|"
    case .topLeft, .topRight, .bottomLeft, .bottomRight, .branch, .crossing, .forkRight: "+"
    case .arrow: "v"
    case .node, .running: "*"
    case .ellipsis: "~"
    case .lastLeaf: "+"
    case .leaf: ":"
    case .waiting: "o"
    case .failed: "X"
    case .finished: "+"
    case .canceled: "-"
    case .snapshot: "#"
    case .saved: "C"
    case .aborted: "c"
    case .processing: "="
    case .idle: "."
    case .futile: "x"
    case .lossDeclared: "!"
    case .restored: "R"
    case .ended: "#"
    case .slotTaken: "#"
    case .slotFree: "_"
    case .paused: "="
    }
  }
}
