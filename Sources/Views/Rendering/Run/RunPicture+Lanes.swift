import JobGraphs
import StreamModel

extension RunPicture {
  /// The box of a vertex with its lanes, and the streams that lead into it above.
  func box(
    ofVertex vertex: Int,
    _ frame: Frame,
    _ columns: LaneColumns,
    _ shape: RunDetail.Shape
  ) -> [TextLine] {
    let position = graph.vertices[vertex]
    let title = TextLine(position.name, .strong)
    let note = TextLine(RunPhrase.lanes(position.parallelism), .faint)
    switch shape {
    case .lanes, .summedLanes:
      let rows =
        shape == .lanes
        ? lanes(ofVertex: vertex).map { line(ofLane: $0, columns) }
        : [summary(ofVertex: vertex, columns)]
      return position.inputs.map { stream($0, into: vertex, frame) }
        + [frame.top(title, note: note)] + rows.map(frame.row) + [frame.bottom]
    case .vertices:
      var line = TextLine(" ")
      let room = frame.width / 2 - 4
      line.add(title.fitted(to: room, frame.style))
      line.pad(to: room + 2)
      line.add(summary(ofVertex: vertex, columns))
      return [line]
    }
  }

  private func line(ofLane index: Int, _ columns: LaneColumns) -> TextLine {
    let lane = lanes[index]
    let style = columns.style
    let parallelism = graph.vertices[lane.id.vertex].parallelism
    var line = TextLine()
    columns.add(
      GraphPhrase.lane(lane.id, of: parallelism).english,
      columns.number,
      .plain,
      to: &line,
      alignsRight: true
    )
    line.add(style(lane.state.mark), lane.state.ink)
    line.add(" ")
    columns.add(lane.state.rawValue, columns.state - 2, lane.state.ink, to: &line)
    addPlace(ofLane: index, columns, to: &line)
    let recordsIn =
      lane.sourceOffset.map { RunPhrase.offset($0, columns: columns.count).english }
      ?? Quantity.fitted(lane.recordsIn, columns: columns.count)
    columns.add(recordsIn, columns.count, to: &line, alignsRight: true)
    columns.add(
      Quantity.fitted(lane.recordsOut, columns: columns.count),
      columns.count,
      to: &line,
      alignsRight: true
    )
    line.add(barrier(atLane: index, columns))
    return line
  }

  private func addPlace(ofLane index: Int, _ columns: LaneColumns, to line: inout TextLine) {
    guard let taskManager = taskManager(ofLane: index) else {
      columns.add(lanes[index].taskManager ?? "", columns.place, to: &line)
      return
    }
    var text = taskManager.name
    if taskManager.slots > 1, let slot = slot(ofLane: index) {
      let name = taskManager.name
      let phrase: RunPhrase =
        columns.isWide ? .place(name: name, slot: slot) : .shortPlace(name: name, slot: slot)
      text = phrase.english
    }
    if taskManager.isGone { text += " " + columns.style(.failed) }
    columns.add(text, columns.place, taskManager.isGone ? .failed : .plain, to: &line)
  }

  /// How far the barrier of the checkpoint under way has come at a lane.
  private func barrier(atLane index: Int, _ columns: LaneColumns) -> TextLine {
    let style = columns.style
    guard let trail = checkpoints.current else { return restoration(ofLane: index, columns) }
    let channelCount = channels[index].count
    switch trail.stages[index] {
    case .untouched: return TextLine(style(.idle), .faint)
    case .reached:
      let arrived = trail.arrivals[index].count
      var phrase = RunPhrase.barrierOnChannels(trail.id, arrived: arrived, of: channelCount)
      if !columns.isWide { phrase = .barrierOnSome(arrived: arrived, of: channelCount) }
      if columns.barrier < 14 {
        phrase = .shortBarrierOnChannels(arrived: arrived, of: channelCount)
      }
      return TextLine("\(style(.barrier))\(trail.id) \(phrase.english)", .checkpoint)
    case .taken:
      let phrase: RunPhrase = columns.barrier < 18 ? .shortTaken : .snapshotTaken
      return TextLine("\(style(.snapshot))\(trail.id) \(phrase.english)", .checkpoint)
    case .saved:
      let phrase: RunPhrase = columns.barrier < 18 ? .shortSaved : .snapshotSaved
      return TextLine("\(style(.saved))\(trail.id) \(phrase.english)", .checkpoint)
    }
  }

