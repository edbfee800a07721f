package import Rendering
package import Sandbox
package import SessionViews
import SimulationKernel

/// A lesson being played: a pure function of the lesson and of the lines that were typed.
///
/// It shows, asks and checks block by block, and waits where something is to be done. It goes on to
/// another step only when it is told to. What a learner reached is never remembered, it is found
/// out again by typing the same lines once more.
package final class LessonPlayer {
  /// The lesson.
  package let lesson: LessonDocument
  /// The learner's session with the sandbox.
  package private(set) var session: SandboxSession
  /// What can be seen of it.
  package private(set) var view = SessionView()
  /// The lines that were typed, with their steps.
  package private(set) var typed: [Progress.Typed] = []
  /// Whether every step was gone through, and the learner said `next` to the last.
  package private(set) var isFinished = false
  /// Whether the learner left.
  package private(set) var hasLeft = false

  private let options: SandboxOptions
  private var stepIndex = 0
  private var blockIndex = 0
  private var isStepDone = false
  private var answers: [(prediction: Prediction, answer: LessonAnswer)] = []
  private var results: [PredictionResult] = []
  /// The question that was put last, so that it is not put again after every command.
  private var asked: String?
  private var hintsInStep = 0
  private var hintsAsked = 0
  private var events: [LessonEvent] = []
  /// Looks on while time passes, after the view was brought up to date.
  package var onFrame: (LessonPlayer) throws -> Void = { _ in }

  /// Makes a player at the beginning of a lesson; ``begin()`` shows it.
  ///
  /// - Parameters:
  ///   - lesson: The lesson.
  ///   - options: What the learner's session is made of; its seed is the lesson's.
  package init(_ lesson: LessonDocument, options: SandboxOptions) {
    self.lesson = lesson
    var options = options
    options.seed = lesson.front.seed
    self.options = options
    session = SandboxSession(options)
  }

  /// The step that is open.
  package var step: LessonStep { lesson.steps[stepIndex] }

  /// The question that waits for its answer.
  package var question: Prediction? {
    guard !isFinished, !isStepDone, step.blocks.indices.contains(blockIndex),
      case .prediction(let prediction) = step.blocks[blockIndex]
    else { return nil }
    return prediction
  }

  /// What the lesson amounts to so far.
  package var verdict: LessonVerdict {
    let steps = lesson.steps.indices.map { index -> LessonState in
      if index < stepIndex || isFinished { return .passed }
      guard index == stepIndex else { return .notAttempted }
      if isStepDone { return .passed }
      return hasTried ? .failed : .notAttempted
    }
    return LessonVerdict(
      lesson: lesson.name,
      steps: steps,
      predictionsMade: answers.count,
      predictionsRight: results.count { $0.isRight },
      hints: hintsAsked
    )
  }

  /// The guesses on the timeline, and what they are held against.
  package var marks: [Timeline.Mark] {
    answers.flatMap { prediction, answer -> [Timeline.Mark] in
      guard case .mark(let mark) = prediction.kind, case .span(let span) = answer,
        let origin = mark.origin.map({ session.span(to: $0.text, from: nil) }) ?? .zero
      else { return [] }
      var marks = [
        Timeline.Mark(LessonWords.guess(span).english, at: .zero + origin + span, .guess)
      ]
      if let truth = session.span(to: mark.instant.text, from: nil) {
        let passed = VirtualDuration.milliseconds((truth - origin).milliseconds)
        marks.append(Timeline.Mark(LessonWords.fact(passed).english, at: .zero + truth, .fact))
      }
      return marks
    }
  }

  // MARK: Playing

  /// Opens the lesson and its first step.
  package func begin() throws -> [LessonEvent] {
    events = [.opening(lesson)]
    try openStep()
    return take()
  }

  /// Takes a line that was typed.
  ///
  /// - Returns: What the lesson says to it; an empty line says nothing.
  /// - Throws: What the watcher throws.
  package func enter(_ line: String) throws -> [LessonEvent] {
    let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let first = words.first, !first.hasPrefix("#") else { return [] }
    let verb = LessonVerb(typed: first)
    let isKept = verb.map(\.isKept) ?? true
    let step = step.number
    if let verb {
      try perform(verb, Array(words.dropFirst()))
    } else if let question, CommandGrammar.rule(of: first) == nil {
      let text = words.joined(separator: " ")
      // Several words that begin with a letter are more likely a command with a mistake in it.
      if words.count > 1, first.first?.isLetter == true, LessonAnswer(text, to: question) == nil {
        try carryOut(line)
      } else {
        try answer(text, to: question)
      }
    } else if question == nil, words.count < 3,
      first.first.map({ "-.0123456789".contains($0) })
        == true
    {
      events.append(.missing(.nothingAsked))
    } else {
      try carryOut(line)
    }
    if isKept { typed.append(Progress.Typed(text: line, step: step)) }
    return take()
  }

  private func take() -> [LessonEvent] {
    defer { events = [] }
    return events
  }

  private func openStep() throws {
    blockIndex = 0
    isStepDone = false
    asked = nil
    hintsInStep = 0
    events.append(.step(step, of: lesson.steps.count))
    try goOn()
  }

  /// Goes through the blocks up to one that waits for the learner.
  private func goOn() throws {
    judgeWhatIsKnown()
    while !isStepDone, step.blocks.indices.contains(blockIndex) {
      switch step.blocks[blockIndex] {
      case .text(let text): events.append(.text(text.prose))
      case .commands(let commands, _):
        for command in commands {
          events.append(.performs(command.text))
          try carryOut(command.text, isOwn: true)
        }
      case .prediction(let prediction):
        guard answers.contains(where: { $0.prediction.id == prediction.id }) else {
          if asked != prediction.id { events.append(.asks(prediction)) }
          asked = prediction.id
          return
        }
      case .check(let check):
        if firstMissing(of: check) != nil { return }
      }
      blockIndex += 1
    }
    guard !isStepDone else { return }
    isStepDone = true
    events.append(.stepDone(step, isLast: stepIndex == lesson.steps.count - 1))
  }

  // MARK: Commands

  private func carryOut(_ line: String, isOwn: Bool = false) throws {
    do {
      let command = try Command(parsing: line)
      let reply = try session.apply(command) { session in
        self.view.update(from: session)
        try self.onFrame(self)
      }
      view.update(from: session)
      switch reply {
      case .show(let request):
        events.append(.picture(try view.picture(of: request, in: session, marks: marks)))
      case .save(let file, let text): events.append(.save(file: file, text: text))
      default: events.append(.reply(reply))
      }
    } catch let error as UsageError {
      events.append(.refused(error.description))
      return
    }
    if !isOwn { try goOn() }
  }

  // MARK: Questions

  private func answer(_ text: String, to question: Prediction) throws {
    guard let answer = LessonAnswer(text, to: question) else {
      events.append(.refused(LessonWords.expected(question).english))
      return
    }
    answers.append((question, answer))
    if session.judge(answer, to: question) == nil { events.append(.noted(answer.text)) }
    try goOn()
  }

  /// Judges the guesses whose truth has come out.
  private func judgeWhatIsKnown() {
    for (prediction, answer) in answers
    where !results.contains(where: { $0.prediction.id == prediction.id }) {
      guard let result = session.judge(answer, to: prediction) else { continue }
      results.append(result)
      events.append(.judged(result))
    }
  }

  // MARK: Checks

  /// The first expectation that is asked and does not hold.
  private func firstMissing(of check: LessonCheck) -> LessonCheck.Expectation? {
    check.expectations.first { item in
      (item.when.map { session.holds($0) } ?? true) && !session.holds(item.text)
    }
  }

  private func missing() -> LessonMessage {
    guard step.blocks.indices.contains(blockIndex) else { return .guessFirst }
    if case .check(let check) = step.blocks[blockIndex], let item = firstMissing(of: check) {
      return .own(item.otherwise)
    }
    return .guessFirst
  }

  /// Whether something was tried in this step; to ask for a hint or to go on is not.
  private var hasTried: Bool {
    typed.contains { entry in
      entry.step == step.number && ![LessonVerb.next, .hint].map(\.rawValue).contains(entry.text)
    }
  }

  private func report() -> [CheckedExpectation] {
    step.blocks.enumerated().flatMap { index, block -> [CheckedExpectation] in
      guard case .check(let check) = block else { return [] }
      return check.expectations.compactMap { item in
        guard let expectation = try? Expectation(parsing: item.text),
          item.when.map({ session.holds($0) }) ?? true
        else { return nil }
        switch session.judge(expectation) {
        case .holds: return CheckedExpectation(text: item.text, state: .passed, seen: nil)
        case .fails(let seen):
          let isTried = hasTried && index <= blockIndex
          return CheckedExpectation(
            text: item.text,
            state: isTried ? .failed : .notAttempted,
            seen: seen.english
          )
        }
      }
    }
  }

  // MARK: Verbs

  private func perform(_ verb: LessonVerb, _ arguments: [String]) throws {
    switch verb {
    case .next: try next()
    case .hint: giveHint()
    case .check:
      events.append(.checked(report()))
      if !isStepDone { events.append(.missing(missing())) }
    case .again: showAgain()
    case .reset: try reset(to: arguments.first.map { Int($0) ?? 0 })
    case .answer:
      guard let question else { return events.append(.missing(.nothingAsked)) }
      try answer(arguments.joined(separator: " "), to: question)
    case .help: events.append(.help)
    case .quit:
      hasLeft = true
      events.append(.leaves(verdict))
    }
  }

  private func next() throws {
    guard !isFinished else { return events.append(.missing(.isOver)) }
    guard isStepDone else { return events.append(.missing(missing())) }
    guard stepIndex + 1 < lesson.steps.count else {
      isFinished = true
      events.append(.finished(verdict))
      return
    }
    stepIndex += 1
    try openStep()
  }

  private func giveHint() {
    guard !step.hints.isEmpty else { return events.append(.missing(.noHints)) }
    hintsInStep = min(hintsInStep + 1, step.hints.count)
    hintsAsked += 1
    events.append(.hint(hintsInStep, step.hints[hintsInStep - 1].text))
  }

  /// Shows the step up to where it waits; of its commands only those that look are carried out
  /// again.
  private func showAgain() {
    events.append(.step(step, of: lesson.steps.count))
    for block in step.blocks.prefix(blockIndex + 1) {
      switch block {
      case .text(let text): events.append(.text(text.prose))
      case .commands(let commands, _):
        for command in commands { showAgain(command.text) }
      case .prediction(let prediction):
        if prediction == question {
          events.append(.asks(prediction))
        } else if let entry = answers.first(where: { $0.prediction.id == prediction.id }) {
          events.append(.recalled(prediction, answer: entry.answer.text))
        }
      case .check: break
      }
    }
    if isStepDone { events.append(.stepDone(step, isLast: stepIndex == lesson.steps.count - 1)) }
  }

  private func showAgain(_ line: String) {
    events.append(.performs(line))
    guard case .show(let request)? = try? Command(parsing: line),
      let picture = try? view.picture(of: request, in: session, marks: marks)
    else { return }
    events.append(.picture(picture))
  }

  /// Goes back to the beginning of this step, or of the one before where nothing was done in this.
  private func reset(to number: Int?) throws {
    if let number {
      guard (1...step.number).contains(number) else {
        return events.append(.missing(.noSuchStep(upTo: step.number)))
      }
      return try goBack(to: number)
    }
    guard hasTried || stepIndex > 0 else { return events.append(.missing(.nothingBefore)) }
    try goBack(to: hasTried || isFinished ? step.number : max(1, step.number - 1))
  }

  /// Goes back to the beginning of a step, by typing again what came before it.
  package func goBack(to number: Int) throws {
    let kept = typed.filter { $0.step < number }
    try replay(kept)
    events = [.wentBack(step)]
    showAgain()
  }

  /// Makes the lesson what it is after some lines, from the beginning.
  package func replay(_ lines: [Progress.Typed]) throws {
    session = SandboxSession(options)
    view = SessionView()
    typed = []
    stepIndex = 0
    answers = []
    results = []
    hintsAsked = 0
    isFinished = false
    hasLeft = false
    let watcher = onFrame
    onFrame = { _ in }
    defer { onFrame = watcher }
    _ = try begin()
    for line in lines { _ = try enter(line.text) }
  }
}

extension LessonVerb {
  /// Whether typing it again is part of coming back to where the learner was.
  fileprivate var isKept: Bool {
    switch self {
    case .next, .hint, .answer: true
    case .check, .again, .reset, .help, .quit: false
    }
  }
}
