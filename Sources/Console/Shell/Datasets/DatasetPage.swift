import Rendering

/// A page about datasets while it is written, as wide as the terminal.
struct DatasetPage {
  private let terminal: Terminal
  private var lines: [TextLine] = []

  init(_ terminal: Terminal) {
    self.terminal = terminal
  }

  /// With which characters it is written.
  var style: TextStyle { terminal.style }

  /// Writes the page and prints it.
  func show(_ write: (inout DatasetPage) throws -> Void) rethrows {
    var page = self
    try write(&page)
    let text = page.lines.rendered(width: terminal.width, terminal.style)
    Terminal.write(text.joined(separator: "\n") + "\n")
  }

  /// Adds an empty line.
  mutating func addBlank() {
    lines.append(TextLine())
  }

  /// Adds what stands above a part, with a remark behind it.
  mutating func add(heading: DatasetPhrase, remark: String = "") {
    var line = TextLine(" ")
    line.add(heading, .strong)
    if !remark.isEmpty { line.add("  " + remark) }
    lines += line.wrapped(to: terminal.width, indent: 3)
  }

  /// Adds a sentence.
  mutating func add(_ phrase: DatasetPhrase, _ ink: Ink = .plain) {
    var line = TextLine("   ")
    line.add(phrase, ink)
    lines += line.wrapped(to: terminal.width, indent: 3)
  }

  /// Adds a table.
  mutating func add(_ table: TextTable, sharing widths: [Int]? = nil) {
    lines += table.lines(width: terminal.width, style: terminal.style, sharing: widths)
  }

  /// Adds a line as it stands in a file; it is cut where the terminal ends.
  mutating func add(row: String) {
    lines.append(TextLine("   " + row, .faint))
  }
}
