/// Names are the field's nouns, without noise, and files are named after what they hold.
struct Naming: Rule {
  let statement = "Types and files bear the field's names"

  private static let endings = ["Data", "Helper", "Helpers", "Impl", "Info", "Util", "Utils"]
  private static let beginnings = ["Abstract", "Base", "Default"]
  /// Flink's own two.
  private static let managers = ["ResourceManager", "TaskManager"]

  func violations(in repository: Repository) -> [Violation] {
    repository.swiftFiles(in: "Sources/", "Tests/").flatMap { file -> [Violation] in
      let types = file.declarations.filter(\.isType).compactMap { type in
        objection(to: type.name).map { file.violation(type.line, $0) }
      }
      let parts = file.name.dropLast(".swift".count).split(separator: "+").map(String.init)
      let names = parts.compactMap(objection(to:)).map { file.violation(1, $0) }
      let title = file.path.hasPrefix("Sources/") ? titleObjection(to: parts, in: file) : nil
      return types + names + (title.map { [file.violation(1, $0)] } ?? [])
    }
  }

  private func objection(to name: String) -> String? {
    if let ending = Self.endings.first(where: { name.hasSuffix($0) }) {
      return "\(name) ends in \(ending), which says nothing"
    }
    if let beginning = Self.beginnings.first(where: { begins(name, with: $0) }) {
      return "\(name) begins with \(beginning), which says nothing"
    }
    if name.contains("Manager"), !Self.managers.contains(where: { name.contains($0) }) {
      return "\(name): only TaskManager and ResourceManager are managers"
    }
    return nil
  }

  /// Whether the word stands alone at the beginning: `BaseTable`, and not `Basement`.
  private func begins(_ name: String, with word: String) -> Bool {
    name.hasPrefix(word) && name.dropFirst(word.count).first?.isLowercase != true
  }

  private func titleObjection(to parts: [String], in file: SourceFile) -> String? {
    guard let title = parts.first, file.name != "main.swift", !file.declarations.isEmpty else {
      return nil
    }
    if parts.count > 1 {
      return extends(title, in: file) ? nil : "the file extends no \(title)"
    }
    let types = file.declarations.filter(\.isType)
    if types.contains(where: { $0.name == title }) { return nil }
    // A file without a type may be named after a function: Invariant.swift for invariant(_:).
    let function = title.prefix(1).lowercased() + title.dropFirst()
    let holdsFunction = file.declarations.contains {
      $0.container == nil && $0.keyword == "func" && $0.name == function
    }
    return types.isEmpty && holdsFunction ? nil : "the file declares no \(title)"
  }

  /// Whether the file extends the type, or another type with it.
  private func extends(_ type: String, in file: SourceFile) -> Bool {
    file.declarations.contains {
      $0.keyword == "extension" && ($0.name.hasSuffix(type) || $0.heading.contains(type))
    }
  }
}
