extension RunPicture: PictureComponent {
  /// The picture in full.
  package func lines(width: Int, style: TextStyle) -> [TextLine] {
    lines(width: width, height: nil, style: style)
  }

  /// The picture as lines of text, as much of it as there is room for.
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
  package func lines(width: Int, height: Int?, style: TextStyle) -> [TextLine] {
    let width = max(60, width)
    let (graph, timeline) = (liveGraph, timeline)
    func picture(_ detail: RunDetail) -> [TextLine] {
      self.picture(graph, timeline, width: width, style, detail)
    }
    let detail = RunDetail.fitting(height, laneCount: lanes.count) { picture($0).count }
    return picture(detail).map { $0.fitted(to: width, style) }
  }

  private func picture(
    _ liveGraph: LiveGraph,
    _ timeline: Timeline,
    width: Int,
    _ style: TextStyle,
    _ detail: RunDetail
  ) -> [TextLine] {
    let gap = detail.hasGaps ? [TextLine()] : []
    var lines = title(width: width, style) + gap
    lines += liveGraph.drawing(width: width, style, detail.shape)
    lines += gap + taskManagerLines(width: width, style)
    lines += checkpointLines(width: width, style) + gap
    lines += newsLines(count: detail.newsLines, width: width, style)
    lines += detail.newsLines > 0 ? gap : []
    return lines + timeline.strip(width: width, style: style, withLegend: detail.hasLegend)
  }
}

/// How much of a run is shown, from everything to what matters most.
struct RunDetail: Sendable {
  var hasGaps = true
  var newsLines = 4
  var hasLegend = true
  var shape = LiveGraph.Shape.lanes

  /// From the fullest picture to the barest.
  static let levels: [RunDetail] = [
    RunDetail(),
    RunDetail(newsLines: 3),
    RunDetail(hasGaps: false, newsLines: 3),
    RunDetail(hasGaps: false, newsLines: 2),
    RunDetail(hasGaps: false, newsLines: 1),
    RunDetail(hasGaps: false, newsLines: 1, hasLegend: false),
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
