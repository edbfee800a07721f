import Foundation
import Lessons
import Sandbox
import Testing

@Suite struct LessonLintTests {
  private static func problems(
    _ change: (String) -> String = { $0 },
    transcripts: ([Transcript]) throws -> [Transcript] = { $0 }
  ) throws -> [String] {
    let bundled = try BundledLesson("word-count")
    let text = try String(
      contentsOf: BundledLesson.root.appendingPathComponent("lessons/word-count/lesson.md"),
      encoding: .utf8
    )
    let lint = LessonLint(
      try BundledLesson.lesson(change(text)),
      try transcripts(bundled.transcripts),
      options: try BundledLesson.options()
    )
    return try lint.problems().all.map(\.description)
  }

  @Test func provesTheBundledLessons() throws {
    #expect(try Self.problems() == [])
  }

  @Test func seesARightTranscriptThatFails() throws {
    let problems = try Self.problems {
      $0.replacing("taskmanagers >= 3", with: "taskmanagers >= 9")
    }
    #expect(
      problems.contains { $0.contains("right-shortest.txt:") && $0.contains("does not pass") }
    )
  }

  @Test func seesAMessageThatIsNotSaid() throws {
    let problems = try Self.problems(
      { $0.replacing("Eight is the number", with: "That is the count") },
      transcripts: { $0.filter { $0.name == "all-tasks-need-slots" } }
    )
    #expect(
      problems.contains { $0.contains("wrong-all-tasks-need-slots.txt:1: The lesson does not") }
    )
  }

  @Test func seesAMessageThatIsNobodysOwn() throws {
    let problems = try Self.problems(transcripts: { transcripts in
      try transcripts.prefix(1) + [
        Transcript(
          parsing: "message: This step is done.\nb\n",
          file: "lessons/word-count/wrong-shared.txt"
        )
      ]
    })
    #expect(
      problems.contains { $0.contains("wrong-shared.txt:1:") && $0.contains("no message of") }
    )
  }

  @Test func seesAHintThatTells() throws {
    let problems = try Self.problems(
      {
        $0.replacing("3. There is a verb that lets a stretch", with: "3. With 2s you let a stretch")
      },
      transcripts: { $0.filter { $0.name == "shortest" } }
    )
    #expect(problems.contains { $0.contains("The hint holds \"2s\"") })
  }

  @Test func asksForEnoughTranscripts() throws {
    let problems = try Self.problems(transcripts: { $0.filter { $0.name == "shortest" } })
    #expect(problems.contains { $0.contains("1 right transcripts and needs 2") })
    #expect(problems.contains { $0.contains("0 wrong transcripts and needs 3") })
  }
}
