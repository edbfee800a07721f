/// A target imports only what comes before it in the house, and from outside only what it may.
struct ImportOrder: Rule {
  let statement = "A target imports only targets that come before it in the house"

  func violations(in repository: Repository) -> [Violation] {
    repository.swiftFiles(in: "Sources/").flatMap { file -> [Violation] in
      guard let target = House.target(ofPath: file.path) else { return [] }
      return imports(of: file).compactMap { line, module in
        objection(to: module, in: target, comment: file.comments[line - 1])
          .map { file.violation(line, $0) }
      }
    }
  }

  /// The modules that a file imports, whatever attribute, access level or kind stands around.
  private func imports(of file: SourceFile) -> [(line: Int, module: String)] {
    let kinds: Set = ["class", "enum", "func", "let", "protocol", "struct", "typealias", "var"]
    let tokens = file.tokens
    return tokens.indices.filter { tokens[$0].text == "import" }.compactMap { index in
      let next = index + 1
      let name =
        tokens.indices.contains(next) && kinds.contains(tokens[next].text) ? next + 1 : next
      guard tokens.indices.contains(name) else { return nil }
      return (tokens[index].line, tokens[name].text)
    }
  }

  private func objection(to module: String, in target: String, comment: String) -> String? {
    if let outsider = House.outsiders.first(where: { $0.module == module }) {
      return objection(to: outsider, in: target, comment: comment)
    }
    guard let from = House.floor(of: target) else { return nil }
    guard let to = House.floor(of: module) else {
      return "imports \(module), which is neither in the house nor among its outsiders"
    }
    if to > from { return "\(target) imports \(module), which comes after it" }
    if to == from { return "\(target) imports its peer \(module)" }
    if House.fences.contains(where: {
      $0.targets.contains(target) && $0.forbidden.contains(module)
    }) {
      return "\(target) must not know \(module)"
    }
    return nil
  }

  private func objection(
    to outsider: House.Outsider,
    in target: String,
    comment: String
  ) -> String? {
    guard let targets = outsider.targets, !targets.contains(target) else { return nil }
    guard outsider.targetsWithReason.contains(target) else {
      return "\(target) must not import \(outsider.module)"
    }
    return comment.contains(where: \.isLetter)
      ? nil : "\(target) imports \(outsider.module) without a reason in a comment on the line"
  }
}
