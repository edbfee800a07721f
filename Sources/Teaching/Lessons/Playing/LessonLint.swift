import Rendering
package import Sandbox

/// Proves that a lesson can be done, and that its mistakes are understood.
///
/// Each right transcript must pass, each wrong one must get its own message, no hint but the last
/// may hold a word of the answer, and no line may be wider than 80 columns.
package struct LessonLint: Sendable {
  /// The lesson.
  package let lesson: LessonDocument
  /// What could be typed in it.
  package let transcripts: [Transcript]
  /// What sessions are made of.
  package let options: SandboxOptions

  /// Describes what is to be proved.
  package init(_ lesson: LessonDocument, _ transcripts: [Transcript], options: SandboxOptions) {
    self.lesson = lesson
    self.transcripts = transcripts
    self.options = options
  }

  /// How many right and wrong transcripts a lesson has at least.
  private static let fewestRight = 2
  private static let fewestWrong = 3
  /// The columns that every screen of a lesson must keep to.
  private static let columns = 80

  /// Everything that is not as it should be, in the order of the files.
  package func problems() throws -> LessonProblems {
    var problems: [LessonProblem] = []
    let right = transcripts.filter { $0.kind == .right }
    if right.count < Self.fewestRight {
      problems.append(problem(.fewTranscripts(right.count, least: Self.fewestRight, isRight: true)))
    }
    let wrong = transcripts.count - right.count
    if wrong < Self.fewestWrong {
      problems.append(problem(.fewTranscripts(wrong, least: Self.fewestWrong, isRight: false)))
    }
    let played = try transcripts.map { try play($0) }
    for (transcript, outcome) in zip(transcripts, played) {
      problems += self.problems(of: transcript, outcome, among: zip(transcripts, played))
    }
    if let leading = Transcript.leading(of: transcripts),
      let outcome = zip(transcripts, played).first(where: { $0.0.file == leading.file })?.1
    {
      problems += hintsThatTell(outcome)
    }
    return LessonProblems(sorting: problems.uniqued)
  }

  /// What a transcript came to.
  private struct Outcome {
    var verdict: LessonVerdict
    /// All that was said, with single spaces.
    var said: String
    /// The first line that is too wide, and after which line of the transcript it came.
    var tooWide: (text: String, line: Int)?
    /// What was typed, by step.
    var typed: [(step: Int, text: String)]
    /// The line after which nothing came that was needed.
    var lastLine: Int
  }

  private func problem(_ phrase: LessonPhrase, file: String? = nil, line: Int = 1) -> LessonProblem
  {
    LessonProblem(file: file ?? lesson.file, line: line, phrase: phrase)
  }

  private func play(_ transcript: Transcript) throws -> Outcome {
    let player = LessonPlayer(lesson, options: options)
    let page = LessonPage(
      width: Self.columns,
      style: TextStyle(characters: .unicode, isColoured: false)
    )
    var outcome = Outcome(
      verdict: player.verdict,
      said: "",
      tooWide: nil,
      typed: [],
      lastLine: transcript.lines.last?.line ?? 1
    )
    func take(_ events: [LessonEvent], after line: Int) {
      for text in page.lines(of: events) {
        if DisplayWidth.of(text) > Self.columns, outcome.tooWide == nil {
          outcome.tooWide = (text, line)
        }
        outcome.said += " " + text.split(separator: " ").joined(separator: " ")
      }
    }
    take(try player.begin(), after: 1)
    for line in transcript.lines {
      outcome.typed.append((player.step.number, line.text))
      take(try player.enter(line.text), after: line.line)
    }
    outcome.verdict = player.verdict
    return outcome
  }

  private func problems(
    of transcript: Transcript,
    _ outcome: Outcome,
    among all: Zip2Sequence<[Transcript], [Outcome]>
  ) -> [LessonProblem] {
    var problems: [LessonProblem] = []
    if let (text, line) = outcome.tooWide {
      problems.append(problem(.wideScreen(text), file: transcript.file, line: line))
    }
    switch transcript.kind {
    case .right:
      let verdict = outcome.verdict
      if verdict.state != .passed || verdict.predictionsRight != verdict.predictionsMade {
        problems.append(
          problem(
            .rightFails(verdict),
            file: transcript.file,
            line: outcome.lastLine
          )
        )
      }
    case .wrong(let message):
      let text = message.text.split(separator: " ").joined(separator: " ")
      if !outcome.said.contains(text) {
        problems.append(
          problem(.messageNotSaid(message.text), file: transcript.file, line: message.line)
        )
      }
      let sharing = all.filter { other, said in
        other.file != transcript.file && said.said.contains(text)
      }
      if let other = sharing.first {
        problems.append(
          problem(
            .messageShared(message.text, with: other.0.file),
            file: transcript.file,
            line: message.line
          )
        )
      }
    }
    return problems
  }

  // MARK: Hints

  /// Hints before the last that hold a word of what is to be typed.
  private func hintsThatTell(_ outcome: Outcome) -> [LessonProblem] {
    lesson.steps.flatMap { step -> [LessonProblem] in
      let answers = outcome.typed.filter { $0.step == step.number }
        .flatMap { Self.words(of: $0.text) }
        .filter { !Self.ordinary.contains($0) }
      return step.hints.dropLast().compactMap { hint in
        let words = Self.words(of: hint.text)
        return answers.first { words.contains($0) }.map {
          problem(.hintTells($0), line: hint.line)
        }
      }
    }
  }

  /// Words that a command may share with any sentence.
  private static let ordinary: Set<String> = [
    "next", "a", "for", "at", "to", "from", "of", "in", "is", "until", "within", "and", "job",
    "word-count", "hint", "not", "run", "show",
  ]

  private static func words(of text: String) -> [String] {
    text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
      .map { $0.trimmingDashes }.filter { !$0.isEmpty }
  }
}

extension Substring {
  fileprivate var trimmingDashes: String {
    var text = self
    while text.hasPrefix("-") { text = text.dropFirst() }
    while text.hasSuffix("-") { text = text.dropLast() }
    return String(text)
  }
}

extension [LessonProblem] {
  /// Each problem once, in the order of its first appearance.
  fileprivate var uniqued: [LessonProblem] {
    var kept: [LessonProblem] = []
    for problem in self where !kept.contains(problem) { kept.append(problem) }
    return kept
  }
}
