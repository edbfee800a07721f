import Foundation
import Testing

/// What the README shows is what the program prints.
@Suite struct ReadmeTests {
  private static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func readme() throws -> String {
    try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
  }

  /// The plain blocks between lines of backticks, in a section.
  private static func pictures(in section: String) throws -> [String] {
    let text = try #require(
      try readme().components(separatedBy: "## \(section)\n").dropFirst().first
    )
    let own = text.components(separatedBy: "\n## ")[0]
    return own.components(separatedBy: "```\n").enumerated().filter { $0.offset % 2 == 1 }
      .map(\.element)
  }

  @Test func thePicturesAreThoseOfTheLesson() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let output = try drey("lesson", "word-count", "--auto", columns: 80).output
    let pictures = try Self.pictures(in: "What it looks like")
    #expect(pictures.count == 2)
    for picture in pictures { #expect(output.contains(picture)) }
  }

  @Test func theObjectOfALessonIsAsItSays() throws {
    let drey = try Drey()
    defer { drey.cleanUp() }
    let outcome = try drey("lesson", "word-count", "--auto", "--json")
    #expect(try Self.readme().contains("    \(outcome.output)"))
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
    let readme = try Self.readme().components(separatedBy: .whitespacesAndNewlines).joined()
    let object = outcome.output.components(separatedBy: "\"wall_ms\"")[0]
    #expect(readme.contains(object.components(separatedBy: .whitespacesAndNewlines).joined()))
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
