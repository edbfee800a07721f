import Sandbox
import Rendering

/// Reads the lines of a lesson into its parts and collects every problem on the way.
///
/// A part that cannot be read is left out, and its step marked as broken, so that one mistake does
/// not look like several.
struct LessonReader {
  static let widestProse = 100
  static let widestBlock = 76

  let lines: [String]
  let file: String
  let syntax: LessonSyntax
  private(set) var problems: [LessonProblem] = []

  var front: LessonDocument.FrontMatter?
  private(set) var opening: LessonText?
  private(set) var steps: [LessonStep] = []

  private var step: Draft?
  private var text: [String] = []
  private var textLine = 0
  private var firstLineOfID: [String: Int] = [:]

  /// A step while it is read.
  private struct Draft {
    let heading: String
    let line: Int
    var blocks: [LessonBlock] = []
    var hints: [LessonLine] = []
    var hasHintBlock = false
    var isBroken = false
  }

  /// The lines between two fences.
  struct FencedBlock {
    /// The line of the opening.
    let line: Int
    /// The lines between, without the fences.
    let body: [String]
    /// The index of the line after the block.
    let end: Int
    let isClosed: Bool
  }

  /// What a fenced block is, by the word at its opening.
  enum BlockKind: String, CaseIterable {
    case text
    case commands = "do"
    case prediction = "predict"
    case check
    case hint
  }

  init(lines: [String], file: String, syntax: LessonSyntax) {
    self.lines = lines
    self.file = file
    self.syntax = syntax
  }

  /// Notes a problem.
  mutating func report(_ phrase: LessonPhrase, line: Int) {
    problems.append(LessonProblem(file: file, line: line, phrase: phrase))
  }

  mutating func report(_ finding: LessonFinding) {
    report(finding.phrase, line: finding.line)
  }

  /// Reads everything.
  mutating func read() {
    findCharacters()
    guard var index = readFrontMatter() else { return }
    while index < lines.count {
      if lines[index].hasPrefix("```") {
        index = readBlock(at: index)
        continue
      }
      if lines[index].hasPrefix("##"), !lines[index].hasPrefix("###") {
        beginStep(at: index)
      } else {
        addText(at: index)
      }
      index += 1
    }
    endStep()
    if steps.isEmpty, problems.isEmpty { report(.noSteps, line: max(1, lines.count)) }
  }

  // MARK: Lines

  private mutating func findCharacters() {
    for (index, line) in lines.enumerated() {
      let controls = line.unicodeScalars.filter { DisplayWidth.isOrder($0) }
      if controls.contains("\t") { report(.tab, line: index + 1) }
      if let other = controls.first(where: { $0 != "\t" }) {
        report(.controlCharacter(other.value), line: index + 1)
      }
    }
  }

  private mutating func checkWidth(of line: String, at number: Int, limit: Int) {
    let width = DisplayWidth.of(line)
    if width > limit { report(.wideLine(width, limit: limit), line: number) }
  }

  /// Reads the front matter and returns the index of the line after it; nil if it has no end.
  private mutating func readFrontMatter() -> Int? {
    guard lines.first == "---" else {
      report(.noFrontMatter, line: 1)
      return 0
    }
    guard let end = lines.dropFirst().firstIndex(of: "---") else {
      report(.unclosedFrontMatter, line: 1)
      return nil
    }
    for index in 1..<end {
      checkWidth(of: lines[index], at: index + 1, limit: Self.widestProse)
    }
    front = frontMatter(Array(lines[1..<end]))
    return end + 1
  }

  // MARK: Steps and text

  private mutating func beginStep(at index: Int) {
    endStep()
    checkWidth(of: lines[index], at: index + 1, limit: Self.widestProse)
    let heading = TextLines.trimmed(lines[index].dropFirst(2))
    if heading.isEmpty || !lines[index].hasPrefix("## ") {
      report(.emptyHeading, line: index + 1)
    }
    step = Draft(heading: heading, line: index + 1)
  }

