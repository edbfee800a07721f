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
    let groups = grouped(input.tracks, style)
    return (0..<rows).map { row in
      var line = TextLine()
      for (name, tracks) in groups.dropFirst(row * perRow).prefix(perRow) {
        if line.width > 0 { line.add(String(repeating: " ", count: Self.gap)) }
        line.add(name, columns: label, style, .faint)
        line.add(" ")
        line.add(way(of: tracks, checkpoint: checkpoint, style))
        guard pooling != .none else { continue }
        let arrived = tracks.count { $0.place.thousandths == 1000 }
        let isOnIt = tracks.contains { $0.place != .absent }
        let note = RunPhrase.countOf(arrived, of: tracks.count).english
        line.add(isOnIt ? " " + note : "", columns: self.note, style, .checkpoint)
      }
      return line
    }
  }

  private func grouped(
    _ tracks: [BarrierTrack],
    _ style: TextStyle
  ) -> [(String, [BarrierTrack])] {
    switch pooling {
    case .none: return tracks.map { ("\($0.producer + 1)\(style(.to))\($0.consumer + 1)", [$0]) }
    case .all: return [(RunPhrase.everyChannel.english, tracks)]
    case .byProducer:
      var groups: [(String, [BarrierTrack])] = []
      for track in tracks {
        let name = "\(track.producer + 1)\(style(.to))\(RunPhrase.everyConsumer.english)"
        if groups.last?.0 == name {
          groups[groups.count - 1].1.append(track)
        } else {
          groups.append((name, [track]))
        }
      }
      return groups
    }
  }

  /// The way of one track with the barriers on it, the furthest of them with its number.
  private func way(
    of tracks: [BarrierTrack],
    checkpoint: String,
    _ style: TextStyle
  ) -> TextLine {
    let sign = style(.barrier) + checkpoint
    let last = max(0, cells - DisplayWidth.of(sign))
    let places = tracks.compactMap { $0.place.thousandths.map { $0 * last / 1000 } }.sorted()
    let held = RunPhrase.held.english
    let isHeld = tracks.contains { $0.place == .held }
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
