import JobGraphs
import StreamModel

extension LiveGraph {
  /// The boxes of the vertices with a line for each lane, and the channels between them.
  package func lines(width: Int, style: TextStyle) -> [TextLine] {
    drawing(width: max(60, width), style, .lanes)
  }

  /// How much is shown.
  enum Shape: Sendable {
    /// A box for each vertex with a line for each lane, and the tracks of the channels.
    case lanes
    /// A box each, with one line for all of its lanes.
    case summedLanes
    /// A line each.
    case vertices
  }

  /// The graph in a shape; the number of lines depends on the graph, the width and the shape.
  func drawing(width: Int, _ style: TextStyle, _ shape: Shape) -> [TextLine] {
    let frame = Frame(width: width, style: style)
    let columns = LaneColumns(self, innerWidth: frame.innerWidth, style: style)
    var lines: [TextLine] = []
    if shape == .lanes {
      var headings = TextLine("  ")
      headings.add(columns.headings())
      lines.append(headings)
    }
    for vertex in vertices { lines += box(of: vertex, frame, columns, shape) }
    return lines.map { $0.fitted(to: width, style) }
  }

  /// The box of a vertex with its lanes, and the streams that lead into it above.
  private func box(
    of vertex: Vertex,
    _ frame: Frame,
    _ columns: LaneColumns,
    _ shape: Shape
  ) -> [TextLine] {
    let title = TextLine(vertex.name, .strong)
    let note = TextLine(RunPhrase.lanes(vertex.lanes.count), .faint)
    switch shape {
    case .lanes:
      return vertex.inputs.flatMap { streamAndTracks($0, frame) }
        + [frame.top(title, note: note)]
        + vertex.lanes.map { frame.row(line(of: $0, in: vertex, columns)) } + [frame.bottom]
    case .summedLanes:
      return vertex.inputs.map { stream($0, frame, note: TextLine()) }
        + [frame.top(title, note: note), frame.row(summary(of: vertex, columns)), frame.bottom]
    case .vertices:
      var line = TextLine(" ")
      let room = frame.width / 2 - 4
      line.add(title.fitted(to: room, frame.style))
      line.pad(to: room + 2)
      line.add(summary(of: vertex, columns))
      return [line]
    }
  }

  private func line(of lane: Lane, in vertex: Vertex, _ columns: LaneColumns) -> TextLine {
    let style = columns.style
    var line = TextLine()
    columns.add(
      "\(lane.index + 1)/\(vertex.lanes.count)",
      columns.number,
      .plain,
      to: &line,
      alignsRight: true
    )
    line.add(style(lane.state.mark), lane.state.ink)
    line.add(" ")
    columns.add(lane.state.rawValue, columns.state - 2, lane.state.ink, to: &line)
    addPlace(of: lane, columns, to: &line)
    let recordsIn =
      lane.offset.map { RunPhrase.offset($0, columns: columns.count).english }
      ?? Quantity.fitted(lane.recordsIn, columns: columns.count)
    columns.add(recordsIn, columns.count, to: &line, alignsRight: true)
    columns.add(
      Quantity.fitted(lane.recordsOut, columns: columns.count),
      columns.count,
      to: &line,
      alignsRight: true
    )
    guard lane.gauge != .idle else { return line }
    line.add(lane.gauge.drawing(columns: columns.gauge, style))
    let room = columns.barrier - columns.gauge - 1
    let text = DisplayWidth.firstFitting(lane.gauge.phrases.map(\.english), columns: room)
    // The gauge speaks for itself where there is no room for a word.
    if DisplayWidth.of(text) <= room { line.add(" " + text, lane.gauge.ink) }
    return line
  }

