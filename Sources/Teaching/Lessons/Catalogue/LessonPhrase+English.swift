extension LessonPhrase {
  /// The sentence in English.
  package var english: String {
    switch self {
    case .tab: "There is a tab; write spaces."
    case .controlCharacter(let value):
      "There is a control character, U+\(Self.hexadecimal(value)); take it out."
    case .wideLine(let width, let limit):
      "The line is \(width) columns wide, and at most \(limit) are allowed here."
    case .noFrontMatter:
      "The lesson begins with no front matter: a line \"---\", its title and so on, another "
        + "\"---\"."
    case .unclosedFrontMatter: "The front matter has no end; write a line \"---\" after it."
    case .noSteps: "The lesson has no steps; each begins with a heading \"## …\"."
    case .emptyHeading: "A step's heading is \"## \" and a text."
    case .emptyStep(let heading): "The step \"\(heading)\" is empty."
    case .unreadMarkup(let markup): Self.english(markup)
    case .unknownBlock(let word, let nearest):
      word.isEmpty
        ? "The block does not say what it is; write ```text for what is shown as it stands."
        : "There is no block \"\(word)\""
          + Self.suggestion(nearest, "text, do, predict, check, hint")
    case .unclosedBlock(let word):
      "The \(word.isEmpty ? "block" : "\(word) block") has no end; write a line of three backticks."
    case .blockBeforeSteps(let word):
      "A \(word) block belongs to a step, and here is none yet; write a heading \"## …\" first."
    case .noCommands: "The do block has no commands."
    case .badCommand(let text, let objection):
      "The command \"\(text)\" is wrong: \(Self.ended(objection))"
    case .noHints(let heading):
      "The step \"\(heading)\" asks or checks something and has no hint block."
    case .secondHintBlock: "The step has a hint block already."
    case .hintCount(let count):
      "A hint block has four hints, numbered 1. to 4., and this one has \(count)."
    case .hintOutOfOrder(let number, let expected):
      "The hint has the number \(number), and \(expected) comes here."
    case .strayHintLine:
      "A hint begins with its number, as in \"1. …\"; the lines that continue it are indented."
    case .emptyHint: "The hint says nothing."
    case .badYAML(let problem):
      "This is not YAML: \(problem)."
        + (problem.hasPrefix("mapping values") ? " A text with \": \" in it needs quotes." : "")
    case .tooDeep: "The block is too wide or too deep to be read as YAML."
    case .emptyPart(let owner): "There is nothing in \(owner.english)."
    case .notAMapping(.check):
      "A check block is a mapping: optionally \"id:\", and \"all:\" before the list."
    case .notAMapping(let owner): "What is in \(owner.english) is not a mapping of keys to values."
    case .keyIsNoText: "A key must be a text."
    case .duplicateKey(let key): "The key \"\(key)\" is there twice."
    case .missingKey(let key, let owner): "There is no \"\(key):\" in \(owner.english)."
    case .unknownKey(let key, let owner, let nearest):
      "There is no key \"\(key)\" in \(owner.english)"
        + Self.suggestion(nearest, owner.names.joined(separator: ", "))
    case .wrongType(let key, let type): "\"\(key):\" must be \(type.english)."
    case .emptyValue(let key): "\"\(key):\" is empty."
    case .minutesOutOfRange(let minutes):
      "A lesson takes 1 to 60 minutes, and this one says \(minutes)."
    case .badName(let name):
      "\"\(name)\" is no name; a name has small letters, digits and hyphens, and begins with a "
        + "letter."
    case .repeatedID(let id, let line): "The id \"\(id)\" is taken, on line \(line)."
    case .repeatedConcept(let name, let key): "\"\(name)\" is in \"\(key):\" twice."
    case .unknownKind(let text, let nearest):
      "There is no kind \"\(text)\"" + Self.suggestion(nearest, "number, choice, mark")
    case .keyOfAnotherKind(let key, let kind): "A \(kind) has no \"\(key):\"."
    case .badMeasure(let text, let objection):
      "The answer \"\(text)\" is neither a whole number nor a measure: \(Self.ended(objection))"
    case .badInstant(let text, let objection):
      "\"\(text)\" is no moment of a run: \(Self.ended(objection))"
    case .badTolerance(let text, let needed):
      "The tolerance \"\(text)\" is not understood; it is \(needed.english)."
    case .fewOptions(let count): "A choice has at least two options, and this one has \(count)."
    case .answerIsNoOption(let answer, let options):
      "The answer \"\(answer)\" is none of the options: \(options.joined(separator: ", "))."
    case .wrongIsNoOption(let answer, let options):
      "The wrong answer \"\(answer)\" is none of the options: \(options.joined(separator: ", "))."
    case .wrongIsNoNumber(let answer): "The wrong answer \"\(answer)\" is no whole number."
    case .wrongIsRight(let answer): "The wrong answer \"\(answer)\" would be taken as right."
    case .badExpectation(let text, let objection):
      "The expectation \"\(text)\" is wrong: \(Self.ended(objection))"
    case .fewTranscripts(let count, let least, let isRight):
      "The lesson has \(count) \(isRight ? "right" : "wrong") transcripts and needs \(least)."
    case .rightFails(let verdict):
      "This right transcript does not pass: \(verdict.passedSteps) of \(verdict.steps.count) "
        + "steps are done, and \(verdict.predictionsRight) of \(verdict.predictionsMade) guesses "
        + "were right."
    case .messageNotSaid(let message): "The lesson does not say \"\(message)\"."
    case .messageShared(let message, let file):
      "\"\(message)\" is said in \(file) too, so it is no message of its own."
    case .hintTells(let word):
      "The hint holds \"\(word)\", a word of the answer; only the last may."
    case .wideScreen(let line): "A line of the screen is wider than 80 columns: \"\(line)\""
    case .transcriptName: "A transcript is named right-NAME.txt or wrong-NAME.txt."
    case .emptyTranscript: "The transcript has no lines to type."
    case .noMessage:
      "A wrong transcript begins with \"message: \" and words of the answer that it must get."
    case .messageInRight: "Only a wrong transcript says which message it gets."
    case .unknownConcept(let name, let nearest):
      "No lesson teaches \"\(name)\"" + (nearest.map { "; did you mean \"\($0)\"?" } ?? ".")
    case .taughtTooLate(let name, let lessons):
      "\"\(name)\" is needed here and taught only by what needs this lesson first: "
        + "\(lessons.joined(separator: ", "))."
    }
  }

  private static func english(_ markup: UnreadMarkup) -> String {
    switch markup {
    case .heading: "Only headings of steps, \"## …\", are allowed."
    case .fence: "A block begins with three backticks at the start of a line."
    case .list: "Lists have the mark \"- \" only, and no numbers."
    case .nestedList: "A list has one level, and its marks stand at the start of the line."
    case .quotation: "Quotations are not among the markup of lessons."
    case .table: "Tables are not among the markup of lessons; draw one in a text block."
    }
  }

  /// A clause that somebody else wrote, with a full stop if it has no end of its own.
  private static func ended(_ clause: String) -> String {
    clause.last.map { ".?!)".contains($0) } == true ? clause : clause + "."
  }

  private static func suggestion(_ nearest: String?, _ known: String) -> String {
    nearest.map { "; did you mean \"\($0)\"?" } ?? "; there are \(known)."
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
