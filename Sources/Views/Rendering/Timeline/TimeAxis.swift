import SimulationKernel

/// An axis of virtual time in cells of one length, the shortest that reads well and lets a run fit.
struct TimeAxis: Sendable {
  /// How many cells there are.
  let count: Int
  /// How long each is.
  let length: VirtualDuration

  init(count: Int, upTo end: VirtualInstant) {
    self.count = max(1, count)
    let cells = Int64(self.count)
    length =
      Self.lengths.first { end.nanoseconds / $0.nanoseconds < cells }
      ?? VirtualDuration(nanoseconds: end.nanoseconds / max(1, cells - 1) + 1)
  }

  /// The cell of an instant; what lies outside is at the nearest end.
  func cell(of instant: VirtualInstant) -> Int {
    min(count - 1, max(0, Int(instant.nanoseconds / length.nanoseconds)))
  }

  /// What each cell shows of stretches that last up to an instant; nil where there is nothing yet.
  ///
  /// What a cell ends in is what it shows; its end belongs to the next one.
  func cells<Kind>(of stretches: [RunHistory.Stretch<Kind>], upTo now: VirtualInstant) -> [Kind?] {
    var cells: [Kind?] = Array(repeating: nil, count: count)
    guard let first = stretches.first else { return cells }
    var current = 0
    for cell in 0...self.cell(of: now) {
      let end = min(now, VirtualInstant.zero + length * Int64(cell + 1))
      while current + 1 < stretches.count, stretches[current + 1].start < end { current += 1 }
      if first.start < end { cells[cell] = stretches[current].kind }
    }
    return cells
  }

  /// The cells of what happened, in order: what falls into one cell stands side by side as far as
  /// two cells from its place, and then the more remarkable stays.
  func places(of happenings: [RunHistory.Happening]) -> [(cell: Int, event: RunHistory.Event)] {
    var taken: [RunHistory.Event?] = Array(repeating: nil, count: count)
    for happening in happenings {
      let own = cell(of: happening.at)
      let near = own..<min(count, own + 3)
      if taken[own]?.rank == happening.event.rank { continue }
      if let free = near.first(where: { taken[$0] == nil }) {
        taken[free] = happening.event
      } else if let other = taken[own], other.rank < happening.event.rank {
        taken[own] = happening.event
      }
    }
    return taken.enumerated().compactMap { cell, event in event.map { (cell, $0) } }
  }

  /// The times under the axis, one at each tenth cell.
  func scale(indent: Int) -> TextLine {
    var line = TextLine(String(repeating: " ", count: indent))
    for tick in stride(from: 0, to: count, by: 10) {
      let text = (length * Int64(tick)).description
      guard line.width <= tick + indent, tick + text.utf8.count <= count else { continue }
      line.pad(to: tick + indent)
      line.add(text, .faint)
    }
    return line
  }

  private static let lengths: [VirtualDuration] =
    [100, 150, 200, 250, 300, 400, 500, 600, 800, 1000, 1500, 2000, 2500, 3000, 4000, 5000, 6000]
    .map { .milliseconds($0) } + [8, 10, 15, 20, 30].map { .seconds($0) }
    + [1, 2, 3, 5, 10, 20, 30, 60, 120, 360, 1440].map { .minutes($0) }
}
