import Foundation

/// The examples of doc comments and documents, and the files that are compiled.
struct DocumentedExamples {
  /// A block of Swift in a doc comment or a document.
  struct Block: CustomStringConvertible {
    let path: String
    let line: Int
    let code: [String]

    var description: String { "\(path):\(line)" }
  }

  /// A public declaration, and whether its doc comment has an example.
  struct PublicDeclaration {
    let path: String
    let line: Int
    let name: String
    let hasExample: Bool
  }

  static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The lines of a file, by its path from the root.
  static func lines(of path: String) throws -> [String] {
    let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The Swift files in a folder and below it, in the order of their paths.
  static func swiftFiles(in folder: String) -> [String] {
    let found = FileManager.default.subpaths(atPath: root.appending(path: folder).path) ?? []
    return found.filter { $0.hasSuffix(".swift") }.sorted().map { "\(folder)/\($0)" }
  }

  /// The blocks of Swift in the doc comments of a source file, or in a document.
  static func blocks(in path: String) throws -> [Block] {
    let isSource = path.hasSuffix(".swift")
    var blocks: [Block] = []
    var code: [String]?
    for (index, line) in try lines(of: path).enumerated() {
      let trimmed = line.drop { $0 == " " }
      guard !isSource || trimmed.hasPrefix("///") else { continue }
      let text = isSource ? String(trimmed.dropFirst(trimmed.hasPrefix("/// ") ? 4 : 3)) : line
      if text == "```swift" {
        code = []
      } else if text == "```", let lines = code {
        blocks.append(Block(path: path, line: index - lines.count, code: lines))
        code = nil
      } else {
        code?.append(text)
      }
    }
    return blocks
  }

  /// Whether a block's lines stand in one of the texts, one after the other, up to an indentation
  /// that they have in common.
  static func stands(_ block: Block, in texts: [[String]]) -> Bool {
    guard let first = block.code.first else { return true }
    return texts.contains { text in
      text.indices.contains { start in
        guard text[start].hasSuffix(first), start + block.code.count <= text.count else {
          return false
        }
        let indentation = String(text[start].dropLast(first.count))
        guard indentation.allSatisfy({ $0 == " " }) else { return false }
        return zip(block.code, text[start...]).allSatisfy { line, standing in
          standing == (line.isEmpty ? "" : indentation + line)
        }
      }
    }
  }

  /// The public declarations of a source file that a program can name.
  static func publicDeclarations(in path: String) throws -> [PublicDeclaration] {
    let lines = try lines(of: path).map { String($0.drop { $0 == " " }) }
    let keywords: Set = ["class", "func", "init", "protocol", "struct", "var"]
    let modifiers: Set = ["convenience", "final", "mutating", "static"]
    return lines.indices.compactMap { index in
      guard lines[index].hasPrefix("public ") else { return nil }
      let words = lines[index].split { !$0.isLetter && !$0.isNumber && $0 != "(" }.map(String.init)
        .dropFirst().drop { modifiers.contains($0) }
      guard let keyword = words.first?.prefix(while: { $0 != "(" }),
        keywords.contains(String(keyword))
      else { return nil }
      var above = index - 1
      while above > 0, lines[above].hasPrefix("@") { above -= 1 }
      var hasExample = false
      while above >= 0, lines[above].hasPrefix("///") {
        if lines[above] == "/// ```swift" { hasExample = true }
        above -= 1
      }
      let name = keyword == "init" ? "init" : words.dropFirst().first ?? ""
      return PublicDeclaration(
        path: path,
        line: index + 1,
        name: String(name.prefix { $0 != "(" }),
        hasExample: hasExample
      )
    }
  }
}
