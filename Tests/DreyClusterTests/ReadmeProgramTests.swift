import DreyCluster
import Foundation
import Testing

/// The README's first program is compiled here, does what is said of it, and stands there line by
/// line.
@Suite struct ReadmeProgramTests {
  private static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  @Test func theTextIsTheOneThatIsCompiled() throws {
    let readme = try Self.text("README.md")
    let blocks = readme.components(separatedBy: "```swift\n").dropFirst()
      .compactMap { $0.components(separatedBy: "```").first }
    let program = try #require(blocks.first { $0.hasPrefix("import DreyCluster\n") })
    let source = try Self.text("Tests/DreyClusterTests/FirstProgram.swift")
    let compiled = source.components(separatedBy: "throws {\n").dropFirst()
      .joined(separator: "throws {\n")
      .split(separator: "\n").dropLast().map { String($0.dropFirst(2)) }
    let lines = program.split(separator: "\n").dropFirst().map(String.init)
    #expect(lines == compiled)
    #expect(lines.count <= 12)
  }

  @Test func itDoesWhatTheReadmeSays() throws {
    var printed: [String] = []
    try runFirstProgram { items in
      printed.append(items.map { "\($0)" }.joined(separator: " "))
    }
    #expect(try Self.text("README.md").contains("It prints `\(printed[0])`"))
    #expect(printed[1].contains("FINISHED"))
  }
}
