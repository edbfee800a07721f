import Testing

import Lessons

/// A lesson with a mistake in it, and the messages that it must get.
struct Mistake: Sendable, CustomTestStringConvertible {
  let old: String
  let new: String
  let messages: [String]

  init(_ old: String, _ new: String, _ messages: String...) {
    self.old = old
    self.new = new
    self.messages = messages
  }

  var testDescription: String { messages.joined(separator: " / ") }
}

@Suite struct LessonProblemTests {
  @Test(arguments: Mistake.inTheFile + Mistake.inBlocks + Mistake.inYAML + Mistake.inQuestions)
  func areAllTold(_ mistake: Mistake) {
    #expect(SampleLesson.text.contains(mistake.old))
    let problems = Self.problems(SampleLesson.replacing(mistake.old, mistake.new))
    #expect(problems == mistake.messages.map { "\(SampleLesson.file):\($0)" })
  }

  @Test func areAllToldAtOnce() {
    let text = SampleLesson.replacing("minutes: 10", "minutes: 61")
      .replacing("run word-count\n", with: "rum word-count\n")
      .replacing("kind: choice", with: "kind: chioce")
    #expect(
      Self.problems(text) == [
        "\(SampleLesson.file):4: A lesson takes 1 to 60 minutes, and this one says 61.",
        "\(SampleLesson.file):25: The command \"rum word-count\" is wrong: "
          + "write deploy or run or kill.",
        "\(SampleLesson.file):46: There is no kind \"chioce\"; did you mean \"choice\"?",
      ]
    )
  }

  @Test func areToldOfAnEmptyFile() {
    #expect(Self.problems("").map { $0.hasPrefix("\(SampleLesson.file):1: ") } == [true])
    #expect(
      Self.problems("---\ntitle: x\n") == [
        "\(SampleLesson.file):1: The front matter has no end; write a line \"---\" after it."
      ]
    )
  }

  @Test func areToldOfALessonWithoutSteps() {
    let text = String(SampleLesson.text.split(separator: "## Deploy")[0])
    #expect(
      Self.problems(text) == [
        "\(SampleLesson.file):12: The lesson has no steps; each begins with a heading \"## …\"."
      ]
    )
  }

  @Test func doNotComeFromDeepYAML() {
    let deep = String(repeating: "[", count: 100_000)
    let nested = String(repeating: "- ", count: 100_000)
    let tooDeep = "1: The block is too wide or too deep to be read as YAML."
    for (text, message) in [
      (deep, tooDeep), (nested, tooDeep),
      (String(repeating: "? ", count: 190), "4: A key must be a text."),
    ] {
      let problems = Self.problems(SampleLesson.replacing("minutes: 10", text))
      // Beside it, the line is too wide.
      #expect(problems.count == 2)
      #expect(problems.contains("\(SampleLesson.file):\(message)"), "\(problems)")
    }
  }

  private static func problems(_ text: String) -> [String] {
    do throws(LessonProblems) {
      _ = try SampleLesson.parsed(text)
      return []
    } catch {
      return error.all.map(\.description)
    }
  }
}
