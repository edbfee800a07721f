/// Lines, functions and files stay within sizes that a reader can hold.
struct SizeLimits: Rule {
  let statement = "Lines, functions and files keep their limits"

  static let columns = 100
  static let functionLines = 70
  /// How long the cases of a function may be that is a table: then it may have any number of them.
  static let caseLines = 12
  static let fileLines = 400

  /// Something that has a size: a line, a function, a file.
  struct Sized: Sendable {
    let path: String
    let line: Int
    let what: String
    let size: Int
    let limit: Int
  }

  func violations(in repository: Repository) -> [Violation] {
    [lines(in: repository), functions(in: repository), files(in: repository)].joined()
      .filter { $0.size > $0.limit }
      .map { sized in
        Violation(
          path: sized.path,
          line: sized.line,
          message: "\(sized.what) of \(sized.size), the limit is \(sized.limit)"
        )
      }
  }

  /// The largest of each kind, as a line of text each.
  func largest(in repository: Repository) -> [String] {
    [lines(in: repository), functions(in: repository), files(in: repository)].compactMap { all in
      all.max { $0.size < $1.size }.map {
        "longest \($0.what): \($0.size) of \($0.limit) (\($0.path):\($0.line))"
      }
    }
  }

  private func lines(in repository: Repository) -> [Sized] {
    repository.files.filter(\.isSwift).flatMap { file in
      file.lines.enumerated().map { index, text in
        let columns = text.utf8.count > Self.columns ? text.count : text.utf8.count
        return Sized(
          path: file.path,
          line: index + 1,
          what: "line",
          size: columns,
          limit: Self.columns
        )
      }
    }
  }

  private func functions(in repository: Repository) -> [Sized] {
    let keywords: Set = ["deinit", "func", "init", "subscript", "var"]
    return repository.files.flatMap { file in
      file.declarations.filter { keywords.contains($0.keyword) && !isTable($0, of: file) }.map {
        Sized(
          path: file.path,
          line: $0.line,
          what: "function \($0.name)",
          size: $0.lastLine - $0.line + 1,
          limit: Self.functionLines
        )
      }
    }
  }

  /// Whether a function is nothing but one switch with short cases: one row for each.
  private func isTable(_ declaration: Declaration, of file: SourceFile) -> Bool {
    guard declaration.lastLine - declaration.line >= Self.functionLines else { return false }
    return file.switches.contains { table in
      guard table.longestCase <= Self.caseLines, table.line > declaration.line,
        table.tokens.lowerBound > 0, table.tokens.upperBound + 1 < file.tokens.count
      else { return false }
      let isReturned = file.tokens[table.tokens.lowerBound - 1].text == "return"
      let before = file.tokens[table.tokens.lowerBound - (isReturned ? 2 : 1)]
      let after = file.tokens[table.tokens.upperBound + 1]
      return before.text == "{" && after.text == "}" && after.line == declaration.lastLine
    }
  }

  private func files(in repository: Repository) -> [Sized] {
    repository.swiftFiles(in: "Sources/", "Examples/").map { file in
      let count = file.lines.last == "" ? file.lines.count - 1 : file.lines.count
      return Sized(path: file.path, line: 1, what: "file", size: count, limit: Self.fileLines)
    }
  }
}
