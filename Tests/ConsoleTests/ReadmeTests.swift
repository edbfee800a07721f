import Foundation
import Testing

/// What the README and the documents show is what the program prints.
@Suite struct ReadmeTests {
  private static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func document(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// A section of a document.
  private static func section(_ name: String, of path: String) throws -> String {
    let text = try #require(
      try document(path).components(separatedBy: "## \(name)\n").dropFirst().first
    )
    return text.components(separatedBy: "\n## ")[0]
  }

  /// The plain blocks between lines of backticks, in a section.
  private static func pictures(in section: String, of path: String) throws -> [String] {
    try self.section(section, of: path).components(separatedBy: "```\n").enumerated()
      .filter { $0.offset % 2 == 1 }
      .map(\.element)
  }

  @Test func thePicturesAreThoseOfTheLesson() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let output = try drey("lesson", "word-count", "--auto", columns: 80).output
    let pictures = try Self.pictures(in: "What the demo shows", of: "docs/running-jobs.md")
    #expect(pictures.count == 2)
    for picture in pictures { #expect(output.contains(picture)) }
  }

  /// The picture of the README is what the commands beneath it show.
  @Test func thePictureOfTheReadmeIsWhatItsCommandsShow() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let picture = try #require(
      try Self.pictures(in: "What it looks like", of: "README.md").first
    )
    let text = try Self.section("What it looks like", of: "README.md")
      .components(separatedBy: "```\n")[2]
    let commands = text.split(separator: "\n").filter { $0.hasPrefix("    ") }
      .map { String($0.dropFirst(4)) }
    #expect(commands.count == 5)
    let typed = (commands + ["show run", "quit"]).joined(separator: "\n") + "\n"
    let output = try drey.call(["lesson", "word-count"], columns: 80, input: typed).output
    #expect(output.contains(picture))
  }

  @Test func theObjectOfALessonIsAsItSays() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try drey("lesson", "word-count", "--auto", "--json")
    #expect(try Self.document("docs/reading-a-runs-json.md").contains("    \(outcome.output)"))
  }

  @Test func theObjectOfTheDemoIsAsItSays() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try drey(
      "run",
      "word-count",
      "--parallelism",
      "2",
      "--rate",
      "20/s",
      "--checkpoint-interval",
      "1s",
      "--fail",
      "kill tm-1 at 3s",
      "--json"
    )
    let text = try Self.document("docs/reading-a-runs-json.md")
      .components(separatedBy: .whitespacesAndNewlines).joined()
    let object = outcome.output.components(separatedBy: "\"wall_ms\"")[0]
    #expect(text.contains(object.components(separatedBy: .whitespacesAndNewlines).joined()))
  }

  @Test func variantsAreJobsByName() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let byVariant = try drey("run", "word-count", "--variant", "normalised", "--json").json()
    let byName = try drey("run", "word-count-normalised", "--json").json()
    #expect(byVariant["digest"] as? String == byName["digest"] as? String)
    let wrong = try drey("run", "word-count", "--variant", "plane")
    #expect(wrong.status == 2 && wrong.complaint.contains("unknown variant \"plane\""))
  }
}