  private mutating func endStep() {
    endText()
    guard let draft = step else { return }
    step = nil
    if draft.blocks.isEmpty, !draft.isBroken {
      report(.emptyStep(draft.heading), line: draft.line)
    }
    if !draft.hasHintBlock, !draft.isBroken, draft.blocks.contains(where: \.needsHints) {
      report(.noHints(draft.heading), line: draft.line)
    }
    steps.append(
      LessonStep(
        number: steps.count + 1,
        heading: draft.heading,
        line: draft.line,
        blocks: draft.blocks,
        hints: draft.hints
      )
    )
  }

  private mutating func addText(at index: Int) {
    checkWidth(of: lines[index], at: index + 1, limit: Self.widestProse)
    if let markup = UnreadMarkup(lines[index]) {
      report(.unreadMarkup(markup), line: index + 1)
    }
    keepText(lines[index], at: index)
  }

  private mutating func keepText(_ line: String, at index: Int) {
    if text.isEmpty {
      if line.isEmpty { return }
      textLine = index + 1
    }
    text.append(line)
  }

  /// Ends the run of prose, if there is one.
  private mutating func endText() {
    defer { text = [] }
    let prose = Prose(parsing: text)
    guard !prose.blocks.isEmpty else { return }
    let part = LessonText(line: textLine, prose: prose)
    if step == nil { opening = part } else { step?.blocks.append(.text(part)) }
  }

  // MARK: Blocks

  /// Reads the block that opens on a line and returns the index of the line after it.
  private mutating func readBlock(at index: Int) -> Int {
    let word = TextLines.trimmed(lines[index].drop { $0 == "`" })
    let block = block(openedAt: index)
    let kind = BlockKind(rawValue: word)
    if kind == nil {
      let known = BlockKind.allCases.map(\.rawValue)
      report(
        .unknownBlock(word, nearest: Suggestion.nearest(to: word, among: known)),
        line: index + 1
      )
    }
    if !block.isClosed { report(.unclosedBlock(word), line: index + 1) }
    guard let kind, block.isClosed else {
      endText()
      step?.isBroken = true
      return block.end
    }
    let limit = [.text, .commands].contains(kind) ? Self.widestBlock : Self.widestProse
    for (offset, line) in block.body.enumerated() {
      checkWidth(of: line, at: block.line + 1 + offset, limit: limit)
    }
    if kind == .text {
      for offset in index..<block.end { keepText(lines[offset], at: offset) }
    } else {
      take(block, kind)
    }
    return block.end
  }

  private func block(openedAt index: Int) -> FencedBlock {
    let next = lines[(index + 1)...].firstIndex { $0.hasPrefix("```") }
    let end = next ?? lines.count
    let isClosed = next.map { TextLines.trimmed(lines[$0]) == "```" } ?? false
    return FencedBlock(
      line: index + 1,
      body: Array(lines[(index + 1)..<end]),
      end: isClosed ? end + 1 : end,
      isClosed: isClosed
    )
  }

  private mutating func take(_ block: FencedBlock, _ kind: BlockKind) {
    endText()
    guard step != nil else { return report(.blockBeforeSteps(kind.rawValue), line: block.line) }
    if kind == .hint {
      if step?.hasHintBlock == true { report(.secondHintBlock, line: block.line) }
      step?.hasHintBlock = true
      let hints = hints(block)
      step?.hints = hints
      return
    }
    if let part = part(block, kind) {
      step?.blocks.append(part)
    } else {
      step?.isBroken = true
    }
  }

  private mutating func part(_ block: FencedBlock, _ kind: BlockKind) -> LessonBlock? {
    switch kind {
    case .commands: commands(block).map { .commands($0, line: block.line) }
    case .prediction: prediction(block).map { .prediction($0) }
    case .check: check(block).map { .check($0) }
    case .text, .hint: nil
    }
  }

  /// Notes an id; every one stands once in a lesson.
  mutating func note(id: String, line: Int) {
    if let first = firstLineOfID[id] {
      report(.repeatedID(id, firstLine: first), line: line)
    } else {
      firstLineOfID[id] = line
    }
  }
}

extension LessonBlock {
  /// Whether a learner can be stuck at it.
  fileprivate var needsHints: Bool {
    switch self {
    case .prediction, .check: true
    case .text, .commands: false
    }
  }
}

extension DisplayWidth {
  /// Whether a scalar is an order to a terminal, or one that cannot be seen and breaks YAML.
  fileprivate static func isOrder(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
      || [0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF].contains(scalar.value)
  }
}
