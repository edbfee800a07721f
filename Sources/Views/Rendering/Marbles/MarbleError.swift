/// What is wrong with marbles that are written as text, and where.
package struct MarbleError: Error, Equatable, CustomStringConvertible {
  /// What is wrong.
  package enum Problem: Sendable, Equatable {
    /// Something that begins no item.
    case unexpected(String)
    /// A record without its time.
    case noTime(String)
    /// Something that is no time, or one that is too large.
    case badTime(String)
    /// A watermark without its closing bars.
    case openWatermark(bars: Int)
    /// A quote without its end.
    case openQuote
    /// A window without its brace.
    case openBrace
    /// Braces without a window in them.
    case noWindow
    /// A window that does not say what it takes.
    case badExtent
    /// A window that ends before it begins.
    case emptyWindow
    /// Something within braces that is said of no window.
    case badStatement(String)
    /// A window as the second of its name where there is no first.
    case missingTwin(String)
    /// A record in a window that there is not.
    case noRecord(String)
    /// A name that several records have.
    case ambiguousRecord(String)
  }

  /// The line, from 1.
  package let line: Int
  /// The column in it, from 1, in characters.
  package let column: Int
  /// What is wrong there.
  package let problem: Problem

  /// The error as it is told: `line 1, column 9: a3 needs its event time, as in a3@1000`.
  package var description: String {
    MarbleErrorPhrase(error: self).english
  }
}
