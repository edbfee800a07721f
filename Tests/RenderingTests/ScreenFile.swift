import Foundation
import Testing

import Rendering

/// A golden screen: text as it was agreed on, kept in `Screens`.
///
/// With `UPDATE_SCREENS=1` in the environment the file is written anew instead of compared.
enum ScreenFile {
  static func expect(
    _ lines: [String],
    named name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appendingPathComponent("\(name).txt")
    let text = lines.joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["UPDATE_SCREENS"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let agreed = try String(contentsOf: file, encoding: .utf8)
    let difference = firstDifference(text, agreed)
    #expect(difference == nil, "\(name).txt", sourceLocation: sourceLocation)
  }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Screens")

  private static func firstDifference(_ ours: String, _ agreed: String) -> String? {
    let our = ours.split(separator: "\n", omittingEmptySubsequences: false)
    let other = agreed.split(separator: "\n", omittingEmptySubsequences: false)
    for line in 0..<max(our.count, other.count) {
      let mine = line < our.count ? String(our[line]) : "nothing"
      let expected = line < other.count ? String(other[line]) : "nothing"
      if mine != expected { return "line \(line + 1): \(mine)\n  agreed on: \(expected)" }
    }
    return nil
  }
}

/// A way to draw: every screen is tested in each.
struct Way: Sendable, CustomTestStringConvertible {
  let width: Int
  let style: TextStyle

  static let all: [Way] = [60, 80, 120].flatMap { width in
    TextStyle.Characters.allCases.flatMap { characters in
      [false, true].map {
        Way(width: width, style: TextStyle(characters: characters, isColoured: $0))
      }
    }
  }

  var name: String {
    let characters = style.characters == .unicode ? "unicode" : "ascii"
    return "\(width)-\(characters)" + (style.isColoured ? "-colour" : "")
  }

  var testDescription: String { name }

  /// Lines as they are written.
  func text(_ lines: [TextLine]) -> [String] { lines.rendered(width: width, style) }

  /// The lines that are wider than they may be.
  func tooWide(_ lines: [String]) -> [String] {
    lines.filter { DisplayWidth.of(Self.withoutColour($0)) > width }
  }

  /// The lines with anything but printable ASCII.
  static func beyondASCII(_ lines: [String]) -> [String] {
    lines.filter { line in
      withoutColour(line).unicodeScalars.contains { !(0x20..<0x7F).contains($0.value) }
    }
  }

  static func withoutColour(_ line: String) -> String {
    line.replacing(/\u{1B}\[[0-9]+m/, with: "")
  }
}
