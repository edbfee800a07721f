package import Rendering
package import Sandbox
package import SessionViews
import SimulationKernel

/// Something that a lesson says or shows.
package enum LessonEvent: Sendable {
  /// The lesson begins.
  case opening(LessonDocument)
  /// A step begins.
  case step(LessonStep, of: Int)
  /// Prose to read.
  case text(Prose)
  /// A command is carried out by the lesson itself.
  case performs(String)
  /// What came of a command.
  case reply(CommandReply)
  /// Something to look at, as it is at this moment.
  case picture(SessionPicture)
  /// A question waits for its answer.
  case asks(Prediction)
  /// A question that was answered before, with its answer.
  case recalled(Prediction, answer: String)
  /// A guess was taken down; whether it is right shows later.
  case noted(String)
  /// A guess is judged.
  case judged(PredictionResult)
  /// What a learner typed cannot be taken.
  case refused(String)
  /// What is still missing.
  case missing(LessonMessage)
  /// How each expectation of a step stands.
  case checked([CheckedExpectation])
  /// The step is done; whether another one follows.
  case stepDone(LessonStep, isLast: Bool)
  /// A hint, from 1 to 4.
  case hint(Int, String)
  /// The lesson went back to the beginning of a step.
  case wentBack(LessonStep)
  /// What can be typed.
  case help
  /// A file is to be written.
  case save(file: String, text: String)
  /// A file was written.
  case saved(String)
  /// The lesson is over.
  case finished(LessonVerdict)
  /// The learner leaves.
  case leaves(LessonVerdict)
}

/// Something that a lesson itself says, by id: the texts of its file need none.
package enum LessonMessage: Sendable, Equatable {
  /// A text of the lesson.
  case own(String)
  /// A guess is asked for first.
  case guessFirst
  /// There is no hint in a step where nothing is to be done.
  case noHints
  /// There is no step of that number to go back to.
  case noSuchStep(upTo: Int)
  /// There is nothing before the first step.
  case nothingBefore
  /// The lesson is over already.
  case isOver
  /// Nothing is to be answered.
  case nothingAsked
  /// Virtual time passed, and nothing came nearer to an end.
  case stuck
}

/// How a step, a check or a lesson stands.
package enum LessonState: String, Sendable, Equatable {
  /// Everything that it asks for holds.
  case passed
  /// Something was tried, and does not hold.
  case failed
  /// Nothing was tried.
  case notAttempted = "not attempted"
}

/// One expectation of a check, and how it stands.
package struct CheckedExpectation: Sendable, Equatable {
  /// The expectation.
  package let text: String
  /// How it stands.
  package let state: LessonState
  /// What was seen instead; nil where it holds.
  package let seen: String?
}

/// A guess that was judged.
package struct PredictionResult: Sendable, Equatable {
  /// The question.
  package let prediction: Prediction
  /// The answer as it was typed.
  package let answer: String
  /// The truth, for people.
  package let truth: String
  /// Whether the answer is right.
  package let isRight: Bool
  /// What the lesson says of it.
  package let message: String
}

/// What a lesson amounts to.
package struct LessonVerdict: Sendable, Equatable {
  /// The lesson's name.
  package let lesson: String
  /// How each step stands.
  package let steps: [LessonState]
  /// How many guesses were made.
  package let predictionsMade: Int
  /// How many of them were right.
  package let predictionsRight: Int
  /// How many hints were asked for.
  package let hints: Int

  /// How many steps passed.
  package var passedSteps: Int { steps.count { $0 == .passed } }

  /// How the lesson stands.
  package var state: LessonState {
    if passedSteps == steps.count { return .passed }
    return steps.allSatisfy { $0 == .notAttempted } ? .notAttempted : .failed
  }
}
