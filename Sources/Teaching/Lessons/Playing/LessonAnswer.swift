import Rendering
import Sandbox
package import SimulationKernel

/// What a learner answered to a question.
package enum LessonAnswer: Sendable, Equatable {
  /// A whole number.
  case number(Int)
  /// The key of an option.
  case option(String)
  /// A length of virtual time.
  case span(VirtualDuration)

  /// Reads an answer of the kind that a question asks for; nil when it is of another kind.
  package init?(_ text: String, to prediction: Prediction) {
    let word = text.lowercased()
    switch prediction.kind {
    case .number:
      // 1,360 is how the lesson itself writes it.
      let parts = word.split(separator: ",", omittingEmptySubsequences: false)
      let isGrouped = parts.dropFirst().allSatisfy { $0.utf8.count == 3 }
      guard isGrouped, let number = Int(parts.joined()) else { return nil }
      self = .number(number)
    case .choice(let options, _):
      guard let option = options.first(where: { $0.key.lowercased() == word }) else { return nil }
      self = .option(option.key)
    case .mark:
      guard let span = VirtualDuration(text: word) else { return nil }
      self = .span(span)
    }
  }

  /// The answer for people.
  package var text: String {
    switch self {
    case .number(let number): "\(number)"
    case .option(let key): key
    case .span(let span): span.description
    }
  }
}

extension SandboxSession {
  /// Judges an answer; nil while the truth is not known.
  func judge(_ answer: LessonAnswer, to prediction: Prediction) -> PredictionResult? {
    if let known = prediction.known, !holds(known.text) { return nil }
    let truth: String
    let isRight: Bool
    switch (prediction.kind, answer) {
    case (.number(let wanted, let tolerance), .number(let given)):
      let number: Int? =
        switch wanted {
        case .literal(let number): number
        case .measure(let line): (try? Measure(parsing: line.text)).flatMap { value(of: $0) }
        }
      guard let number else { return nil }
      truth = Quantity.grouped(number)
      isRight = tolerance.accepts(given, truth: number)
    case (.choice(_, let wanted), .option(let given)):
      truth = wanted
      isRight = given == wanted
    case (.mark(let mark), .span(let given)):
      guard let span = span(to: mark.instant.text, from: mark.origin?.text) else { return nil }
      truth = VirtualDuration.milliseconds(span.milliseconds).description
      let distance = given < span ? span - given : given - span
      isRight = distance <= mark.tolerance
    default: return nil
    }
    let own = prediction.wrong.first { matches($0.answer, answer, of: prediction) }
    return PredictionResult(
      prediction: prediction,
      answer: answer.text,
      truth: truth,
      isRight: isRight,
      message: isRight ? prediction.right : own?.message ?? prediction.otherwise
    )
  }

  /// Whether an expectation holds; one that cannot be read never does.
  func holds(_ expectation: String) -> Bool {
    (try? Expectation(parsing: expectation)).map { judge($0) == .holds } ?? false
  }

  /// The time from one moment to another, or from the beginning.
  func span(to moment: String, from origin: String?) -> VirtualDuration? {
    guard let end = (try? Moment(parsing: moment)).flatMap({ instant(of: $0) }) else { return nil }
    guard let origin else { return end - .zero }
    return (try? Moment(parsing: origin)).flatMap { instant(of: $0) }.map { end - $0 }
  }

  private func matches(
    _ wrong: Prediction.Answer,
    _ answer: LessonAnswer,
    of prediction: Prediction
  ) -> Bool {
    switch (wrong, answer) {
    case (.number(let number), .number(let given)): return number == given
    case (.option(let key), .option(let given)): return key == given
    case (.instant(let moment), .span(let given)):
      guard case .mark(let mark) = prediction.kind,
        let span = span(to: moment, from: mark.origin?.text)
      else { return false }
      return (given < span ? span - given : given - span) <= mark.tolerance
    default: return false
    }
  }
}
