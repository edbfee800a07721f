import StreamModel

/// The axis and the windows under it.
extension EventTimeDrawing {
  private static let windowsAtMost = 16
  private static let guidesAtMost = 6

  /// Lines up from the ends of windows, in what the watermark has not passed, where they are few.
  ///
  /// - Returns: Whether there are any.
  func drawGuides(_ canvas: inout Canvas) -> Bool {
    let numbers = steps.compactMap(\.number)
    var ends: [Int] = []
    for (window, fate) in zip(marbles.windows, fates) where fate.joined == nil {
      guard case .span = window.extent,
        Self.isShown(window, numbers, isWhole: stretch.isWhole)
      else { continue }
      let end = columns(of: window).upperBound - 1
      if !ends.contains(end) { ends.append(end) }
    }
    guard ends.count <= Self.guidesAtMost else { return false }
    var isDrawn = false
    for row in 1..<max(1, canvas.height) {
      for end in ends where canvas.isFree(end - 1..<end + 2, row: row) {
        canvas.put(Sign.guide, row: row, column: end, style)
        isDrawn = true
      }
    }
    return isDrawn
  }

  func drawAxis(_ canvas: inout Canvas) {
    let row = canvas.height
    canvas.fill(left..<width - 1, row: row, with: .axis, style)
    canvas.put(Sign.more, row: row, column: width - 1, style)
    var free = left
    for tick in axis.ticks(marbles.times) {
      let (column, text) = (axis.column(of: tick), marbles.times.shown(tick))
      guard column >= free, column + DisplayWidth.of(text) <= width else { continue }
      canvas.put(Sign.tick, row: row, column: column, style)
      canvas.put(text, row: row + 1, column: column, .faint)
      free = column + DisplayWidth.of(text) + 2
    }
    if !marbles.windows.isEmpty {
      canvas.put(MarblePhrase.windows.english, row: row + 1, column: 1, .faint)
    }
  }

  /// The windows that hold something of what is shown, in rows by key.
  ///
  /// - Returns: What was drawn, as a legend tells it.
  func drawWindows(_ canvas: inout Canvas) -> [MarbleLegend] {
    let numbers = steps.compactMap(\.number)
    let shown = marbles.windows.indices.filter { window in
      Self.isShown(marbles.windows[window], numbers, isWhole: stretch.isWhole)
    }
    .sorted { (marbles.windows[$0].key, $0) < (marbles.windows[$1].key, $1) }
    var entries: [MarbleLegend] = []
    var (key, top) = (String?.none, canvas.height)
    for window in shown.prefix(Self.windowsAtMost) {
      if marbles.windows[window].key != key {
        key = marbles.windows[window].key
        top = canvas.height
        canvas.put(TextLine(key ?? "").fitted(to: left - 2, style), row: top, column: 1)
      }
      let entry = draw(window, fates[window], from: top, &canvas)
      if !entries.contains(entry) { entries.append(entry) }
    }
    if shown.count > Self.windowsAtMost {
      let text = MarblePhrase.otherWindows(shown.count - Self.windowsAtMost)
      canvas.put(TextLine(text, .faint), row: canvas.height, column: left)
    }
    return entries
  }

  /// Draws a window in the first row where it has room.
  private func draw(
    _ window: Int,
    _ fate: WindowFate,
    from top: Int,
    _ canvas: inout Canvas
  ) -> MarbleLegend {
    let sign: Sign = fate.joined != nil ? .joined : fate.isCleared ? .cleared : .held
    let columns = columns(of: marbles.windows[window])
    let texts = labels(of: window, fate)
    let inside = texts.first { DisplayWidth.of($0) + 6 <= columns.count }
    let (right, before) = (width - columns.upperBound - 1, columns.lowerBound - 1 - left)
    let goesRight = inside != nil || DisplayWidth.of(texts.last ?? "") <= right || right >= before
    let outside = TextLine(inside == nil ? texts.last ?? "" : "", .faint)
      .fitted(to: goesRight ? right : before, style)
    let beside = outside.width > 0 ? outside.width + 2 : 0
    let taken =
      goesRight
      ? columns.lowerBound..<columns.upperBound + beside
      : columns.lowerBound - beside..<columns.upperBound
    var row = top
    while !canvas.isFree(taken.clamped(to: left..<width), row: row) { row += 1 }
    canvas.fill(columns, row: row, with: sign, style)
    if case .span = marbles.windows[window].extent {
      canvas.put(Sign.opening, row: row, column: columns.lowerBound, style)
      canvas.put(Sign.closing, row: row, column: columns.upperBound - 1, style)
    } else {
      for number in marbles.windows[window].holds {
        guard let record = steps.first(where: { $0.number == number })?.record else { continue }
        canvas.put(Sign.member, row: row, column: axis.column(of: record.time), style)
      }
    }
    if let inside {
      let text = " \(inside) "
      let start = columns.lowerBound + (columns.count - DisplayWidth.of(text)) / 2
      canvas.put(text, row: row, column: start, sign == .joined ? .faint : .plain)
    } else {
      let start = goesRight ? columns.upperBound + 1 : columns.lowerBound - 1 - outside.width
      canvas.put(outside, row: row, column: start)
    }
    if case .span = marbles.windows[window].extent { return .window(sign) }
    return .run(isCleared: fate.isCleared)
  }

  /// The columns from a window's start up to before its end, at least two; of one that does not go
  /// by time those of the records that it held.
  private func columns(of window: Marbles.Window) -> Range<Int> {
    switch window.extent {
    case .span(let start, let end):
      let first = axis.column(of: start)
      return first..<max(first + 2, axis.column(of: end))
    case .count, .global:
      let columns = steps.filter { $0.isHeld(by: window) }.compactMap {
        $0.record.map { axis.column(of: $0.time) }
      }
      return (columns.min() ?? left)..<(columns.max() ?? left) + 1
    }
  }

  /// What is written on a window, from the longest to the shortest.
  private func labels(of window: Int, _ fate: WindowFate) -> [String] {
    guard !fate.results.isEmpty else {
      let phrase: MarblePhrase = .unfired(marbles.windows[window].holds.count)
      return [phrase.english, "\(marbles.windows[window].holds.count)"]
    }
    let all = MarblePhrase.results(fate.results).english
    return [all, fate.results.suffix(1).joined()]
  }
}
