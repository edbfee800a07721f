/// What stands below the lanes.
extension ArrivalBand {
  private static let noteRowsAtMost = 3

  /// A row for each key that has windows by count, with a bracket from the first record of each to
  /// its last.
  func drawCountWindows(_ canvas: inout Canvas) {
    var rows: [String] = []
    let top = canvas.height
    for (index, window) in marbles.windows.enumerated() {
      guard case .count = window.extent else { continue }
      let columns = slots.filter { $0.step.isHeld(by: window) }.map(\.column)
      guard let first = columns.first, let last = columns.last else { continue }
      let place = rows.firstIndex(of: window.key) ?? rows.count
      if place == rows.count { rows.append(window.key) }
      let row = top + place
      let names = [MarblePhrase.windowsOf(window.key).english, window.key]
      let name = DisplayWidth.firstFitting(names, columns: drawing.left - 2)
      drawName(name, row: row, .faint, &canvas)
      let line = drawing.fates[index].isCleared ? Sign.cleared : .held
      canvas.fill(first..<last + 1, row: row, with: line, style)
      for column in columns { canvas.put(Sign.member, row: row, column: column, style) }
    }
  }

  /// What the steps bring about: each note under its step, in the first row where it has room, with
  /// a stem up to it.
  func drawNotes(_ canvas: inout Canvas) {
    let top = canvas.height
    for slot in slots {
      let stem = slot.step.isWatermark ? foot + 1 : 4 + 3 * drawing.lane(of: slot.step)
      for note in marbles.notes(of: slot.step) {
        let row = drawNote(note, at: slot.column, from: top, &canvas)
        for above in stem..<max(stem, row)
        where canvas.isFree(
          (slot.column - 1..<slot.column + 2).clamped(to: 0..<drawing.width),
          row: above
        ) {
          canvas.put(Sign.stem, row: above, column: slot.column, style)
        }
      }
    }
  }

  /// Draws a note to the right of a column, or to the left of it where it has more room there, in
  /// more than one row where it is long.
  ///
  /// - Returns: Its first row.
  private func drawNote(
    _ note: TextLine,
    at column: Int,
    from top: Int,
    _ canvas: inout Canvas
  ) -> Int {
    let (right, left) = (drawing.width - column - 2, column - 2)
    let goesRight = note.width <= right || right >= left
    let texts = note.broken(to: goesRight ? right : left, rows: Self.noteRowsAtMost, style)
    let widest = texts.map(\.width).reduce(0, max)
    // A column stays free on either side, so that no two notes touch.
    let taken =
      goesRight
      ? column - 1..<column + 3 + widest : column - 2 - widest..<column + 2
    let free = taken.clamped(to: 0..<drawing.width)
    var row = top
    while !texts.indices.allSatisfy({ canvas.isFree(free, row: row + $0) }) { row += 1 }
    canvas.put(goesRight ? Sign.because : .becauseLeft, row: row, column: column, style)
    for (index, text) in texts.enumerated() {
      let start = goesRight ? column + 2 : column - 1 - text.width
      canvas.put(text, row: row + index, column: start)
    }
    return row
  }
}
