import JobGraphs
package import Rendering

/// Something to look at, as it was at a moment.
package struct SessionPicture: Sendable {
  /// What is drawn.
  enum Content: Sendable {
    case component(any PictureComponent)
    case streamGraph(StreamGraph)
    case jobGraph(JobGraph)
    case executionGraph(ExecutionGraph)
  }

  private let content: Content
  /// Whether it is told in words instead of drawn.
  package let isInWords: Bool

  init(_ content: Content, isInWords: Bool) {
    self.content = content
    self.isInWords = isInWords
  }

  /// The picture as lines of text, or what it shows in words where that was asked for.
  ///
  /// - Parameters:
  ///   - width: The columns that no line exceeds; at least 60.
  ///   - style: With which characters, and whether in colour.
  /// - Returns: The lines, from the top.
  package func text(width: Int, style: TextStyle) -> [String] {
    if isInWords {
      return words.flatMap { TextLine(" " + $0).wrapped(to: width, indent: 1) }
        .rendered(width: width, style)
    }
    return switch content {
    case .component(let component): component.text(width: width, style: style)
    case .streamGraph(let graph): graph.drawing(width: width, style: style)
    case .jobGraph(let graph): graph.drawing(width: width, style: style)
    case .executionGraph(let graph): graph.drawing(width: width, style: style)
    }
  }

  /// What it shows, in sentences.
  package var words: [String] {
    switch content {
    case .component(let component): component.describe()
    case .streamGraph(let graph): graph.describe()
    case .jobGraph(let graph): graph.describe()
    case .executionGraph(let graph): graph.describe()
    }
  }
}