  /// What a lane was or will be restored from, until a later checkpoint is complete.
  private func restoration(ofLane index: Int, _ columns: LaneColumns) -> TextLine {
    let lane = lanes[index]
    guard let restored = checkpoints.restored, lane.attempt > 0,
      checkpoints.latest.map({ $0.id <= restored }) ?? true
    else { return TextLine() }
    let phrase: RunPhrase
    switch lane.state {
    case .created, .scheduled, .deploying, .initializing: phrase = .toBeRestored
    case .running, .finished:
      if let offset = lane.sourceOffset, let furthest = lane.furthestOffset, offset < furthest {
        phrase = columns.barrier < 18 ? .shortReadsAgain : .readsAgain(upTo: furthest)
      } else {
        phrase = .restored
      }
    case .canceling, .canceled, .failed: return TextLine()
    }
    return TextLine("\(columns.style(.restored))\(restored) \(phrase.english)", .checkpoint)
  }

  private func summary(ofVertex vertex: Int, _ columns: LaneColumns) -> TextLine {
    let range = lanes(ofVertex: vertex)
    var line = TextLine()
    for state in ExecutionState.allCases {
      let count = range.count { lanes[$0].state == state }
      guard count > 0 else { continue }
      line.add(line.width == 0 ? " " : "   ")
      line.add("\(columns.style(state.mark)) \(count) \(state.rawValue)", state.ink)
    }
    let recordsIn = range.reduce(0) { $0 + (lanes[$1].sourceOffset ?? lanes[$1].recordsIn) }
    let recordsOut = range.reduce(0) { $0 + lanes[$1].recordsOut }
    line.add("   ")
    line.add(RunPhrase.inHeading, .faint)
    line.add(" \(Quantity.fitted(recordsIn, columns: 7))  ")
    line.add(RunPhrase.outHeading, .faint)
    line.add(" \(Quantity.fitted(recordsOut, columns: 7))")
    return line
  }

  /// The stream into a box: its strategy and what that means, and the barrier on its channels.
  private func stream(_ edge: Int, into vertex: Int, _ frame: Frame) -> TextLine {
    let style = frame.style
    let strategy = graph.edges[edge].strategy
    var line = TextLine("    ")
    line.add(style(.arrow), .faint)
    line.add(" ")
    line.add(strategy.rawValue)
    if let source = graph.distantSource(of: edge) {
      line.add("  ")
      line.add(GraphPhrase.from(source), .faint)
    }
    let meaning = GraphPhrase.meaning(strategy).english
    if line.width + 2 + DisplayWidth.of(meaning) + 2 + 44 <= frame.width {
      line.add("  ")
      line.add(meaning, .faint)
    }
    line.addRight(
      barrier(onEdge: edge, room: frame.width - 4 - line.width, style),
      endingAt: frame.width - 2
    )
    return line.fitted(to: frame.width, style)
  }

  /// The barrier on an edge's channels, in as many words as there is room for.
  private func barrier(onEdge edge: Int, room: Int, _ style: TextStyle) -> TextLine {
    let progress = barrierProgress(onEdge: edge)
    guard let trail = checkpoints.current, progress.underWay + progress.arrived > 0 else {
      return TextLine()
    }
    let full = RunPhrase.edgeBarrier(
      trail.id,
      underWay: progress.underWay,
      arrived: progress.arrived,
      of: progress.channels
    )
    let short = RunPhrase.shortEdgeBarrier(
      trail.id,
      arrived: progress.arrived,
      of: progress.channels
    )
    let line = TextLine("\(style(.barrier)) \(full.english)", .checkpoint)
    return line.width <= room
      ? line : TextLine("\(style(.barrier))\(short.english)", .checkpoint)
  }
}
