import Rendering
import SimulationKernel
import Testing

import Lessons

@Suite struct LessonDocumentTests {
  let lesson: LessonDocument

  init() throws {
    lesson = try SampleLesson.parsed()
  }

  @Test func readsTheFrontMatter() {
    #expect(lesson.name == "word-count")
    #expect(lesson.front.title == "Word count")
    #expect(lesson.front.summary == "Words of a text, counted by three TaskManagers.")
    #expect(lesson.front.minutes == 10)
    #expect(lesson.front.seed == 7)
    #expect(lesson.front.teaches.map(\.name) == ["plan", "job-graph"])
    #expect(lesson.front.needs.map { "\($0.name) \($0.line)" } == ["stream 6"])
    #expect(lesson.opening?.line == 10)
    #expect(
      lesson.opening?.prose.blocks == [
        .paragraph([
          Prose.Span("The opening has "), Prose.Span("strong", .strong), Prose.Span(" words and "),
          Prose.Span("code", .code), Prose.Span("."),
        ])
      ]
    )
  }

  @Test func readsStepsAndCommands() throws {
    #expect(lesson.steps.map(\.heading) == ["Deploy", "Predict", "Check"])
    #expect(lesson.steps.map(\.line) == [13, 28, 78])
    #expect(lesson.steps.map(\.number) == [1, 2, 3])
    let blocks = lesson.steps[0].blocks
    #expect(blocks.map(\.line) == [15, 22])
    guard case .text(let text) = blocks[0], case .commands(let commands, _) = blocks[1] else {
      Issue.record("the blocks are of other kinds")
      return
    }
    #expect(
      text.prose.blocks == [
        .item([Prose.Span("one")]), .item([Prose.Span("two")]), .verbatim(["a --> b"]),
      ]
    )
    #expect(commands.map(\.text) == ["deploy standalone --taskmanagers 3", "run word-count"])
    #expect(commands.map(\.comment) == ["one is to spare", nil])
    #expect(commands.map(\.line) == [24, 25])
  }

  @Test func readsPredictions() {
    let predictions = lesson.steps[1].blocks.compactMap { block in
      if case .prediction(let prediction) = block { prediction } else { nil }
    }
    #expect(predictions.map(\.id) == ["rows", "who", "when"])
    #expect(predictions.map(\.line) == [30, 43, 57])
    #expect(
      predictions[0].kind
        == .number(.measure(LessonLine("rows of word-count", line: 34)), tolerance: .percent(10))
    )
    #expect(predictions[0].wrong.map(\.answer) == [.number(449), .number(12)])
    #expect(predictions[0].wrong.map(\.line) == [38, 39])
    if case .choice(let options, let answer) = predictions[1].kind {
      #expect(options.map(\.key) == ["jm", "no"])
      #expect(options.map(\.text) == ["The JobMaster", "Nobody"])
      #expect(options.map(\.line) == [48, 49])
      #expect(answer == "jm")
    } else {
      Issue.record("\(predictions[1].kind)")
    }
    #expect(predictions[1].wrong.map(\.answer) == [.option("no")])
    if case .mark(let mark) = predictions[2].kind {
      #expect(mark.instant == LessonLine("instant running", line: 61))
      #expect(mark.origin == LessonLine("instant killed", line: 62))
      #expect(mark.tolerance == .seconds(3))
    } else {
      Issue.record("\(predictions[2].kind)")
    }
    #expect(predictions[2].otherwise == "No.\nLook again.")
  }

  @Test func readsChecksAndHints() {
    if case .check(let check) = lesson.steps[2].blocks.last {
      #expect(check.id == "recovered")
      #expect(check.line == 82)
      #expect(
        check.expectations.map(\.text) == ["job word-count FINISHED", "job word-count restarts 1"]
      )
      #expect(
        check.expectations.map(\.otherwise) == [
          "The job has not finished yet.", "It was never killed: kill it.",
        ]
      )
      #expect(check.expectations.map(\.line) == [85, 87])
    } else {
      Issue.record("the last block is no check")
    }
    #expect(lesson.steps[0].hints.isEmpty)
    #expect(
      lesson.steps[1].hints.map(\.text) == [
        "A nudge.", "The concept, on two lines.", "The next step.", "The answer.",
      ]
    )
    #expect(lesson.steps[1].hints.map(\.line) == [71, 72, 74, 75])
  }

  @Test func isTheSameWithOtherLineBreaks() throws {
    let text =
      "\u{FEFF}"
      + SampleLesson.text.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\r\n")
    #expect(try SampleLesson.parsed(text) == lesson)
  }

  @Test func hasAnotherHashForEveryText() throws {
    #expect(lesson.contentHash.utf8.count == 16)
    let other = try SampleLesson.parsed(SampleLesson.replacing("Wait", "Waste"))
    #expect(other.contentHash != lesson.contentHash)
  }

  @Test func acceptsNumbersWithinTheirTolerance() {
    #expect(Prediction.Tolerance.percent(10).accepts(110, truth: 100))
    #expect(!Prediction.Tolerance.percent(10).accepts(111, truth: 100))
    #expect(Prediction.Tolerance.absolute(0).accepts(-3, truth: -3))
    #expect(!Prediction.Tolerance.absolute(1).accepts(.max, truth: .min))
    #expect(!Prediction.Tolerance.percent(100).accepts(.max, truth: .min))
    #expect(Prediction.Tolerance.percent(100).accepts(0, truth: .min))
  }
}
