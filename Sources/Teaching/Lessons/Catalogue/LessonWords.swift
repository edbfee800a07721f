import Deployment
import Rendering
import Sandbox
import SimulationKernel

/// What a lesson says of its own accord, around the texts of its file: ids with arguments, and
/// their text in English.
enum LessonWords: Phrase {
  case title(String, minutes: Int, steps: Int)
  case step(Int, of: Int, String)
  case guess(VirtualDuration), fact(VirtualDuration), saved(String)
  case options, choose([String]), typeNumber, typeSpan
  case expected(Prediction)
  case youSaid(String, String)
  case noted(String), right, wrong(truth: String)
  case missing, message(LessonMessage)
  case stepDone, stepDoneLast, typeNext, typeNextToFinish
  case hint(Int, of: Int)
  case wentBack(Int)
  case checkHeading
  case helpLesson, helpSandbox, verb(LessonVerb), helpMore
  case finished(LessonVerdict), guesses(LessonVerdict), hints(Int), leaves(LessonVerdict)
  case pausedAt, turnPage
  case resumed(LessonVerdict), changed, progress(Int, LessonVerdict)
  case proved(String, steps: Int, right: Int, wrong: Int)

  var english: String {
    switch self {
    case .title(let title, let minutes, let steps):
      "\(title) - \(Wording.count(steps, "step")), about \(Wording.count(minutes, "minute"))"
    case .step(let number, let count, let heading): "Step \(number) of \(count): \(heading)"
    case .guess(let span): "your guess, +\(span):"
    case .fact(let span): "as it was, +\(span):"
    case .saved(let file): "The session is in \(file)."
    case .options: "Your guess?"
    case .choose(let keys): "Type \(Self.either(keys))."
    case .typeNumber: "Type a number."
    case .typeSpan: "Type a time, such as 500ms, 12s or 2min."
    case .expected(let question): Self.expected(question)
    case .youSaid(let question, let answer): "\(question) You said \(answer)."
    case .noted(let answer): "Noted: \(answer). You will see."
    case .right: "Right."
    case .wrong(let truth): "Not quite: it is \(truth)."
    case .missing: "Not yet."
    case .message(let message): Self.text(of: message)
    case .stepDone: "This step is done."
    case .stepDoneLast: "That was the last step."
    case .typeNext: "Type next to go on."
    case .typeNextToFinish: "Type next to finish."
    case .hint(let number, let count): "Hint \(number) of \(count)"
    case .wentBack(let number): "Back at the beginning of step \(number)."
    case .checkHeading: "What this step asks for"
    case .helpLesson: "In a lesson"
    case .helpSandbox: "In the sandbox, at any time"
    case .verb(let verb): Self.summary(of: verb)
    case .helpMore: "What can be shown and expected: docs/language.md"
    case .finished(let verdict):
      verdict.state == .passed
        ? "Lesson passed: all \(verdict.steps.count) steps."
        : "The lesson is not passed: \(verdict.passedSteps) of \(verdict.steps.count) steps."
    case .guesses(let verdict):
      "Guesses right: \(verdict.predictionsRight) of \(verdict.predictionsMade)."
    case .hints(let count): "Hints used: \(count)."
    case .leaves(let verdict):
      verdict.state == .passed
        ? "The lesson is passed."
        : "\(verdict.passedSteps) of \(verdict.steps.count) steps are done."
    case .resumed(let verdict):
      verdict.state == .passed
        ? "You have passed this lesson; every step was checked again."
        : "You are back. \(verdict.passedSteps) of \(verdict.steps.count) steps are done; they were"
          + " checked again."
    case .changed: "The lesson's text has changed since you began, so some of it may look new."
    case .progress(let minutes, let verdict):
      "about \(Wording.count(minutes, "minute")), \(verdict.passedSteps) of "
        + "\(Wording.count(verdict.steps.count, "step")) done: \(Self.name(of: verdict.state))"
    case .proved(let name, let steps, let right, let wrong):
      "\(name): \(Wording.count(steps, "step")); \(Wording.count(right, "right transcript")) "
        + "\(right == 1 ? "passes" : "pass"), \(Wording.count(wrong, "wrong one")) "
        + "\(wrong == 1 ? "gets its" : "get their") own message."
    case .turnPage: "Enter for more"
    case .pausedAt: "Your place is kept. Come back with: drey lesson"
    }
  }

