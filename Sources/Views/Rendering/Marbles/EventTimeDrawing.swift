import StreamModel

/// Marbles in event time, from left to right, and in the order of arrival from top to bottom.
///
/// Each record is a dot in a row of its own. The watermark is a line that only moves right: what it
/// has passed is dotted, and a late record stands there, left of the line. Under the axis stand
/// the windows as brackets.
struct EventTimeDrawing {
  private static let rowsAtMost = 24
  private static let nameColumns = 10
  private static let noteRowsAtMost = 3

  let marbles: Marbles
  let width: Int
  let style: TextStyle
  let steps: [MarbleStep]
  /// What became of each window in the end.
  let fates: [WindowFate]
  let stretch: MarbleStretch
  let axis: EventTimeAxis
  /// Where the axis begins.
  let left: Int
  private let number: Int
  private let name: Int

  init(_ marbles: Marbles, width: Int, _ style: TextStyle) {
    (self.marbles, self.width, self.style) = (marbles, width, style)
    let all = marbles.steps
    stretch = MarbleStretch(all, around: marbles.focus, room: Self.rowsAtMost) { _ in 1 }
    steps = Array(all[stretch.range])
    fates = WindowFate.fates(of: marbles.windows.count, in: all)
    let labels = steps.map { Self.label(of: $0, marbles, style) }
    // A record that is called by its number needs it once.
    let isNumbered = steps.contains { step in
      step.record.map { $0.name != step.number.map { "\($0 + 1)" } } ?? false
    }
    number = isNumbered ? labels.map { $0.number.utf8.count }.reduce(0, max) : 0
    name = labels.map { DisplayWidth.of($0.name) }.reduce(2, max)
    let headings: [MarblePhrase] = [.windows, .arrival]
    let heading = headings.map { DisplayWidth.of($0.english) + 2 }.reduce(0, max)
    left =
      max(heading, number + name + labels.map { DisplayWidth.of($0.time) }.reduce(4, max) + 2) + 3
    axis = EventTimeAxis(
      Self.times(of: steps, marbles, isWhole: stretch.isWhole),
      columns: left + 2...width - 4
    )
  }

  /// The times that the axis must have room for.
  private static func times(
    of steps: [MarbleStep],
    _ marbles: Marbles,
    isWhole: Bool
  ) -> [EventTime] {
    var times: [EventTime] = []
    var numbers: [Int] = []
    for step in steps {
      switch step.cause {
      case .record(let record, let number):
        times.append(record.time)
        numbers.append(number)
      case .inputWatermark(let time, _), .watermark(let time):
        if time != Marbles.end { times.append(time) }
      case .idle, .active: continue
      }
    }
    for window in marbles.windows where Self.isShown(window, numbers, isWhole: isWhole) {
      if case .span(let start, let end) = window.extent { times += [start, end] }
    }
    return times
  }

  /// Whether a window is drawn: one that holds a record that is shown, and one that holds nothing
  /// where all is shown.
  static func isShown(_ window: Marbles.Window, _ numbers: [Int], isWhole: Bool) -> Bool {
    window.holds.isEmpty ? isWhole : window.holds.contains(where: numbers.contains)
  }

  /// What stands left of the axis.
  private static func label(
    of step: MarbleStep,
    _ marbles: Marbles,
    _ style: TextStyle
  ) -> (number: String, name: String, time: String) {
    func cut(_ text: String) -> String {
      TextLine(text).fitted(to: nameColumns, style).pieces.map(\.text).joined()
    }
    switch step.cause {
    case .record(let record, let number):
      return ("\(number + 1)", cut(record.name), marbles.times.shown(record.time))
    case .inputWatermark(let time, let input):
      let name = cut(marbles.inputName(input))
      return ("", name + " " + style(Sign.inputWatermark), marbles.shown(time))
    case .watermark(let time): return ("", style(Sign.watermark), marbles.shown(time))
    case .idle(let input):
      return ("", cut(marbles.inputName(input)) + " " + style(Sign.idleInput), "")
    case .active(let input):
      return ("", cut(marbles.inputName(input)) + " " + style(Sign.activeInput), "")
    }
  }

  func lines() -> [TextLine] {
    var canvas = Canvas(width: width)
    drawHeading(&canvas)
    var line = steps.first?.clock.map { column(ofWatermark: $0) }
    for step in steps { line = draw(step, line: line, &canvas) }
    if stretch.after > 0 {
      let text = MarblePhrase.after(stretch.after).english + " " + style(.later)
      canvas.put(text, row: canvas.height, column: 1, .faint)
    }
    let hasGuides = drawGuides(&canvas)
    drawAxis(&canvas)
    let shown = drawWindows(&canvas)
    let entries =
      entries + (hasGuides ? [.sign(.guide)] : []) + shown
    return canvas.lines + MarbleLegend.lines(entries, width: width, style)
  }

  private func drawHeading(_ canvas: inout Canvas) {
    if stretch.before > 0 {
      let text = style(.earlier) + " " + MarblePhrase.before(stretch.before).english
      canvas.put(text, row: 0, column: 1, .faint)
    }
    let row = canvas.height
    canvas.put(MarblePhrase.arrival.english + " " + style(Sign.down), row: row, column: 1, .faint)
    canvas.put(
      MarblePhrase.eventTimeDirection.english + " " + style(Sign.more),
      row: row,
      column: left + 1,
      .faint
    )
  }

  /// The column of the line where the watermark stands at a time.
  private func column(ofWatermark time: EventTime) -> Int {
    time == Marbles.end ? width - 1 : axis.column(of: time)
  }

