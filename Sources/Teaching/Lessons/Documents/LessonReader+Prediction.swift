import Sandbox
import SimulationKernel
import Yams

extension LessonReader {
  /// The question of a `predict` block.
  mutating func prediction(_ block: FencedBlock) -> Prediction? {
    guard let part = part(block.body, .predict, openedAt: block.line) else { return nil }
    let id = id(in: part, isRequired: true)
    let ask = text("ask", in: part)
    let right = text("right", in: part)
    let otherwise = text("otherwise", in: part)
    guard let word = kindWord(in: part) else {
      _ = required("answer", in: part)
      return nil
    }
    reportForeignKeys(of: part, for: word)
    let kind = kind(word, in: part)
    let wrong = wrongAnswers(in: part, kind)
    var known: LessonLine?
    if let field = part["known"] {
      known = text(of: field).map { LessonLine($0, line: field.line) }
      if let known, let objection = syntax.expectation(known.text) {
        report(.badExpectation(known.text, objection), line: known.line)
      }
    }
    guard let id, let ask, let right, let otherwise, let kind else { return nil }
    return Prediction(
      id: id,
      ask: ask,
      kind: kind,
      right: right,
      wrong: wrong,
      otherwise: otherwise,
      known: known,
      line: block.line
    )
  }

  /// What can be asked for, as it is written.
  private enum KindWord: String, CaseIterable {
    case number, choice, mark

    /// The keys that only some kinds have.
    static let special = ["options", "tolerance", "from"]

    var special: [String] {
      switch self {
      case .number: ["tolerance"]
      case .choice: ["options"]
      case .mark: ["tolerance", "from"]
      }
    }
  }

  private mutating func kindWord(in part: YAMLPart) -> KindWord? {
    guard let field = required("kind", in: part), let text = text(of: field) else { return nil }
    if let word = KindWord(rawValue: text) { return word }
    let nearest = Suggestion.nearest(to: text, among: KindWord.allCases.map(\.rawValue))
    report(.unknownKind(text, nearest: nearest), line: field.line)
    return nil
  }

  private mutating func reportForeignKeys(of part: YAMLPart, for word: KindWord) {
    for field in part.fields
    where KindWord.special.contains(field.key) && !word.special.contains(field.key) {
      report(.keyOfAnotherKind(field.key, kind: word.rawValue), line: field.line)
    }
  }

  private mutating func kind(_ word: KindWord, in part: YAMLPart) -> Prediction.Kind? {
    guard let field = required("answer", in: part), let answer = text(of: field) else { return nil }
    let line = LessonLine(answer, line: field.line)
    switch word {
    case .number: return numberKind(line, in: part)
    case .choice: return choiceKind(line, in: part)
    case .mark: return markKind(line, in: part)
    }
  }

  // MARK: Numbers

  private mutating func numberKind(_ answer: LessonLine, in part: YAMLPart) -> Prediction.Kind? {
    let tolerance = part["tolerance"].map { numberTolerance($0) } ?? .absolute(0)
    if let number = Int(answer.text) {
      return tolerance.map { .number(.literal(number), tolerance: $0) }
    }
    if let objection = syntax.measure(answer.text) {
      report(.badMeasure(answer.text, objection), line: answer.line)
      return nil
    }
    return tolerance.map { .number(.measure(answer), tolerance: $0) }
  }

  private mutating func numberTolerance(_ field: YAMLPart.Field) -> Prediction.Tolerance? {
    guard let text = text(of: field) else { return nil }
    let isPercent = text.hasSuffix("%")
    let digits = isPercent ? text.dropLast() : text[...]
    guard let number = Int(digits), number >= 0, !isPercent || number <= 100 else {
      report(.badTolerance(text, needed: .numberTolerance), line: field.line)
      return nil
    }
    return isPercent ? .percent(number) : .absolute(number)
  }

  // MARK: Choices

  private mutating func choiceKind(_ answer: LessonLine, in part: YAMLPart) -> Prediction.Kind? {
    guard let field = required("options", in: part),
      let list = mapping(field.node, .options, at: field.line, in: part)
    else { return nil }
    var options: [Prediction.Option] = []
    for option in list.fields {
      guard let text = text(of: option) else { continue }
      options.append(Prediction.Option(key: option.key, text: text, line: option.line))
    }
    if list.fields.count < 2 { report(.fewOptions(list.fields.count), line: field.line) }
    guard list[answer.text] != nil else {
      let keys = list.fields.map(\.key)
      report(.answerIsNoOption(answer.text, options: keys), line: answer.line)
      return nil
    }
    return .choice(options, answer: answer.text)
  }

  // MARK: Marks

  private mutating func markKind(_ answer: LessonLine, in part: YAMLPart) -> Prediction.Kind? {
    var isSound = check(instant: answer)
    var origin: LessonLine?
    if let field = part["from"] {
      origin = text(of: field).map { LessonLine($0, line: field.line) }
      isSound = origin.map { check(instant: $0) } == true && isSound
    }
    var tolerance = VirtualDuration.zero
    if let field = part["tolerance"] {
      guard let text = text(of: field) else { return nil }
      guard let span = VirtualDuration(text: text) else {
        report(.badTolerance(text, needed: .duration), line: field.line)
        return nil
      }
      tolerance = span
    }
    guard isSound else { return nil }
    return .mark(Prediction.MarkAnswer(instant: answer, origin: origin, tolerance: tolerance))
  }

  private mutating func check(instant: LessonLine) -> Bool {
    guard let objection = syntax.instant(instant.text) else { return true }
    report(.badInstant(instant.text, objection), line: instant.line)
    return false
  }

  // MARK: Wrong answers

  private mutating func wrongAnswers(
    in part: YAMLPart,
    _ kind: Prediction.Kind?
  ) -> [Prediction.WrongAnswer] {
    guard let field = part["wrong"],
      let list = mapping(field.node, .wrong, at: field.line, in: part)
    else { return [] }
    var answers: [Prediction.WrongAnswer] = []
    for item in list.fields {
      guard let message = text(of: item), let kind, let answer = answer(item, kind) else {
        continue
      }
      answers.append(Prediction.WrongAnswer(answer: answer, message: message, line: item.line))
    }
    return answers
  }

  /// A wrong answer that can be given and is not right.
  private mutating func answer(
    _ field: YAMLPart.Field,
    _ kind: Prediction.Kind
  ) -> Prediction.Answer? {
    switch kind {
    case .number(let truth, let tolerance):
      guard let number = Int(field.key) else {
        report(.wrongIsNoNumber(field.key), line: field.line)
        return nil
      }
      if case .literal(let truth) = truth, tolerance.accepts(number, truth: truth) {
        report(.wrongIsRight(field.key), line: field.line)
      }
      return .number(number)
    case .choice(let options, let answer):
      guard options.contains(where: { $0.key == field.key }) else {
        report(.wrongIsNoOption(field.key, options: options.map(\.key)), line: field.line)
        return nil
      }
      if field.key == answer { report(.wrongIsRight(field.key), line: field.line) }
      return .option(field.key)
    case .mark:
      let isSound = check(instant: LessonLine(field.key, line: field.line))
      return isSound ? .instant(field.key) : nil
    }
  }
}
