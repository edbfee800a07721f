/// One thing that is wrong with a file of a lesson.
package struct LessonProblem: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file, as the reader was told its name.
  package let file: String
  /// The line in it, counted from 1.
  package let line: Int
  /// What is wrong.
  package let phrase: LessonPhrase

  /// What is wrong, as a sentence.
  package var message: String { phrase.english }

  /// File, line and message: `lessons/x/lesson.md:12: …`.
  package var description: String { "\(file):\(line): \(message)" }
}

/// Everything that is wrong with a file, so that its author sees it at once.
package struct LessonProblems: Error, Equatable, Sendable, CustomStringConvertible {
  /// The problems, by file and line; never empty when thrown.
  package private(set) var all: [LessonProblem] = []

  /// One problem a line.
  package var description: String { all.map(\.description).joined(separator: "\n") }

  /// Keeps the problems in the order of their lines; those of one line stay as they were found.
  init(sorting problems: [LessonProblem]) {
    all = problems.enumerated().sorted {
      ($0.element.file, $0.element.line, $0.offset) < ($1.element.file, $1.element.line, $1.offset)
    }.map(\.element)
  }
}