  private static func name(of state: LessonState) -> String {
    switch state {
    case .passed: "passed"
    case .failed: "begun"
    case .notAttempted: "not attempted"
    }
  }

  private static func either(_ keys: [String]) -> String {
    guard keys.count > 1, let last = keys.last else { return keys.first ?? "" }
    return keys.dropLast().joined(separator: ", ") + " or " + last
  }

  private static func expected(_ question: Prediction) -> String {
    switch question.kind {
    case .number: "a guess is a whole number here, such as 12"
    case .choice(let options, _): "a guess is \(either(options.map(\.key))) here"
    case .mark: "a guess is a time here, such as 500ms, 12s or 2min"
    }
  }

  private static func text(of message: LessonMessage) -> String {
    switch message {
    case .own(let text): text
    case .guessFirst: "The question above waits for your guess. A wrong one costs nothing."
    case .noHints: "There is nothing to be done in this step, so it has no hints."
    case .noSuchStep(let last): "Only a step from 1 to \(last) can be gone back to."
    case .nothingBefore: "This is the beginning; there is nothing to go back to."
    case .isOver: "The lesson is over. Type reset to do its last step again, or quit."
    case .nothingAsked: "No question waits for an answer."
    case .stuck: "Nothing comes nearer to its end any more."
    }
  }

  private static func summary(of verb: LessonVerb) -> String {
    switch verb {
    case .next: "go on to the next step"
    case .hint: "a hint, each time a clearer one"
    case .check: "what this step still asks for"
    case .again: "read this step once more"
    case .reset: "back to the beginning of this step, or of the one before"
    case .answer: "answer the question; the guess alone will do"
    case .help: "this list"
    case .quit: "leave; your place is kept"
    }
  }
}

/// What came of a command, in words.
enum ReplyPhrase: Phrase {
  case reply(CommandReply)

  var english: String {
    guard case .reply(let reply) = self else { return "" }
    switch reply {
    case .deployed(let layout):
      return layout.kind == .local
        ? "A local cluster stands: one process with \(layout.slotsPerTaskManager) slots."
        : "A standalone cluster stands: a JobManager and "
          + Wording.count(layout.taskManagers, "TaskManager") + " with "
          + Wording.count(layout.slotsPerTaskManager, "slot") + " each."
    case .submitted(let name, let needed, let free):
      return "Job \(name) is handed over. It needs \(Wording.count(needed, "slot"));"
        + " \(free) \(free == 1 ? "is" : "are") free."
    case .cancelled(let name): return "Job \(name) is being cancelled."
    case .checkpointRequested(let name): return "Job \(name) was asked for a checkpoint."
    case .done(let command): return "Done: \(command.text)."
    case .advanced(let from, let to, let end): return Self.passed(from, to, end)
    case .judged(let expectation, .holds): return "Holds: \(expectation.text)."
    case .judged(_, .fails(let seen)): return Wording.sentence("does not hold: \(seen.english)")
    case .show, .save: return ""
    }
  }

  private static func passed(
    _ from: VirtualInstant,
    _ to: VirtualInstant,
    _ end: AdvanceEnd
  ) -> String {
    let time = "It is \(Quantity.moment(to)) now, \(Quantity.shortSpan(to - from)) later."
    return switch end {
    case .timeIsOver, .stepped: time
    case .holds: "\(time) What was waited for holds."
    case .doesNotHold(let seen): "\(time) " + Wording.sentence(seen.english)
    case .stuck: "\(time) Nothing comes nearer to its end any more."
    }
  }
}
