import Sandbox

/// What a learner can type in a lesson besides the commands of the sandbox.
package enum LessonVerb: String, CaseIterable, Sendable {
  /// Go on to the next step.
  case next
  /// Get a hint, each time a clearer one.
  case hint
  /// See what the step still asks for.
  case check
  /// See the step once more.
  case again
  /// Go back to the beginning of the step, or of the one before.
  case reset
  /// Answer the question.
  case answer
  /// See what can be typed.
  case help
  /// Leave; the place is kept.
  case quit

  /// The verb that somebody typed, however it is written; nil where it is none.
  package init?(typed word: String) {
    switch word.lowercased() {
    case "q", "exit": self = .quit
    case "?": self = .help
    case let word:
      guard let verb = LessonVerb(rawValue: word) else { return nil }
      self = verb
    }
  }
}
