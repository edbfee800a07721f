/// One step of a lesson: what stands under one heading.
package struct LessonStep: Equatable, Sendable {
  /// Its number, from 1.
  package let number: Int
  /// Its heading.
  package let heading: String
  /// The line of the heading.
  package let line: Int
  /// What it consists of, in order; never empty.
  package let blocks: [LessonBlock]
  /// Four hints, from a nudge to the answer; a step that asks or checks something has them.
  package let hints: [LessonLine]
}

/// A part of a step.
package enum LessonBlock: Equatable, Sendable {
  /// Prose to read.
  case text(LessonText)
  /// Commands to run, one a line.
  case commands([LessonCommand], line: Int)
  /// A question that is answered before its answer can be seen.
  case prediction(Prediction)
  /// What must hold before the step is done.
  case check(LessonCheck)

  /// The line on which it begins; for a block between backticks, that of its opening.
  package var line: Int {
    switch self {
    case .text(let text): text.line
    case .commands(_, let line): line
    case .prediction(let prediction): prediction.line
    case .check(let check): check.line
    }
  }
}

/// A text with the line on which it begins.
package struct LessonLine: Equatable, Sendable {
  /// The text.
  package let text: String
  /// Its line in the file.
  package let line: Int

  /// Makes a line.
  package init(_ text: String, line: Int) {
    self.text = text
    self.line = line
  }
}

/// A command of a `do` block.
package struct LessonCommand: Equatable, Sendable {
  /// The command without its comment.
  package let text: String
  /// What follows a `#` on the same line.
  package let comment: String?
  /// Its line in the file.
  package let line: Int
}

/// A `check` block: expectations that must all hold.
///
/// ```yaml
/// id: recovered            # optional
/// all:
///   - when: kills >= 1     # optional: asked only while this holds
///     expect: job word-count FINISHED
///     else: The job has not finished yet.
/// ```
package struct LessonCheck: Equatable, Sendable {
  /// Its name, if anything refers to it.
  package let id: String?
  /// The expectations; the first that does not hold gives the message.
  package let expectations: [Expectation]
  /// The line of its opening.
  package let line: Int

  /// One thing that must hold.
  package struct Expectation: Equatable, Sendable {
    /// An expectation without which it is not asked; nil where it always is.
    package let when: String?
    /// The expectation, in the language of the sandbox.
    package let text: String
    /// What is said when it does not hold.
    package let otherwise: String
    /// Its line in the file.
    package let line: Int
  }
}
