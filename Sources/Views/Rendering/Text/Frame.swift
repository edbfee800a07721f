/// A box around lines, with a name in its upper edge.
package struct Frame {
  /// The columns from edge to edge.
  package let width: Int
  /// How it is drawn.
  package let style: TextStyle

  /// Makes a box of that width.
  package init(width: Int, style: TextStyle) {
    self.width = width
    self.style = style
  }

  /// The columns between the edges.
  package var innerWidth: Int { width - 4 }

  /// The upper edge with a name on its left and a note on its right.
  package func top(_ title: TextLine, note: TextLine = TextLine()) -> TextLine {
    var line = edge(.topLeft)
    let room = innerWidth - 2 - (note.width > 0 ? note.width + 3 : 0)
    line.add(" ")
    line.add(title.fitted(to: room, style))
    line.add(" ")
    fill(&line, to: width - 1 - (note.width > 0 ? note.width + 3 : 0))
    if note.width > 0 {
      line.add(" ")
      line.add(note)
      line.add(" ")
      fill(&line, to: width - 1)
    }
    line.add(style(.topRight), .faint)
    return line
  }

  /// A line between the edges.
  package func row(_ content: TextLine) -> TextLine {
    var line = TextLine(style(.vertical) + " ", .faint)
    line.add(content.fitted(to: innerWidth, style))
    line.pad(to: width - 1)
    line.add(style(.vertical), .faint)
    return line
  }

  /// The lower edge.
  package var bottom: TextLine {
    var line = TextLine(style(.bottomLeft), .faint)
    fill(&line, to: width - 1)
    line.add(style(.bottomRight), .faint)
    return line
  }

  private func edge(_ corner: Mark) -> TextLine {
    TextLine(style(corner) + style(.horizontal), .faint)
  }

  private func fill(_ line: inout TextLine, to column: Int) {
    line.add(String(repeating: style(.horizontal), count: max(0, column - line.width)), .faint)
  }
}
