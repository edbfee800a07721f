import JobGraphs

extension RunPicture {
  /// The picture as lines of text.
  ///
  /// Their number depends on the graph, the width, the height and the style alone, so that a
  /// console can draw one frame over the other; nothing is padded, so it clears the rest of a line.
  ///
  /// - Parameters:
  ///   - width: The columns that no line exceeds; at least 60.
  ///   - height: The lines that there is room for: what matters least is left out to keep to it.
  ///     Nil means no bound.
  ///   - style: With which characters, and whether in colour.
  /// - Returns: The lines, from the top.
  package func lines(width: Int, height: Int? = nil, style: TextStyle) -> [String] {
    let width = max(60, width)
    let detail = RunDetail.fitting(height, laneCount: lanes.count) {
      picture(width: width, style, $0).count
    }
    return picture(width: width, style, detail).rendered(width: width, style)
  }

  private func picture(width: Int, _ style: TextStyle, _ detail: RunDetail) -> [TextLine] {
    let frame = Frame(width: width, style: style)
    let columns = LaneColumns(
      graph: graph,
      innerWidth: frame.innerWidth,
      taskManagers: taskManagers,
      style: style
    )
    let gap = detail.hasGaps ? [TextLine()] : []
    var headings = TextLine("  ")
    headings.add(columns.headings())
    var lines = title(width: width, style) + gap
    lines += detail.shape == .lanes ? [headings] : []
    for vertex in graph.vertices.indices {
      lines += box(ofVertex: vertex, frame, columns, detail.shape)
    }
    lines += gap + taskManagerLines(width: width, style)
    lines += checkpointLines(width: width, style) + gap
    lines += newsLines(count: detail.newsLines, width: width, style)
    lines += detail.newsLines > 0 ? gap : []
    return lines
      + strip.drawing(width: width, upTo: now, style: style, withLegend: detail.hasLegend)
  }
}

/// How much of a run is shown, from everything to what matters most.
struct RunDetail: Sendable {
  /// How the vertices are shown.
  enum Shape: Sendable {
    /// A box each, with a line for each lane.
    case lanes
    /// A box each, with one line for all of its lanes.
    case summedLanes
    /// A line each.
    case vertices
  }

  var hasGaps = true
  var newsLines = 4
  var hasLegend = true
  var shape = Shape.lanes

  /// From the fullest picture to the barest.
  static let levels: [RunDetail] = [
    RunDetail(),
    RunDetail(newsLines: 3),
    RunDetail(hasGaps: false, newsLines: 3),
    RunDetail(hasGaps: false, newsLines: 2),
    RunDetail(newsLines: 3, shape: .summedLanes),
    RunDetail(hasGaps: false, newsLines: 2, shape: .summedLanes),
    RunDetail(newsLines: 2, shape: .vertices),
    RunDetail(hasGaps: false, newsLines: 2, shape: .vertices),
    RunDetail(hasGaps: false, newsLines: 1, hasLegend: false, shape: .vertices),
  ]

  /// The fullest picture that fits, or the barest where none does.
  static func fitting(
    _ height: Int?,
    laneCount: Int,
    lineCount: (RunDetail) -> Int
  ) -> RunDetail {
    guard let height else { return levels[0] }
    // Lanes that cannot fit by themselves need not be drawn to see it.
    let candidates = levels.filter { $0.shape != .lanes || laneCount < height }
    return candidates.first { lineCount($0) <= height } ?? levels[levels.count - 1]
  }
}
