import JobGraphs

/// A picture of a graph while it is drawn: a title, headings, and lines beside the rails.
struct GraphPage {
  let width: Int
  let style: TextStyle
  let layout: RailLayout
  private(set) var lines: [TextLine] = []

  /// Where the text beside the rails begins.
  private var textColumn: Int { layout.width + 3 }

  init(title: some Phrase, width: Int, style: TextStyle, layout: RailLayout) {
    self.width = width
    self.style = style
    self.layout = layout
    lines = TextLine(" " + title.english, .strong).wrapped(to: width, indent: 3) + [TextLine()]
  }

  /// Adds the words over the columns.
  mutating func addHeadings(_ heading: some Phrase, _ columns: [any Phrase], widths: [Int]) {
    var cells = TextLine()
    for (column, columnWidth) in zip(columns, widths) {
      cells.add("  ")
      cells.add(column.english, columns: columnWidth, style, .faint, alignsRight: true)
    }
    addText(TextLine(heading, .faint), beside: "", right: cells)
  }

  /// Adds a row of rails with text beside it and cells at the right edge.
  mutating func addText(
    _ text: TextLine,
    beside rails: String,
    right: TextLine = TextLine(),
    indent: Int = 0
  ) {
    var line = TextLine(" ")
    let room = width - right.width
    addRails(rails, to: &line)
    line.pad(to: textColumn + indent)
    line.add(text)
    line = line.fitted(to: room, style)
    if right.width > 0 {
      line.pad(to: room)
      line.add(right)
    }
    lines.append(line)
  }

  /// Adds a stream's row: its strategy, where it comes from unless that is plain, what it means.
  mutating func addStream(
    _ strategy: ShipStrategy,
    beside rails: String,
    from source: String?,
    note: String
  ) {
    var text = TextLine(strategy.rawValue, .checkpoint)
    if let source {
      text.add("  ")
      text.add(GraphPhrase.from(source), .faint)
    }
    if textColumn + text.width + 2 + DisplayWidth.of(note) <= width {
      text.add("  ")
      text.add(note, .faint)
    }
    addText(text, beside: rails)
  }

  /// Whether text may name more than the bare necessities.
  var isWide: Bool { width >= 80 }

  private func addRails(_ rails: String, to line: inout TextLine) {
    for character in rails {
      let cell = String(character)
      line.add(cell, cell == style(.node) ? .running : .faint)
    }
  }
}
