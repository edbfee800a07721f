/// Cells to draw on in any order: rows grow as they are needed, columns do not.
struct Canvas {
  private enum Cell {
    case empty
    case text(String, Ink)
    /// The second column of a wide character.
    case covered
  }

  /// How many columns there are.
  let width: Int
  private var rows: [[Cell]] = []

  init(width: Int) {
    self.width = width
  }

  /// How many rows there are.
  var height: Int { rows.count }

  /// Writes text over what was there; what goes beyond the edges is lost.
  mutating func put(_ text: String, row: Int, column: Int, _ ink: Ink = .plain) {
    guard row >= 0 else { return }
    while rows.count <= row { rows.append(Array(repeating: .empty, count: width)) }
    var column = column
    // A line of text makes what orders a terminal about harmless.
    for character in TextLine(text).pieces.lazy.flatMap(\.text) {
      let columns = DisplayWidth.of(character)
      guard columns > 0 else { continue }
      if column >= 0, column + columns <= width {
        for covered in column..<column + columns { clear(row: row, column: covered) }
        rows[row][column] = .text(String(character), ink)
        for covered in column + 1..<column + columns { rows[row][covered] = .covered }
      }
      column += columns
    }
  }

  /// Writes a sign in the colour that it has.
  mutating func put(_ sign: Sign, row: Int, column: Int, _ style: TextStyle) {
    put(style(sign), row: row, column: column, sign.ink)
  }

  /// Writes a line of text with its colours.
  mutating func put(_ line: TextLine, row: Int, column: Int) {
    var column = column
    for piece in line.pieces {
      put(piece.text, row: row, column: column, piece.ink)
      column += DisplayWidth.of(piece.text)
    }
  }

  /// Fills columns of a row with a sign.
  mutating func fill(_ columns: Range<Int>, row: Int, with sign: Sign, _ style: TextStyle) {
    for column in columns.clamped(to: 0..<width) { put(sign, row: row, column: column, style) }
  }

  /// Whether nothing stands in those columns of a row, all of which there are.
  func isFree(_ columns: Range<Int>, row: Int) -> Bool {
    guard columns.lowerBound >= 0, columns.upperBound <= width else { return false }
    guard rows.indices.contains(row) else { return true }
    return rows[row][columns].allSatisfy { if case .empty = $0 { true } else { false } }
  }

  /// What was drawn.
  var lines: [TextLine] {
    rows.map { row in
      var line = TextLine()
      var blanks = 0
      for cell in row {
        switch cell {
        case .empty: blanks += 1
        case .text(let text, let ink):
          line.add(String(repeating: " ", count: blanks))
          line.add(text, ink)
          blanks = 0
        case .covered: continue
        }
      }
      return line
    }
  }

  /// Empties a cell, and the other half of a wide character in it.
  private mutating func clear(row: Int, column: Int) {
    if case .covered = rows[row][column], column > 0 { rows[row][column - 1] = .empty }
    rows[row][column] = .empty
    if column + 1 < width, case .covered = rows[row][column + 1] {
      rows[row][column + 1] = .empty
    }
  }
}
