/// What can be wrong with the files of a lesson: an id with its arguments, and its English text.
package enum LessonPhrase: Equatable, Sendable {
  // The file.
  case tab
  case controlCharacter(UInt32)
  case wideLine(Int, limit: Int)
  case noFrontMatter
  case unclosedFrontMatter
  case noSteps
  case emptyHeading
  case emptyStep(String)
  case unreadMarkup(UnreadMarkup)
  // Blocks.
  case unknownBlock(String, nearest: String?)
  case unclosedBlock(String)
  case blockBeforeSteps(String)
  case noCommands
  case badCommand(String, String)
  case noHints(String)
  case secondHintBlock
  case hintCount(Int)
  case hintOutOfOrder(String, expected: Int)
  case strayHintLine
  case emptyHint
  // YAML.
  case badYAML(String)
  case tooDeep
  case emptyPart(Owner)
  case notAMapping(Owner)
  case keyIsNoText
  case duplicateKey(String)
  case missingKey(String, Owner)
  case unknownKey(String, Owner, nearest: String?)
  case wrongType(String, ValueType)
  case emptyValue(String)
  case minutesOutOfRange(Int)
  case badName(String)
  case repeatedID(String, firstLine: Int)
  case repeatedConcept(String, key: String)
  // Predictions and checks.
  case unknownKind(String, nearest: String?)
  case keyOfAnotherKind(String, kind: String)
  case badMeasure(String, String)
  case badInstant(String, String)
  case badTolerance(String, needed: ValueType)
  case fewOptions(Int)
  case answerIsNoOption(String, options: [String])
  case wrongIsNoOption(String, options: [String])
  case wrongIsNoNumber(String)
  case wrongIsRight(String)
  case badExpectation(String, String)
  // Transcripts.
  case transcriptName
  case emptyTranscript
  case noMessage
  case messageInRight
  // Proofs.
  case fewTranscripts(Int, least: Int, isRight: Bool)
  case rightFails(LessonVerdict)
  case messageNotSaid(String)
  case messageShared(String, with: String)
  case hintTells(String)
  case wideScreen(String)
  // Several lessons.
  case unknownConcept(String, nearest: String?)
  case taughtTooLate(String, by: [String])

  /// A part of a lesson that is written in YAML.
  package enum Owner: Equatable, Sendable {
    case frontMatter, predict, check, expectation, options, wrong

    /// The names of its fields; empty where its author chooses them.
    var names: [String] {
      switch self {
      case .frontMatter: ["title", "summary", "minutes", "teaches", "needs", "seed"]
      case .predict:
        [
          "id", "ask", "kind", "answer", "options", "from", "tolerance", "right", "wrong",
          "otherwise", "known",
        ]
      case .check: ["id", "all"]
      case .expectation: ["when", "expect", "else"]
      case .options, .wrong: []
      }
    }

    /// Its name in a sentence.
    var english: String {
      switch self {
      case .frontMatter: "the front matter"
      case .predict: "a predict block"
      case .check: "a check block"
      case .expectation: "an expectation"
      case .options: "\"options:\""
      case .wrong: "\"wrong:\""
      }
    }
  }

  /// What a value must be.
  package enum ValueType: Equatable, Sendable {
    case text, wholeNumber, names, expectations, numberTolerance, duration

    /// Its name in a sentence.
    var english: String {
      switch self {
      case .text: "a text"
      case .wholeNumber: "a whole number"
      case .names: "a list of names, such as [plan, job-graph]"
      case .expectations: "a list of \"- expect:\" with \"else:\""
      case .numberTolerance: "a whole number such as 5, or a share such as 10%"
      case .duration: "a length of time such as 500ms or 3s"
      }
    }
  }
}
