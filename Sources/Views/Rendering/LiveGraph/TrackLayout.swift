/// How the channels of an edge are laid out as tracks: one each, or pooled where they do not fit.
struct TrackLayout: Sendable, Equatable {
  /// Which channels share a track.
  enum Pooling: Sendable, Equatable {
    /// Each has its own.
    case none
    /// Those of a producer share one.
    case byProducer
    /// All of the edge share one.
    case all
  }

  /// Which channels share a track.
  let pooling: Pooling
  /// How many tracks stand side by side.
  let perRow: Int
  /// How many rows of tracks there are.
  let rows: Int
  /// The columns of a track's way.
  let cells: Int
  /// The columns of the label before it and of the count behind it.
  let label: Int
  let note: Int

  private static let gap = 3
  private static let leastCells = 9
  private static let mostCells = 32
  private static let mostRows = 2

  /// Lays out the channels of an edge; the same for the same numbers of lanes and columns.
  init(_ input: LiveGraph.Input, width: Int) {
    let digits = (String(input.producers).utf8.count, String(input.consumers).utf8.count)
    let perProducer = input.tracks.count / max(1, input.producers)
    let candidates: [(Pooling, count: Int, label: Int, note: Int)] = [
      (.none, input.tracks.count, digits.0 + 1 + digits.1, 0),
      (.byProducer, input.producers, digits.0 + 4, Self.columns(ofCount: perProducer)),
      (.all, 1, 10, Self.columns(ofCount: input.tracks.count)),
    ]
    for (pooling, count, label, note) in candidates {
      let around = label + 1 + note
      let most = max(1, (width + Self.gap) / (around + Self.leastCells + Self.gap))
      let rows = max(1, (count + most - 1) / most)
      guard rows <= Self.mostRows || pooling == .all else { continue }
      perRow = (count + rows - 1) / rows
      let mostCells = pooling == .all ? 2 * Self.mostCells : Self.mostCells
      cells = min(mostCells, (width + Self.gap) / max(1, perRow) - Self.gap - around)
      (self.pooling, self.rows, self.label, self.note) = (pooling, rows, label, note)
      return
    }
    (pooling, perRow, rows, cells, label, note) = (.all, 1, 1, Self.leastCells, 10, 0)
  }

  private static func columns(ofCount count: Int) -> Int {
    RunPhrase.countOf(count, of: count).english.utf8.count + 1
  }

  /// The tracks as rows of text.
  func drawing(
    _ input: LiveGraph.Input,
    checkpoint: String,
    _ style: TextStyle
  ) -> [TextLine] {
    let groups = grouped(input, style)
    return (0..<rows).map { row in
      var line = TextLine()
      for (name, tally) in groups.dropFirst(row * perRow).prefix(perRow) {
        if line.width > 0 { line.add(String(repeating: " ", count: Self.gap)) }
        line.add(name, columns: label, style, .faint)
        line.add(" ")
        line.add(way(of: tally, checkpoint: checkpoint, style))
        guard pooling != .none else { continue }
        let note = RunPhrase.countOf(tally.arrived, of: tally.count).english
        line.add(tally.sent > 0 ? " " + note : "", columns: self.note, style, .checkpoint)
      }
      return line
    }
  }

  private func grouped(
    _ input: LiveGraph.Input,
    _ style: TextStyle
  ) -> [(String, TrackTally)] {
    switch pooling {
    case .none:
      return input.tracks.map {
        ("\($0.producer + 1)\(style(.to))\($0.consumer + 1)", TrackTally(of: [$0]))
      }
    case .all: return [(RunPhrase.everyChannel.english, input.tally)]
    case .byProducer:
      var groups: [(String, TrackTally)] = []
      var rest = input.tracks[...]
      while let first = rest.first {
        let own = rest.prefix { $0.producer == first.producer }
        let name = "\(first.producer + 1)\(style(.to))\(RunPhrase.everyConsumer.english)"
        groups.append((name, TrackTally(of: own)))
        rest = rest[own.endIndex...]
      }
      return groups
    }
  }

  /// The way of one track with the barriers on it, the furthest of them with its number.
  private func way(
    of tally: TrackTally,
    checkpoint: String,
    _ style: TextStyle
  ) -> TextLine {
    let sign = style(.barrier) + checkpoint
    let last = max(0, cells - DisplayWidth.of(sign))
    let places = tally.columns(endingAt: last)
    let held = RunPhrase.held.english
    let isHeld = tally.held > 0
    // What follows a held barrier waits before it.
    let heldFrom = last - held.utf8.count - 1
    var line = TextLine()
    while line.width < cells {
      if places.last == line.width {
        line.add(sign, .checkpoint)
      } else if places.contains(line.width) {
        line.add(style(.barrier), .checkpoint)
      } else if isHeld, line.width == heldFrom,
        !places.contains(where: { $0 >= heldFrom && $0 < last })
      {
        line.add(held, .waiting)
      } else {
        line.add(style(.horizontal), .faint)
      }
    }
    return line
  }
}
