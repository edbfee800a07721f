import SessionViews
package import Rendering
import Sandbox

/// Draws what a lesson says as lines of text.
package struct LessonPage: Sendable {
  /// The widest that prose is set; pictures use the whole width.
  private static let widestProse = 92

  /// The columns that no line exceeds.
  package let width: Int
  /// With which characters, and whether in colour.
  package let style: TextStyle

  /// Makes a page.
  ///
  /// - Parameters:
  ///   - width: The columns; at least 60.
  ///   - style: With which characters, and whether in colour.
  package init(width: Int, style: TextStyle) {
    self.width = max(60, width)
    self.style = style
  }

  /// The lines of some events, from the top, each part after an empty line.
  package func lines(of events: [LessonEvent]) -> [String] {
    var lines: [String] = []
    for event in events {
      let part = self.lines(of: event)
      if part.isEmpty { continue }
      if !lines.isEmpty { lines.append("") }
      lines += part
    }
    return lines
  }

  private func lines(of event: LessonEvent) -> [String] {
    switch event {
    case .opening(let lesson): return opening(lesson)
    case .step(let step, let count): return rendered(heading(step, of: count))
    case .text(let prose): return self.prose(prose)
    case .performs(let command): return rendered([own(command)])
    case .reply(let reply): return said(ReplyPhrase.reply(reply).english)
    case .picture(let picture): return picture.text(width: width, style: style)
    case .asks(let question): return rendered(ask(question))
    case .recalled(let question, let answer):
      return rendered(
        marked(.question, .faint, LessonWords.youSaid(question.ask, answer).english)
      )
    case .saved(let file): return said(LessonWords.saved(file).english)
    case .noted(let answer): return said(LessonWords.noted(answer).english)
    case .judged(let result): return rendered(judged(result))
    case .refused(let message): return rendered(marked(.failed, .failed, message))
    case .missing(let message): return missing(message)
    case .checked(let items): return rendered(checked(items))
    case .stepDone(_, let isLast): return rendered(done(isLast: isLast))
    case .hint(let number, let text): return hint(number, text)
    case .wentBack(let step): return said(LessonWords.wentBack(step.number).english)
    case .help: return rendered(help)
    case .save: return []
    case .finished(let verdict): return rendered(finished(verdict))
    case .leaves(let verdict): return rendered(leaves(verdict))
    }
  }

  /// What stands before a line that is typed.
  package var prompt: String { TextLine("\(style(.promptMark)) ", .running).rendered(style) + " " }

  /// What stands below a page that is not the last.
  package var turnMark: String {
    TextLine(" \(LessonWords.turnPage.english) ", .faint).rendered(style) + " "
  }

  /// What is said when a learner leaves by force.
  package var interrupted: String {
    TextLine(" " + LessonWords.pausedAt.english).rendered(style)
  }

  /// What is said when a learner comes back.
  package func resumed(_ verdict: LessonVerdict, lessonHasChanged: Bool) -> [String] {
    var lines = said(LessonWords.resumed(verdict).english)
    if lessonHasChanged { lines += said(LessonWords.changed.english) }
    return lines
  }

  /// The lessons, and how far a learner is in each.
  package func list(_ lessons: [(LessonDocument, LessonVerdict)]) -> [String] {
    lessons.enumerated().flatMap { index, entry -> [String] in
      let (lesson, verdict) = entry
      let (mark, ink): (Mark, Ink) =
        switch verdict.state {
        case .passed: (.finished, .running)
        case .failed: (.waiting, .waiting)
        case .notAttempted: (.waiting, .faint)
        }
      var line = TextLine(" \(style(mark)) ", ink)
      line.add("\(index + 1). \(lesson.name)", .strong)
      line.add("  \(lesson.front.title)")
      var second = TextLine("      ")
      second.add(LessonWords.progress(lesson.front.minutes, verdict).english, .faint)
      return rendered(
        wrapped(line, indent: 6) + wrapped(TextLine("      " + lesson.front.summary), indent: 6)
          + [second]
      )
    }
  }

  /// What is said of a lesson in which nothing is wrong.
  package func proved(_ lesson: LessonDocument, transcripts: [Transcript]) -> [String] {
    let right = transcripts.count { $0.kind == .right }
    let phrase = LessonWords.proved(
      lesson.name,
      steps: lesson.steps.count,
      right: right,
      wrong: transcripts.count - right
    )
    return rendered(marked(.finished, .running, phrase.english))
  }

  private func rendered(_ lines: [TextLine]) -> [String] {
    lines.rendered(width: width, style)
  }

  private func prose(_ prose: Prose) -> [String] {
    let columns = min(width, Self.widestProse) - 2
    return rendered(
      prose.lines(width: columns, style).map { line in
        var indented = TextLine(" ")
        indented.add(line)
        return indented
      }
    )
  }

  private func said(_ text: String) -> [String] {
    rendered(wrapped(TextLine(" " + text), indent: 1))
  }

  private func wrapped(_ line: TextLine, indent: Int) -> [TextLine] {
    line.wrapped(to: min(width, Self.widestProse) - 1, indent: indent)
  }

  private func marked(_ mark: Mark, _ ink: Ink, _ text: String) -> [TextLine] {
    var line = TextLine(" \(style(mark)) ", ink)
    line.add(text)
    return wrapped(line, indent: 3)
  }

  // MARK: Parts

  private func opening(_ lesson: LessonDocument) -> [String] {
    let title = LessonWords.title(
      lesson.front.title,
      minutes: lesson.front.minutes,
      steps: lesson.steps.count
    )
    let heading = rendered(wrapped(TextLine(" " + title.english, .strong), indent: 1))
    return heading + (lesson.opening.map { [""] + prose($0.prose) } ?? [])
  }

  private func heading(_ step: LessonStep, of count: Int) -> [TextLine] {
    let title = LessonWords.step(step.number, of: count, step.heading).english
    let rule = String(repeating: style(.horizontal), count: min(width, Self.widestProse) - 2)
    return [TextLine(" " + rule, .faint)] + wrapped(TextLine(" " + title, .strong), indent: 1)
  }

  private func own(_ command: String) -> TextLine {
    var line = TextLine(" \(style(.promptMark)) ", .faint)
    line.add(command, .checkpoint)
    return line
  }

  private func ask(_ question: Prediction) -> [TextLine] {
    var lines = marked(.question, .waiting, question.ask)
    switch question.kind {
    case .number: lines += marked(LessonWords.typeNumber)
    case .mark: lines += marked(LessonWords.typeSpan)
    case .choice(let options, _):
      for option in options {
        var line = TextLine("     ")
        line.add(option.key, .strong)
        line.add("  \(option.text)")
        lines += wrapped(line, indent: 8)
      }
      lines += marked(LessonWords.choose(options.map(\.key)))
    }
    return lines
  }

  private func marked(_ phrase: LessonWords) -> [TextLine] {
    wrapped(TextLine("   " + phrase.english, .faint), indent: 3)
  }

  private func judged(_ result: PredictionResult) -> [TextLine] {
    var line = TextLine(" ")
    if result.isRight {
      line.add("\(style(.finished)) \(LessonWords.right.english) ", .running)
    } else {
      let truth = LessonWords.wrong(truth: result.truth)
      line.add("\(style(.failed)) \(truth.english) ", .waiting)
    }
    line.add(result.message)
    guard result.prediction.known != nil else { return wrapped(line, indent: 3) }
    // The question was put some time ago.
    let question = LessonWords.youSaid(result.prediction.ask, result.answer).english
    return marked(.question, .faint, question) + wrapped(line, indent: 3)
  }

  private func missing(_ message: LessonMessage) -> [String] {
    let text = LessonWords.message(message).english
    var line = TextLine(" \(style(.waiting)) ", .waiting)
    if case .own = message { line.add(LessonWords.missing.english + " ", .waiting) }
    line.add(Prose(parsing: text).lines(width: 10_000, style).first ?? TextLine(text))
    return rendered(wrapped(line, indent: 3))
  }

  private func checked(_ items: [CheckedExpectation]) -> [TextLine] {
    guard !items.isEmpty else { return [] }
    return [TextLine(" " + LessonWords.checkHeading.english, .strong)]
      + items.flatMap { item -> [TextLine] in
        let (mark, ink): (Mark, Ink) =
          switch item.state {
          case .passed: (.finished, .running)
          case .failed: (.failed, .failed)
          case .notAttempted: (.waiting, .faint)
          }
        let seen = item.seen.map { " - \($0)" } ?? ""
        return marked(mark, ink, "\(item.state.rawValue): \(item.text)\(seen)")
      }
  }

  private func done(isLast: Bool) -> [TextLine] {
    var line = TextLine(" \(style(.finished)) ", .running)
    line.add(isLast ? LessonWords.stepDoneLast : .stepDone, .running)
    line.add(" ")
    line.add(isLast ? LessonWords.typeNextToFinish : .typeNext)
    return [line]
  }

  private func hint(_ number: Int, _ text: String) -> [String] {
    var line = TextLine(" \(LessonWords.hint(number, of: 4).english): ", .waiting)
    line.add(Prose(parsing: text).lines(width: 10_000, style).first ?? TextLine(text))
    return rendered(wrapped(line, indent: 3))
  }

  private var help: [TextLine] {
    var lines = [TextLine(" " + LessonWords.helpLesson.english, .strong)]
    for verb in LessonVerb.allCases {
      lines.append(entry(verb.rawValue, LessonWords.verb(verb).english, columns: 12))
    }
    lines += [TextLine(), TextLine(" " + LessonWords.helpSandbox.english, .strong)]
    let columns = CommandGrammar.rules.map { DisplayWidth.of($0.example) }.max() ?? 40
    for rule in CommandGrammar.rules {
      lines.append(entry(rule.verb, rule.summary.english, columns: 12))
      if width >= columns + 20 {
        lines.append(TextLine("                \(rule.example)", .faint))
      }
    }
    return lines + [TextLine(), TextLine(" " + LessonWords.helpMore.english, .faint)]
  }

  private func entry(_ name: String, _ text: String, columns: Int) -> TextLine {
    var line = TextLine("   ")
    line.add(name, .checkpoint)
    line.pad(to: 3 + columns + 1)
    line.add(text)
    return line
  }

  private func finished(_ verdict: LessonVerdict) -> [TextLine] {
    let isPassed = verdict.state == .passed
    var line = TextLine(
      " \(style(isPassed ? .finished : .failed)) \(LessonWords.finished(verdict).english)",
      isPassed ? .running : .failed
    )
    line.add(" " + LessonWords.guesses(verdict).english)
    line.add(" " + LessonWords.hints(verdict.hints).english)
    return wrapped(line, indent: 3)
  }

  private func leaves(_ verdict: LessonVerdict) -> [TextLine] {
    var lines = wrapped(TextLine(" " + LessonWords.leaves(verdict).english), indent: 1)
    if verdict.state != .passed {
      lines += wrapped(TextLine(" " + LessonWords.pausedAt.english), indent: 1)
    }
    return lines
  }
}