  private func addPlace(of lane: Lane, _ columns: LaneColumns, to line: inout TextLine) {
    guard let place = lane.place else {
      columns.add("", columns.place, to: &line)
      return
    }
    var text = place.taskManager
    if let slot = place.slot {
      let phrase: RunPhrase =
        columns.isWide ? .place(name: text, slot: slot) : .shortPlace(name: text, slot: slot)
      text = phrase.english
    }
    if place.isGone { text += " " + columns.style(.failed) }
    columns.add(text, columns.place, place.isGone ? .failed : .plain, to: &line)
  }

  private func summary(of vertex: Vertex, _ columns: LaneColumns) -> TextLine {
    var line = TextLine()
    for state in ExecutionState.allCases {
      let count = vertex.lanes.count { $0.state == state }
      guard count > 0 else { continue }
      line.add(line.width == 0 ? " " : "   ")
      line.add("\(columns.style(state.mark)) \(count) \(state.rawValue)", state.ink)
    }
    let recordsIn = vertex.lanes.reduce(0) { $0 + ($1.offset ?? $1.recordsIn) }
    let recordsOut = vertex.lanes.reduce(0) { $0 + $1.recordsOut }
    line.add("   ")
    line.add(RunPhrase.inHeading, .faint)
    line.add(" \(Quantity.fitted(recordsIn, columns: 7))  ")
    line.add(RunPhrase.outHeading, .faint)
    line.add(" \(Quantity.fitted(recordsOut, columns: 7))")
    return line
  }

  /// The stream into a box: its strategy and what that means, and the barrier on its channels.
  private func stream(_ input: Input, _ frame: Frame, note: TextLine) -> TextLine {
    let style = frame.style
    var line = TextLine("    ")
    line.add(style(.arrow), .faint)
    line.add(" ")
    line.add(input.strategy.rawValue)
    if input.isDistant {
      line.add("  ")
      line.add(GraphPhrase.from(input.source), .faint)
    }
    let meaning = GraphPhrase.meaning(input.strategy).english
    if line.width + 2 + DisplayWidth.of(meaning) + 2 + 44 <= frame.width {
      line.add("  ")
      line.add(meaning, .faint)
    }
    let barrier = barrier(on: input, room: frame.width - 4 - line.width, style)
    line.addRight(barrier.width > 0 ? barrier : note, endingAt: frame.width - 2)
    return line.fitted(to: frame.width, style)
  }

  /// The stream into a box, and its channels; what their tracks stand for, while there is room.
  private func streamAndTracks(_ input: Input, _ frame: Frame) -> [TextLine] {
    let layout = TrackLayout(input, width: frame.width - 8)
    let note = TextLine(RunPhrase.tracks(layout.pooling, input.tracks.count), .faint)
    let tracks = layout.drawing(input, checkpoint: checkpoint?.description ?? "", frame.style)
    return [stream(input, frame, note: note)]
      + tracks.map { row in
        var line = TextLine("      ")
        line.add(row)
        return line
      }
  }

  /// The barrier on an edge's channels, in as many words as there is room for.
  private func barrier(on input: Input, room: Int, _ style: TextStyle) -> TextLine {
    let (underWay, arrived) = (input.underWayCount, input.arrivedCount)
    guard let checkpoint, underWay + arrived > 0 else { return TextLine() }
    let count = input.tracks.count
    let texts: [RunPhrase] = [
      .edgeBarrier(checkpoint, underWay: underWay, arrived: arrived, of: count),
      .shortEdgeBarrier(checkpoint, arrived: arrived, of: count),
    ]
    let sign = style(.barrier) + " "
    let text = DisplayWidth.firstFitting(texts.map { sign + $0.english }, columns: room)
    return TextLine(text, .checkpoint)
  }
}

extension LiveGraph.Input {
  /// On how many channels the barrier is on its way.
  package var underWayCount: Int { tally.underWay }

  /// On how many channels it has arrived.
  package var arrivedCount: Int { tally.arrived }

  /// The channels that are held.
  package var held: [BarrierTrack] { tracks.filter { $0.place == .held } }
}
