/// What other modules see carries a doc comment.
///
/// The formatter checks `public` and does not look at `package`; this looks at both, and at the
/// requirements of protocols, which carry no access level of their own.
struct DocumentedDeclarations: Rule {
  let statement = "Every public and package declaration has a doc comment"

  func violations(in repository: Repository) -> [Violation] {
    repository.swiftFiles(in: "Sources/", "Examples/").flatMap { file in
      file.declarations.filter { needsComment($0, in: file) && !hasComment($0, in: file) }.map {
        file.violation($0.line, "\($0.keyword) \($0.name) has no doc comment")
      }
    }
  }

  private func needsComment(_ declaration: Declaration, in file: SourceFile) -> Bool {
    if declaration.keyword == "extension" || declaration.modifiers.contains("override") {
      return false
    }
    if declaration.isExposed { return true }
    guard let container = declaration.container.map({ file.declarations[$0] }) else { return false }
    return container.keyword == "protocol" && container.isExposed
  }

  /// Looks upward from the first line of the declaration, past ordinary comments.
  private func hasComment(_ declaration: Declaration, in file: SourceFile) -> Bool {
    for index in (0..<(declaration.firstLine - 1)).reversed() {
      let comment = file.comments[index].drop { $0 == " " }
      let isOnlyComment = !comment.isEmpty && file.code[index].allSatisfy { $0 == " " }
      guard isOnlyComment else { return false }
      if comment.hasPrefix("///") || comment.hasSuffix("*/") { return true }
    }
    return false
  }
}
