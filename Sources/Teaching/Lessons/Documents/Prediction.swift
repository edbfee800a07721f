package import SimulationKernel

/// A `predict` block: a question that is answered before its answer can be seen.
///
/// ```yaml
/// id: rows
/// ask: How many rows will the sink write?
/// kind: number                  # number, choice or mark
/// answer: rows of word-count    # a whole number, or a measure of the sandbox
/// tolerance: 10%                # optional: 5, 10%; for a mark, 3s
/// right: Said when it is right.
/// wrong:                        # optional: answers with a message of their own, in order
///   449: That is the number of different words.
/// otherwise: Said for any other wrong answer.
/// known: job word-count FINISHED   # optional: judged as soon as this holds, not at once
/// ```
///
/// A choice has `options:`, a mapping of keys to texts, and its answer is one of the keys. The
/// answer of a mark is an instant expression, counted from the start of the run or from what
/// `from:` says; so are the keys of its `wrong:`.
package struct Prediction: Equatable, Sendable {
  /// Its name, unique in the lesson.
  package let id: String
  /// The question.
  package let ask: String
  /// What is asked for, and what is right.
  package let kind: Kind
  /// Said when the answer is right.
  package let right: String
  /// Answers that deserve a message of their own; the first that fits gives it.
  package let wrong: [WrongAnswer]
  /// Said for every other wrong answer.
  package let otherwise: String
  /// What must hold before the truth is known, as an expectation; nil where it is known at once.
  package let known: LessonLine?
  /// The line of its opening.
  package let line: Int

  /// What is asked for, and what is right.
  package enum Kind: Equatable, Sendable {
    /// A whole number.
    case number(NumberAnswer, tolerance: Tolerance)
    /// One of several options, by its key.
    case choice([Option], answer: String)
    /// A moment of the run.
    case mark(MarkAnswer)
  }

  /// The right number.
  package enum NumberAnswer: Equatable, Sendable {
    /// Written in the lesson.
    case literal(Int)
    /// Told by the sandbox when the question is answered.
    case measure(LessonLine)
  }

  /// How far from the truth a number may be.
  package enum Tolerance: Equatable, Sendable {
    /// Up to that much more or less.
    case absolute(Int)
    /// Up to that many hundredths of the truth.
    case percent(Int)

    /// Whether a number is near enough to the truth.
    package func accepts(_ given: Int, truth: Int) -> Bool {
      let distance = UInt(bitPattern: given > truth ? given &- truth : truth &- given)
      switch self {
      case .absolute(let bound): return distance <= bound.magnitude
      case .percent(let percent):
        let hundredths = distance.multipliedFullWidth(by: 100)
        let bound = truth.magnitude.multipliedFullWidth(by: percent.magnitude)
        return (hundredths.high, hundredths.low) <= (bound.high, bound.low)
      }
    }
  }

  /// The right moment.
  package struct MarkAnswer: Equatable, Sendable {
    /// The moment, as an instant expression.
    package let instant: LessonLine
    /// Another instant expression from which the answer is counted; nil for the start of the run.
    package let origin: LessonLine?
    /// How much earlier or later an answer may be.
    package let tolerance: VirtualDuration
  }

  /// One of the answers to choose from.
  package struct Option: Equatable, Sendable {
    /// What a learner types.
    package let key: String
    /// What it stands for.
    package let text: String
    /// Its line in the file.
    package let line: Int
  }

  /// A wrong answer that deserves a message of its own.
  package struct WrongAnswer: Equatable, Sendable {
    /// The answer.
    package let answer: Answer
    /// What is said about it.
    package let message: String
    /// Its line in the file.
    package let line: Int
  }

  /// An answer as it stands in a lesson.
  package enum Answer: Equatable, Sendable {
    /// A whole number.
    case number(Int)
    /// The key of an option.
    case option(String)
    /// An instant expression.
    case instant(String)
  }
}
