import SimulationKernel
import StreamModel

extension Timeline {
  /// A row for the job, each TaskManager, the checkpoints and the events; the axis, what is marked
  /// on it, and what the signs mean.
  package func lines(width: Int, style: TextStyle) -> [TextLine] {
    let width = max(60, width)
    let names = history.taskManagers.map(\.name) + headings.map(\.english)
    let label = min(18, names.map { DisplayWidth.of($0) }.max() ?? 0)
    let axis = TimeAxis(count: width - label - 4, upTo: end)
    let indent = label + 3
    var rows: [(String, [Cell?])] = [(TimelinePhrase.job.english, jobCells(axis))]
    rows += history.taskManagers.map { ($0.name, cells(of: $0, axis)) }
    var lines = rows.map { name, cells in
      line(named: name, columns: label, cells.map { $0.map { ($0.sign.mark, $0.sign.ink) } }, style)
    }
    lines.append(checkpointLine(label: label, axis, style))
    let events = eventCells(axis)
    lines.append(
      line(
        named: TimelinePhrase.events.english,
        columns: label,
        events.map { $0.map { ($0.sign.mark, $0.sign.ink) } },
        style
      )
    )
    lines.append(axis.scale(indent: indent))
    lines += markLines(axis, indent: indent, width: width, style)
    let used =
      rows.flatMap { $0.1.compactMap { $0?.sign } } + events.compactMap { $0?.sign }
      + checkpointSigns
    return lines
      + Self.legend(
        TimelineSign.allCases.filter(used.contains),
        width: width,
        style: style
      )
  }

  /// Everything in one row with its scale and the whole legend: the number of lines depends on the
  /// width alone.
  func strip(width: Int, style: TextStyle, withLegend: Bool) -> [TextLine] {
    let axis = TimeAxis(count: width - 2, upTo: now)
    var cells = jobCells(axis)
    for checkpoint in history.checkpoints {
      cells[axis.cell(of: checkpoint.at)] = .checkpoint(isCompleted: checkpoint.isCompleted)
    }
    for (cell, event) in axis.places(of: history.happenings) { cells[cell] = .event(event) }
    var line = TextLine(" ")
    for cell in cells {
      line.add(cell.map { style($0.sign.mark) } ?? " ", cell?.sign.ink ?? .plain)
    }
    return [line, axis.scale(indent: 1)]
      + (withLegend
        ? Self.legend(TimelineSign.ofTheStrip, width: width, style: style) : [])
  }

  /// What a cell shows.
  enum Cell {
    case phase(RunHistory.Phase)
    case part(RunHistory.Part)
    case event(RunHistory.Event)
    case checkpoint(isCompleted: Bool)
  }

  private var headings: [TimelinePhrase] { [.job, .checkpoints, .events] }

  private var checkpointSigns: [TimelineSign] {
    history.checkpoints.map { $0.isCompleted ? .checkpoint : .checkpointFailed }
  }

  private func jobCells(_ axis: TimeAxis) -> [Cell?] {
    axis.cells(of: history.phases, upTo: now).map { phase in
      phase.flatMap { $0 == .silent ? nil : .phase($0) }
    }
  }

  /// A TaskManager's row, with the moments of its death and of its loss.
  private func cells(of row: RunHistory.TaskManagerRow, _ axis: TimeAxis) -> [Cell?] {
    var cells: [Cell?] = axis.cells(of: row.stretches, upTo: now).map { part in
      part.flatMap { $0 == .lost ? nil : .part($0) }
    }
    let own = history.happenings.filter {
      $0.event == .killed(row.name) || $0.event == .lossDeclared(row.name)
    }
    for (cell, event) in axis.places(of: own) { cells[cell] = .event(event) }
    return cells
  }

  private func eventCells(_ axis: TimeAxis) -> [Cell?] {
    var cells: [Cell?] = Array(repeating: nil, count: axis.count)
    for (cell, event) in axis.places(of: history.happenings) { cells[cell] = .event(event) }
    return cells
  }

