/// What walks the keys or values of a dictionary sorts them, or says why order cannot matter.
///
/// Text does not tell a dictionary from another type with such a property, so members that only
/// ask or change (`count`, `contains`, an assignment) are let pass, and so are `self` and what no
/// dictionary can do: to be subscripted by an index, or advanced like a pointer.
struct UnorderedCollections: Rule {
  let statement = "Nothing depends on the order of a dictionary"

  private static let innocentMembers: Set<String> = [
    "allSatisfy", "append", "contains", "count", "isEmpty", "max", "min", "removeAll",
    "removeLast", "reserveCapacity", "sorted", "swapAt",
  ]

  func violations(in repository: Repository) -> [Violation] {
    repository.swiftFiles(in: "Sources/").flatMap { file in
      file.tokens.indices.filter { isSuspicious(file, at: $0) }.map { index in
        file.violation(
          file.tokens[index].line,
          ".\(file.tokens[index].text) without .sorted, and no `// order: …` says why"
        )
      }
    }
  }

  private func isSuspicious(_ file: SourceFile, at index: Int) -> Bool {
    let tokens = file.tokens
    guard ["keys", "values"].contains(tokens[index].text), index > 1,
      tokens[index - 1].text == ".", tokens[index].isGlued
    else { return false }
    if tokens[index - 2].text == "self" { return false }
    let line = tokens[index].line - 1
    if file.comments[line].contains("// order:") || isSorted(file, line: line) { return false }
    let after = tokens.dropFirst(index + 1).prefix(2).map(\.text)
    return switch after.first {
    case ".": !Self.innocentMembers.contains(after.last ?? "")
    case "[", "+": false
    case "=": after.last == "="
    default: true
    }
  }

  /// Whether the chain of calls that begins on the line sorts, there or on the lines after it.
  private func isSorted(_ file: SourceFile, line: Int) -> Bool {
    let next = file.code.dropFirst(line + 1).prefix { $0.drop { $0 == " " }.first == "." }
    return (file.code[line...line] + next).contains { $0.contains(".sorted") }
  }
}