  /// The column of a record: on the side of the line that its time is on, even where both times
  /// share a column.
  private func column(of record: Marbles.Record, clock: EventTime?, line: Int?) -> Int {
    let own = axis.column(of: record.time)
    guard let clock, let line else { return own }
    return record.time <= clock ? min(own, line - 1) : max(own, line + 1)
  }

  /// Draws a step in one or more rows.
  ///
  /// - Parameters:
  ///   - step: What arrives.
  ///   - line: The column of the watermark before it; nil before the first.
  ///   - canvas: Where it is drawn.
  /// - Returns: The column of the watermark after it.
  private func draw(_ step: MarbleStep, line: Int?, _ canvas: inout Canvas) -> Int? {
    let row = canvas.height
    drawLabel(of: step, row: row, &canvas)
    var (place, after) = (left + 1, line)
    if case .watermark(let time) = step.cause {
      let next = max(column(ofWatermark: time), line ?? left)
      drawPassage(from: line, to: next, row: row, &canvas)
      (place, after) = (next, next)
    } else {
      drawLine(line, row: row, &canvas)
      place = line ?? left + 1
    }
    switch step.cause {
    case .record(let record, _):
      let column = column(of: record, clock: step.clock, line: line)
      canvas.put(record.lateness.sign, row: row, column: column, style)
      if record.lateness != .onTime, let line, column < line {
        canvas.fill(column + 1..<line, row: row, with: .lag, style)
      }
      place = max(place, column)
    case .inputWatermark(let time, _):
      if time != Marbles.end {
        canvas.put(Sign.inputWatermark, row: row, column: axis.column(of: time), style)
        place = max(place, axis.column(of: time))
      }
    case .watermark, .idle, .active: break
    }
    for (index, note) in notes(of: step).enumerated() {
      drawNote(note, row: row, isFirst: index == 0, place: place, line: after, &canvas)
    }
    return after
  }

  private func notes(of step: MarbleStep) -> [TextLine] {
    let change: [TextLine] =
      switch step.cause {
      case .idle(let input):
        [TextLine(MarblePhrase.idle(marbles.inputName(input)), Sign.idleInput.ink)]
      case .active(let input):
        [TextLine(MarblePhrase.active(marbles.inputName(input)), Sign.activeInput.ink)]
      case .record, .watermark, .inputWatermark: []
      }
    return change + marbles.notes(of: step)
  }

  private func drawLabel(of step: MarbleStep, row: Int, _ canvas: inout Canvas) {
    let label = Self.label(of: step, marbles, style)
    let ink = step.record.map { $0.lateness == .onTime ? Ink.plain : $0.lateness.sign.ink }
    var line = TextLine(" ")
    if number > 0 {
      line.add(label.number, columns: number, style, .faint, alignsRight: true)
      line.add(" ")
    }
    line.add(label.name, columns: name, style, ink ?? Sign.watermark.ink)
    line.pad(to: left - 1 - DisplayWidth.of(label.time))
    line.add(label.time, ink == .plain ? .faint : ink ?? Sign.watermark.ink)
    canvas.put(line, row: row, column: 0)
  }

  /// A row in which the watermark stays where it is.
  private func drawLine(_ line: Int?, row: Int, _ canvas: inout Canvas) {
    guard let line else { return canvas.put(" ", row: row, column: left) }
    canvas.fill(left..<line, row: row, with: .passed, style)
    canvas.put(Sign.watermark, row: row, column: line, style)
  }

  /// A row in which the watermark moves.
  private func drawPassage(from line: Int?, to next: Int, row: Int, _ canvas: inout Canvas) {
    guard line != next else { return drawLine(next, row: row, &canvas) }
    canvas.fill(left..<(line ?? left), row: row, with: .passed, style)
    canvas.fill((line ?? left)..<next, row: row, with: .passage, style)
    if let line { canvas.put(Sign.elbow, row: row, column: line, style) }
    canvas.put(Sign.corner, row: row, column: next, style)
  }

  /// Draws a note right of what stands in a row, or on what the watermark has passed where there is
  /// more room; the first one beside its step, the others in rows of their own.
  private func drawNote(
    _ note: TextLine,
    row: Int,
    isFirst: Bool,
    place: Int,
    line: Int?,
    _ canvas: inout Canvas
  ) {
    if isFirst, note.width <= width - place - 3 {
      return canvas.put(note, row: row, column: place + 3)
    }
    let start = (line ?? left) + 3
    let (right, behind) = (width - start, start - 6 - left)
    let goesRight = note.width <= right || right >= behind
    for text in note.broken(
      to: goesRight ? right : behind,
      rows: Self.noteRowsAtMost,
      style
    ) {
      let row = canvas.height
      drawLine(line, row: row, &canvas)
      if goesRight {
        canvas.put(text, row: row, column: start)
      } else {
        let column = start - 5 - text.width
        canvas.put(
          String(repeating: " ", count: text.width + 2),
          row: row,
          column: column - 1
        )
        canvas.put(text, row: row, column: column)
      }
    }
  }

  /// What was drawn, as a legend tells it; the windows are told by who draws them.
  private var entries: [MarbleLegend] {
    var entries = MarbleLegend.entries(for: steps, inputs: marbles.inputs.count)
    if entries.contains(where: { $0 == .sign(.watermark) || $0 == .watermarkOfAll }) {
      entries.append(.sign(.passed))
    }
    if steps.contains(where: { $0.clock != nil && ($0.record?.lateness ?? .onTime) != .onTime }) {
      entries.append(.sign(.lag))
    }
    return entries
  }
}
