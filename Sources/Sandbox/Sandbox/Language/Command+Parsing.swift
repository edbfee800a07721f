import SimulationKernel

extension Command {
  /// Reads a command.
  ///
  /// - Throws: ``UsageError`` with one sentence that says what is wrong and what was expected.
  package init(parsing text: String) throws(UsageError) {
    self = try Self.parse(CommandWords.split(text), of: text)
  }

  fileprivate static func parse(_ words: [String], of text: String) throws(UsageError) -> Command {
    guard let verb = words.first else { throw UsageError(.emptyCommand) }
    guard let rule = CommandGrammar.rule(of: verb) else {
      throw UsageError(
        .unknownVerb(verb, among: CommandGrammar.rules.map(\.verb), line: text)
      )
    }
    var reader = CommandReader(text, words: words, from: 1)
    guard try reader.read(rule.pieces), reader.isAtEnd, let command = rule.make(reader.found)
    else {
      throw UsageError(.incomplete(line: text, shape: rule.shape, example: rule.example))
    }
    return command
  }
}

extension TimedCommand {
  /// Reads a command with its instant: `kill tm-1 at 3s`.
  ///
  /// - Throws: ``UsageError`` when one of them is wrong, or when it is no command for a plan.
  package init(parsing text: String) throws(UsageError) {
    let words = try CommandWords.split(text)
    guard let position = words.lastIndex(of: "at") else {
      // A command that is wrong in itself says so first; only then does its time matter.
      _ = try Command.parse(words, of: text)
      throw UsageError(.noInstant(line: text))
    }
    let command = try Command.parse(Array(words[..<position]), of: text)
    guard command.isFault else { throw UsageError(.noFault(line: text)) }
    guard position == words.count - 2 else { throw UsageError(.oneInstant(line: text)) }
    guard let instant = VirtualDuration(text: words[position + 1]) else {
      throw UsageError(.noTime(words[position + 1], line: text))
    }
    self.init(command, at: instant)
  }
}

extension Expectation {
  /// Reads an expectation, such as `restarts == 1`.
  ///
  /// - Throws: ``UsageError`` when it cannot be understood.
  package init(parsing text: String) throws(UsageError) {
    self = try CommandGrammar.parse(
      text,
      CommandGrammar.expectations,
      example: "job word-count FINISHED",
      CommandGrammar.expectation
    )
  }
}

extension Measure {
  /// Reads a measure, such as `rows in word-count`.
  ///
  /// - Throws: ``UsageError`` when it cannot be understood.
  package init(parsing text: String) throws(UsageError) {
    self = try CommandGrammar.parse(
      text,
      CommandGrammar.measures,
      example: "rows in word-count",
      CommandGrammar.measure
    )
  }
}

extension Moment {
  /// Reads a moment, such as `lost tm-1`.
  ///
  /// - Throws: ``UsageError`` when it cannot be understood.
  package init(parsing text: String) throws(UsageError) {
    self = try CommandGrammar.parse(
      text,
      CommandGrammar.moments,
      example: "lost tm-1",
      CommandGrammar.moment
    )
  }
}

extension CommandGrammar {
  /// Reads one of several shapes that stand alone.
  fileprivate static func parse<Value>(
    _ text: String,
    _ alternatives: [[CommandPiece]],
    example: String,
    _ make: (CommandValues) -> Value?
  ) throws(UsageError) -> Value {
    var reader = CommandReader(text, words: try CommandWords.split(text), from: 0)
    guard try reader.read([.either(alternatives)]), reader.isAtEnd,
      let value = make(reader.found)
    else { throw UsageError(.incomplete(line: text, shape: example, example: example)) }
    return value
  }

  /// How a piece is written in help.
  static func shape(_ piece: CommandPiece) -> String {
    switch piece {
    case .word(let word): word
    case .slot(let slot): slot.placeholder
    case .maybe(let pieces): "[\(pieces.map(shape).joined(separator: " "))]"
    case .either(let alternatives) where alternatives.count > 4: "CONDITION"
    case .either(let alternatives):
      alternatives.map { $0.map(shape).joined(separator: " ") }.joined(separator: " | ")
    case .options(let options):
      options.map { "[--\($0.name) \($0.slot.placeholder)]" }.joined(separator: " ")
    }
  }
}
