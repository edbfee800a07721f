/// A declaration as far as the rules need it: what it is, where it is, who sees it.
struct Declaration: Sendable {
  /// What is declared: `struct`, `func`, `var`, `init`, `extension` and so on.
  let keyword: String
  /// What it is called; for an extension the extended type, for `init` and the like the keyword.
  let name: String
  /// The line of the keyword, counted from 1.
  let line: Int
  /// The line of the first attribute or modifier.
  let firstLine: Int
  let modifiers: Set<String>
  /// The line of the closing brace; the line of the keyword where there is no body.
  let lastLine: Int
  /// The declaration in whose body it stands, as an index into the file's declarations.
  let container: Int?
  /// The tokens between the name and the body, as words: what is inherited or conformed to.
  let heading: [String]

  static let typeKeywords: Set<String> = [
    "actor", "associatedtype", "class", "enum", "protocol", "struct", "typealias",
  ]

  var isType: Bool { Self.typeKeywords.contains(keyword) }

  /// Whether other modules see it by its own modifiers.
  var isExposed: Bool { !modifiers.isDisjoint(with: ["open", "package", "public"]) }

  /// Every declaration among the tokens of one file, in the order of the file.
  static func all(in tokens: [Token]) -> [Declaration] {
    DeclarationReader(tokens: tokens).declarations()
  }
}
