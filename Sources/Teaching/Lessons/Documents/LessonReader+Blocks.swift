import Yams

extension LessonReader {
  /// The commands of a `do` block.
  mutating func commands(_ block: FencedBlock) -> [LessonCommand]? {
    var commands: [LessonCommand] = []
    for (offset, body) in block.body.enumerated() {
      let line = block.line + 1 + offset
      let (text, comment) = TextLines.withoutComment(body)
      if text.isEmpty { continue }
      if let objection = syntax.command(text) {
        report(.badCommand(text, objection), line: line)
      }
      commands.append(LessonCommand(text: text, comment: comment, line: line))
    }
    if commands.isEmpty {
      report(.noCommands, line: block.line)
      return nil
    }
    return commands
  }

  /// The four hints of a `hint` block.
  mutating func hints(_ block: FencedBlock) -> [LessonLine] {
    var hints: [LessonLine] = []
    var isSound = true
    for (offset, body) in block.body.enumerated() where !TextLines.trimmed(body).isEmpty {
      let line = block.line + 1 + offset
      if body.hasPrefix(" "), let last = hints.popLast() {
        let text = TextLines.trimmed("\(last.text) \(TextLines.trimmed(body))")
        hints.append(LessonLine(text, line: last.line))
        continue
      }
      let digits = body.prefix { $0.isASCII && $0.isNumber }
      guard !digits.isEmpty, body.dropFirst(digits.count).hasPrefix(".") else {
        report(.strayHintLine, line: line)
        isSound = false
        continue
      }
      if digits != "\(hints.count + 1)" {
        report(.hintOutOfOrder(String(digits.prefix(9)), expected: hints.count + 1), line: line)
        isSound = false
      }
      let text = TextLines.trimmed(body.dropFirst(digits.count + 1))
      hints.append(LessonLine(text, line: line))
    }
    for hint in hints where hint.text.isEmpty { report(.emptyHint, line: hint.line) }
    if hints.count != 4, isSound { report(.hintCount(hints.count), line: block.line) }
    return hints
  }

  /// The expectations of a `check` block.
  mutating func check(_ block: FencedBlock) -> LessonCheck? {
    guard let part = part(block.body, .check, openedAt: block.line) else { return nil }
    let id = id(in: part, isRequired: false)
    guard let field = required("all", in: part) else { return nil }
    guard let list = field.node.sequence else {
      report(.wrongType("all", .expectations), line: field.line)
      return nil
    }
    var expectations: [LessonCheck.Expectation] = []
    for node in list {
      let line = part.line(of: node)
      guard let item = mapping(node, .expectation, at: line, in: part) else { continue }
      reportStrangers(in: item)
      let text = self.text("expect", in: item)
      let otherwise = self.text("else", in: item)
      guard let text, let otherwise else { continue }
      if let objection = syntax.expectation(text) {
        report(.badExpectation(text, objection), line: line)
      }
      let when = item["when"].flatMap { self.text(of: $0) }
      if let when, let objection = syntax.expectation(when) {
        report(.badExpectation(when, objection), line: line)
      }
      expectations.append(
        LessonCheck.Expectation(when: when, text: text, otherwise: otherwise, line: line)
      )
    }
    if list.isEmpty { report(.emptyValue("all"), line: field.line) }
    guard !expectations.isEmpty else { return nil }
    return LessonCheck(id: id, expectations: expectations, line: block.line)
  }
}
