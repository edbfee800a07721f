/// A table of texts that fits a width: every column as wide as it needs to be, the last one broken
/// into lines, or set below its row where the width leaves too little beside it.
package struct TextTable: Sendable {
  /// How a column looks.
  package struct Column: Sendable {
    /// What stands above it.
    package var heading: String
    /// Whether it lines up on the right, as numbers do.
    package var alignsRight: Bool
    /// What its colour means.
    package var ink: Ink
    /// The columns that it takes at most.
    package var limit: Int

    /// Makes a column.
    package init(
      _ heading: String,
      alignsRight: Bool = false,
      ink: Ink = .plain,
      limit: Int = .max
    ) {
      self.heading = heading
      self.alignsRight = alignsRight
      self.ink = ink
      self.limit = limit
    }
  }

  private static let indent = 3
  private static let gap = 2
  /// The narrowest last column that is still read with ease.
  private static let narrowest = 24

  private let columns: [Column]
  private var rows: [(texts: [String], leading: Ink?)] = []

  /// Makes an empty table.
  package init(_ columns: [Column]) {
    self.columns = columns
  }

  /// Appends a row, a text for each column; the first may have a colour of its own.
  package mutating func add(_ row: [String], leading ink: Ink? = nil) {
    rows.append((row, ink))
  }

  /// How wide each column but the last is: what tables have to share to line up with each other.
  package var widths: [Int] {
    columns.indices.dropLast().map { column in
      let texts = [columns[column].heading] + rows.map { $0.texts[column] }
      return min(columns[column].limit, texts.map { DisplayWidth.of($0) }.max() ?? 0)
    }
  }

  /// The lines of the table, the headings first.
  ///
  /// - Parameters:
  ///   - width: The columns that no line exceeds.
  ///   - style: With which characters.
  ///   - sharing: Widths to use in the place of its own.
  /// - Returns: The lines, from the top.
  package func lines(width: Int, style: TextStyle, sharing: [Int]? = nil) -> [TextLine] {
    let widths = sharing ?? self.widths
    let start = Self.indent + widths.reduce(0) { $0 + $1 + Self.gap }
    let longest = rows.map { DisplayWidth.of($0.texts.last ?? "") }.max() ?? 0
    let hasRoom = width - start >= min(Self.narrowest, longest)
    var lines: [TextLine] = []
    if columns.contains(where: { !$0.heading.isEmpty }) {
      var headings = line(columns.map(\.heading), widths, style) { _ in .faint }
      if hasRoom, let last = columns.last { headings.add(last.heading, .faint) }
      lines.append(headings)
    }
    for row in rows {
      var first = line(row.texts, widths, style) { column in
        column == 0 ? row.leading ?? columns[0].ink : columns[column].ink
      }
      let left = hasRoom ? start : Self.indent + Self.gap
      let text = Self.broken(row.texts.last ?? "", columns: width - left)
      let parts = TextLine(text, columns.last?.ink ?? .plain).wrapped(to: width - left, indent: 0)
      if hasRoom, let part = parts.first { first.add(part) }
      lines.append(first)
      for part in hasRoom ? parts.dropFirst() : parts[...] where part.width > 0 {
        var below = TextLine()
        below.pad(to: left)
        below.add(part)
        lines.append(below)
      }
    }
    return lines
  }

  /// Widths that fit beside each other: the widest texts give way.
  ///
  /// Numbers do not: they cannot be read when something is missing.
  ///
  /// - Parameters:
  ///   - widths: How wide each column would be.
  ///   - numeric: Which of them hold numbers.
  ///   - width: The columns that no line exceeds.
  /// - Returns: The widths; more than fits where even narrow texts leave no room.
  package static func fitted(_ widths: [Int], numeric: [Bool], width: Int) -> [Int] {
    var fitted = widths
    func excess() -> Int { indent + fitted.reduce(0) { $0 + $1 + gap } - width }
    while excess() > 0 {
      let texts = fitted.indices.filter { !numeric[$0] && fitted[$0] > 8 }
      guard let widest = texts.max(by: { fitted[$0] < fitted[$1] }) else { break }
      fitted[widest] -= 1
    }
    return fitted
  }

  /// The text with spaces in the words that are too long for a line.
  private static func broken(_ text: String, columns: Int) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      var (parts, rest) = ([String](), String(word))
      while DisplayWidth.of(rest) > columns {
        let part = DisplayWidth.prefix(of: rest, columns: columns)
        guard !part.isEmpty else { break }
        parts.append(String(part))
        rest = String(rest[part.endIndex...])
      }
      return (parts + [rest]).joined(separator: " ")
    }
    .joined(separator: " ")
  }

  /// All columns but the last, side by side.
  private func line(
    _ texts: [String],
    _ widths: [Int],
    _ style: TextStyle,
    ink: (Int) -> Ink
  ) -> TextLine {
    var line = TextLine(String(repeating: " ", count: Self.indent))
    for (column, width) in widths.enumerated() {
      line.add(
        texts[column],
        columns: width,
        style,
        ink(column),
        alignsRight: columns[column].alignsRight
      )
      line.pad(to: line.width + Self.gap)
    }
    return line
  }
}
