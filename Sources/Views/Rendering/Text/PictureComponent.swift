/// Something to look at: a value that holds what is shown and knows nothing of how.
///
/// Text is one way to draw it; another way reads the same value. What the drawing shows, the
/// sentences say, for those who cannot see it.
package protocol PictureComponent: Sendable {
  /// The picture as lines of text, none wider than asked.
  ///
  /// - Parameters:
  ///   - width: The columns that no line exceeds; at least 60.
  ///   - style: With which characters, and whether in colour.
  /// - Returns: The lines, from the top.
  func lines(width: Int, style: TextStyle) -> [TextLine]

  /// The same in sentences.
  func describe() -> [String]
}

extension PictureComponent {
  /// The picture as it is written to a terminal or a file.
  package func text(width: Int, style: TextStyle) -> [String] {
    lines(width: width, style: style).rendered(width: max(60, width), style)
  }
}
