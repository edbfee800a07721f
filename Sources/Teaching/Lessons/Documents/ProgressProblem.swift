/// What is wrong with the log of a lesson, and on which line.
package struct ProgressProblem: Error, Equatable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  package let line: Int
  /// What is wrong.
  package let phrase: ProgressPhrase

  /// Line and message: `line 3: …`.
  package var description: String { "line \(line): \(phrase.english)" }
}
