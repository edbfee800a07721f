/// A line of text in pieces, each with what its colour means.
package struct TextLine: Sendable, Equatable {
  /// Text of one colour.
  package struct Piece: Sendable, Equatable {
    /// The text.
    package var text: String
    /// What its colour means.
    package var ink: Ink
  }

  /// The pieces, from the left.
  package private(set) var pieces: [Piece] = []
  /// The columns that the line takes.
  package private(set) var width = 0

  /// Makes an empty line.
  package init() {}

  /// Makes a line of one colour.
  package init(_ text: String, _ ink: Ink = .plain) {
    add(text, ink)
  }

  /// Appends text; what would give orders to a terminal becomes a question mark.
  package mutating func add(_ text: String, _ ink: Ink = .plain) {
    guard !text.isEmpty else { return }
    let isSafe = !text.unicodeScalars.contains(where: DisplayWidth.isControl)
    let safe =
      isSafe
      ? text
      : String(
        String.UnicodeScalarView(
          text.unicodeScalars.map { DisplayWidth.isControl($0) ? "?" : $0 }
        )
      )
    width += DisplayWidth.of(safe)
    if let last = pieces.indices.last, pieces[last].ink == ink {
      pieces[last].text += safe
    } else {
      pieces.append(Piece(text: safe, ink: ink))
    }
  }

  /// Appends another line.
  package mutating func add(_ line: TextLine) {
    for piece in line.pieces { add(piece.text, piece.ink) }
  }

  /// Appends text in a column of its own: cut or filled up to exactly that width.
  package mutating func add(
    _ text: String,
    columns: Int,
    _ style: TextStyle,
    _ ink: Ink = .plain,
    alignsRight: Bool = false
  ) {
    let fitted = TextLine(text, ink).fitted(to: columns, style)
    if alignsRight { add(spaces(columns - fitted.width)) }
    add(fitted)
    if !alignsRight { add(spaces(columns - fitted.width)) }
  }

  /// Appends spaces up to a column.
  package mutating func pad(to column: Int) {
    add(spaces(column - width))
  }

  /// Appends another line so that it ends at a column; drops it where there is no room for it.
  package mutating func addRight(_ line: TextLine, endingAt column: Int) {
    guard line.width > 0, width + 2 + line.width <= column else { return }
    pad(to: column - line.width)
    add(line)
  }

  /// The line cut to a width; an ellipsis says so.
  package func fitted(to columns: Int, _ style: TextStyle) -> TextLine {
    guard width > columns else { return self }
    var line = TextLine()
    for piece in pieces {
      let room = columns - 1 - line.width
      let kept = DisplayWidth.prefix(of: piece.text, columns: max(0, room))
      line.add(String(kept), piece.ink)
      if kept.endIndex < piece.text.endIndex {
        if columns > 0 { line.add(style(.ellipsis), piece.ink) }
        break
      }
    }
    return line
  }

  /// The line broken between words so that no part is wider than `columns`; the parts after the
  /// first begin at a column.
  package func wrapped(to columns: Int, indent: Int) -> [TextLine] {
    var lines = [TextLine()]
    for piece in pieces {
      for (index, word) in piece.text.split(separator: " ", omittingEmptySubsequences: false)
        .enumerated()
      {
        let isFirst = lines[lines.count - 1].width == 0
        if lines[lines.count - 1].width + 1 + DisplayWidth.of(word) > columns, !isFirst {
          lines.append(TextLine(spaces(indent)))
        } else if index > 0 {
          lines[lines.count - 1].add(" ", piece.ink)
        }
        lines[lines.count - 1].add(String(word), piece.ink)
      }
    }
    return lines
  }

  /// The line in at most so many rows, broken between words; what has no room is cut.
  package func broken(to columns: Int, rows: Int, _ style: TextStyle) -> [TextLine] {
    guard width > columns else { return [self] }
    var parts = wrapped(to: columns, indent: 0)
    if parts.count > rows, rows > 0 {
      let next = parts[rows]
      parts.removeLast(parts.count - rows)
      parts[rows - 1].add(" ")
      parts[rows - 1].add(next)
    }
    return parts.map { $0.fitted(to: columns, style) }
  }

  /// The line as it is written to a terminal or a file, without spaces at its end.
  package func rendered(_ style: TextStyle) -> String {
    var text = ""
    for (index, piece) in pieces.enumerated() {
      let isLast = index == pieces.count - 1
      let shown = isLast ? String(piece.text.reversed().drop { $0 == " " }.reversed()) : piece.text
      if style.isColoured, let code = piece.ink.code, !shown.isEmpty {
        text += "\u{1B}[\(code)m\(shown)\u{1B}[0m"
      } else {
        text += shown
      }
    }
    return text
  }

  /// The line with one text in the place of another, within its pieces.
  package func replacing(_ text: String, with other: String) -> TextLine {
    var line = TextLine()
    for piece in pieces { line.add(piece.text.replacing(text, with: other), piece.ink) }
    return line
  }

  private func spaces(_ count: Int) -> String {
    String(repeating: " ", count: max(0, count))
  }
}

extension [TextLine] {
  /// The lines as they are written, none wider than that many columns.
  package func rendered(width: Int, _ style: TextStyle) -> [String] {
    map { $0.fitted(to: width, style).rendered(style) }
  }
}
