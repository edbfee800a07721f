/// Text in a small part of Markdown, read and ready to be drawn.
///
/// There are paragraphs, list items of one level (`- `, continued by any line that is not blank),
/// and text between lines of three backticks, which is kept as it stands. Inside of paragraphs and
/// items, `**strong**` and `` `code` `` have their looks. Marks without a partner stay as they are,
/// and nothing else is read as markup.
package struct Prose: Equatable, Sendable {
  /// A part of the text.
  package enum Block: Equatable, Sendable {
    /// Running text.
    case paragraph([Span])
    /// An item of a list.
    case item([Span])
    /// Lines that are kept as they stand.
    case verbatim([String])
  }

  /// A piece of running text with one look.
  package struct Span: Equatable, Sendable {
    /// What a piece of text is.
    package enum Look: Equatable, Sendable {
      /// Nothing special.
      case plain
      /// Strong.
      case strong
      /// What is typed, or a name in a program.
      case code
    }

    /// The text without its marks.
    package let text: String
    /// What it is.
    package let look: Look

    /// Makes a piece.
    package init(_ text: String, _ look: Look = .plain) {
      self.text = text
      self.look = look
    }
  }

  /// The parts, from the top.
  package let blocks: [Block]

  /// Reads a text.
  package init(parsing text: String) {
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    self.init(parsing: lines.map { String(decoding: $0, as: UTF8.self) })
  }

  /// Reads lines that have no breaks in them.
  package init(parsing lines: [String]) {
    var reader = ProseReader()
    for line in lines { reader.take(line) }
    blocks = reader.finish()
  }

  /// The text as lines, none wider than `width`.
  ///
  /// Lines break at spaces, between characters of two columns, and inside of a word only where it
  /// alone is too wide. Code of up to 40 columns is not broken. Where there are no colours it keeps
  /// its backticks. Verbatim lines are indented, and cut where they are too wide.
  ///
  /// - Parameters:
  ///   - width: The columns, 60 to 120; narrower works down to 8.
  ///   - style: How it is drawn.
  /// - Returns: The lines, with an empty one between parts.
  package func lines(width: Int, _ style: TextStyle) -> [TextLine] {
    let columns = max(8, width)
    var lines: [TextLine] = []
    var last: Block?
    for block in blocks {
      if let last, !(last.isItem && block.isItem) { lines.append(TextLine()) }
      last = block
      switch block {
      case .paragraph(let spans):
        lines += ProseLines.of(spans, columns: columns, style)
      case .item(let spans):
        for (index, part) in ProseLines.of(spans, columns: columns - 2, style).enumerated() {
          var line = TextLine(index == 0 ? "- " : "  ")
          line.add(part)
          lines.append(line)
        }
      case .verbatim(let texts):
        lines += texts.map { TextLine($0.isEmpty ? "" : "  " + $0).fitted(to: columns, style) }
      }
    }
    return lines
  }
}

extension Prose.Block {
  fileprivate var isItem: Bool {
    if case .item = self { return true }
    return false
  }
}
