import RecordFormats
import ReferenceJobs
import Foundation
import Lessons
import Rendering
import Sandbox
import StreamOperators
import Testing

/// A lesson that comes with Drey, read from the repository.
struct BundledLesson {
  static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  let lesson: LessonDocument
  let transcripts: [Transcript]

  init(_ name: String) throws {
    let folder = Self.root.appendingPathComponent("lessons/\(name)")
    let text = try String(contentsOf: folder.appendingPathComponent("lesson.md"), encoding: .utf8)
    lesson = try Self.lesson(text, name)
    transcripts = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".txt") }.sorted().map { file in
        let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
        return try Transcript(parsing: text, file: "lessons/\(name)/\(file)")
      }
  }

  /// A lesson whose commands and expectations are those of the sandbox.
  static func lesson(_ text: String, _ name: String = "word-count") throws -> LessonDocument {
    func objection(_ read: () throws -> Void) -> String? {
      do {
        try read()
        return nil
      } catch { return "\(error)" }
    }
    let syntax = LessonSyntax(
      command: { text in objection { _ = try Command(parsing: text) } },
      expectation: { text in objection { _ = try Expectation(parsing: text) } },
      measure: { text in objection { _ = try Measure(parsing: text) } },
      instant: { text in objection { _ = try Moment(parsing: text) } }
    )
    return try LessonDocument(parsing: text, file: "lessons/\(name)/lesson.md", syntax: syntax)
  }

  /// What sessions are made of: the bundled text, whatever is asked for.
  static func options() throws -> SandboxOptions {
    let text = try Data(contentsOf: root.appendingPathComponent("datasets/demo/the-nest.txt"))
    return SandboxOptions(
      catalogue: .reference,
      inputs: SingleInput(SessionInput(InputBytes(Array(text))))
    )
  }

  func player() throws -> LessonPlayer {
    LessonPlayer(lesson, options: try Self.options())
  }

  func transcript(_ name: String) throws -> Transcript {
    try #require(transcripts.first { $0.name == name })
  }

  /// What is seen when lines are typed, drawn in a way.
  func screen(_ lines: [String], width: Int, style: TextStyle) throws -> [String] {
    let player = try player()
    let page = LessonPage(width: width, style: style)
    var screen = page.lines(of: try player.begin())
    for line in lines {
      screen += ["", page.prompt + line, ""] + page.lines(of: try player.enter(line))
    }
    return screen
  }
}