  private func line(
    named name: String,
    columns: Int,
    _ cells: [(mark: Rendering.Mark, ink: Ink)?],
    _ style: TextStyle
  ) -> TextLine {
    var line = TextLine(" ")
    line.add(name, columns: columns, style, .faint)
    line.add("  ")
    for cell in cells { line.add(cell.map { style($0.mark) } ?? " ", cell?.ink ?? .plain) }
    return line
  }

  /// The checkpoints, each with its number where the next one leaves room for it.
  private func checkpointLine(label: Int, _ axis: TimeAxis, _ style: TextStyle) -> TextLine {
    var line = TextLine(" ")
    line.add(TimelinePhrase.checkpoints.english, columns: label, style, .faint)
    line.add("  ")
    let indent = line.width
    for (index, checkpoint) in history.checkpoints.enumerated() {
      let cell = axis.cell(of: checkpoint.at)
      guard line.width <= indent + cell else { continue }
      line.pad(to: indent + cell)
      let sign: TimelineSign = checkpoint.isCompleted ? .checkpoint : .checkpointFailed
      line.add(style(sign.mark), sign.ink)
      let number = checkpoint.id?.description ?? ""
      let later = history.checkpoints.dropFirst(index + 1).first { axis.cell(of: $0.at) > cell }
      let room = (later.map { axis.cell(of: $0.at) } ?? axis.count) - cell - 1
      if number.utf8.count < room || (later == nil && number.utf8.count <= room) {
        line.add(number, sign.ink)
      }
    }
    return line
  }

  /// The marks under the axis, each with its label on the side where it fits.
  private func markLines(
    _ axis: TimeAxis,
    indent: Int,
    width: Int,
    _ style: TextStyle
  ) -> [TextLine] {
    var lines: [TextLine] = []
    func put(_ piece: TextLine, at column: Int) {
      if lines.last.map({ $0.width + 2 > column && $0.width > 0 }) ?? true {
        lines.append(TextLine())
      }
      lines[lines.count - 1].pad(to: column)
      lines[lines.count - 1].add(piece)
    }
    for mark in marks.sorted(by: { $0.instant < $1.instant }) {
      let column = indent + axis.cell(of: mark.instant)
      let ink: Ink = mark.kind == .guess ? .waiting : .running
      let caret = TextLine(style(mark.kind == .guess ? .guess : .fact), ink)
      let text = TextLine(TimelinePhrase.mark(mark), ink).fitted(to: width - 1, style)
      if column + 2 + text.width <= width {
        put(caret.followed(by: text), at: column)
      } else if text.width + 1 < column {
        put(text.followed(by: caret), at: column - 1 - text.width)
      } else {
        // Too long for either side: it stands below.
        put(caret, at: column)
        lines.append(TextLine())
        put(text, at: max(1, min(column, width - text.width)))
      }
    }
    return lines
  }

  /// Each sign with its meaning, in as many lines as the width asks for.
  private static func legend(
    _ signs: [TimelineSign],
    width: Int,
    style: TextStyle
  ) -> [TextLine] {
    var lines = [TextLine(" ")]
    for sign in signs {
      var entry = TextLine(style(sign.mark), sign.ink)
      entry.add(" ")
      entry.add(TimelinePhrase.meaning(sign), .faint)
      let current = lines[lines.count - 1].width
      if current > 1, current + 2 + entry.width > width { lines.append(TextLine(" ")) }
      if lines[lines.count - 1].width > 1 { lines[lines.count - 1].add("  ") }
      lines[lines.count - 1].add(entry)
    }
    return lines
  }
}

extension Timeline.Cell {
  /// The sign of what the cell shows.
  var sign: TimelineSign {
    switch self {
    case .phase(.processing): .processing
    case .phase: .waiting
    case .part(let part): TimelineSign(part)
    case .checkpoint(let isCompleted): isCompleted ? .checkpoint : .checkpointFailed
    case .event(let event): TimelineSign(event)
    }
  }
}

extension TextLine {
  /// The line, a space, and another line.
  fileprivate func followed(by other: TextLine) -> TextLine {
    var line = self
    line.add(" ")
    line.add(other)
    return line
  }
}
