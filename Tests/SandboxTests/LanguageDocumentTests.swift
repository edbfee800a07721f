import Foundation
import Sandbox
import Testing

/// The document of the language says what the grammar does.
@Suite struct LanguageDocumentTests {
  private static let text = try? String(
    contentsOf: URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("docs/language.md"),
    encoding: .utf8
  )

  @Test func everyCommandInTheTableParses() throws {
    let text = try #require(Self.text)
    var verbs: [String] = []
    for line in text.split(separator: "\n") where line.hasPrefix("| `") {
      let command = line.split(separator: "`")[1]
      #expect(throws: Never.self) { _ = try Command(parsing: String(command)) }
      verbs.append(String(command.split(separator: " ")[0]))
    }
    for rule in CommandGrammar.rules { #expect(verbs.contains(rule.verb), "\(rule.verb)") }
  }

  @Test func everyExpectationAndMeasureIsThere() throws {
    let text = try #require(Self.text)
    let expectations = text.split(separator: "## Expectations")[1].split(separator: "##")[0]
    for line in expectations.split(separator: "\n") where line.hasPrefix("    ") {
      let shape = line.dropFirst(4).prefix(36).split(separator: "  ")[0]
      #expect(throws: Never.self) { _ = try Expectation(parsing: String(shape)) }
    }
    for quantity in Measure.Quantity.allCases {
      #expect(text.contains(" \(quantity.rawValue)"), "\(quantity.rawValue)")
    }
    for subject in ShowRequest.Subject.allCases { #expect(text.contains("`\(subject.rawValue)")) }
    for word in ["killed tm-1", "lost", "failed", "restarting", "futile", "running", "recovered"] {
      _ = try Moment(parsing: word)
    }
  }
}
