/// Finds declarations among the tokens of a file.
///
/// It is no parser: it knows where a declaration begins, where its body opens, and nothing of
/// expressions. That is enough for rules about names, comments and lengths.
struct DeclarationReader {
  private static let modifiers: Set<String> = [
    "borrowing", "class", "consuming", "convenience", "dynamic", "fileprivate", "final",
    "indirect", "infix", "internal", "isolated", "lazy", "mutating", "nonisolated",
    "nonmutating", "open", "override", "package", "postfix", "prefix", "private", "public",
    "required", "static", "unowned", "weak",
  ]

  private static let keywords: Set<String> = [
    "actor", "associatedtype", "class", "deinit", "enum", "extension", "func", "init", "let",
    "protocol", "struct", "subscript", "typealias", "var",
  ]

  private let tokens: [Token]
  /// For the index of an opening bracket the index of the one that closes it, and the reverse.
  private let partners: [Int: Int]

  init(tokens: [Token]) {
    self.tokens = tokens
    var partners: [Int: Int] = [:]
    var open: [Int] = []
    for (index, token) in tokens.enumerated() {
      switch token.text {
      case "{", "(", "[":
        open.append(index)
      case "}", ")", "]":
        guard let start = open.popLast() else { continue }
        partners[start] = index
        partners[index] = start
      default: break
      }
    }
    self.partners = partners
  }

  func declarations() -> [Declaration] {
    var found: [Declaration] = []
    var enclosing: [(declaration: Int, end: Int)] = []
    for index in tokens.indices where startsDeclaration(index) {
      enclosing.removeAll { $0.end < index }
      let modifiers = modifiers(before: index)
      let body = body(after: index)
      let end = body.flatMap { partners[$0] }
      let name = name(after: index)
      found.append(
        Declaration(
          keyword: tokens[index].text,
          name: name.text,
          line: tokens[index].line,
          firstLine: tokens[modifiers.start].line,
          modifiers: modifiers.words,
          lastLine: end.map { tokens[$0].line } ?? tokens[index].line,
          container: enclosing.last?.declaration,
          heading: body.map { tokens[min(name.end, $0)..<$0].map(\.text) } ?? []
        )
      )
      if let end { enclosing.append((found.count - 1, end)) }
    }
    return found
  }

  private func text(_ index: Int) -> String {
    tokens.indices.contains(index) ? tokens[index].text : ""
  }

  private func startsDeclaration(_ index: Int) -> Bool {
    let word = tokens[index].text
    guard Self.keywords.contains(word) else { return false }
    let (before, after) = (text(index - 1), text(index + 1))
    if before == "." || before == "import" || after == ":" { return false }
    return switch word {
    case "init": ["(", "?", "!", "<"].contains(after)
    case "subscript": ["(", "<"].contains(after)
    case "class": !Self.modifiers.contains(after) && !Self.keywords.contains(after)
    case "actor": ["{", ":", "<"].contains(text(index + 2)) && !["let", "var"].contains(before)
    default: true
    }
  }

  /// The modifiers before a keyword, and the index of the first token that belongs to them.
  private func modifiers(before keyword: Int) -> (words: Set<String>, start: Int) {
    var words: Set<String> = []
    var start = keyword
    while start > 0 {
      var head = start - 1
      var hasArguments = false
      if text(head) == ")", let open = partners[head], open > 0 {
        head = open - 1
        hasArguments = true
      }
      if text(head - 1) == "@" {
        start = head - 1
      } else if Self.modifiers.contains(text(head)) {
        words.insert(hasArguments ? text(head) + "()" : text(head))
        start = head
      } else {
        break
      }
    }
    return (words, start)
  }

  /// The name that follows a keyword, and the index of the token after it.
  private func name(after keyword: Int) -> (text: String, end: Int) {
    switch tokens[keyword].text {
    case "init", "deinit", "subscript":
      return (tokens[keyword].text, keyword + 1)
    default:
      var end = keyword + 2
      while tokens.indices.contains(end), tokens[end].isGlued, text(end) == "." { end += 2 }
      end = min(end, tokens.count)
      return (tokens[min(keyword + 1, end)..<end].map(\.text).joined(), end)
    }
  }

  /// The index of the brace that opens the body, if there is one.
  private func body(after keyword: Int) -> Int? {
    let isProperty = tokens[keyword].text == "var"
    if tokens[keyword].text == "let" || isProperty && text(keyword + 2) != ":" { return nil }
    var index = keyword + 1
    while index < tokens.count {
      switch text(index) {
      case "{": return index
      case "}": return nil
      case "=" where isProperty: return nil
      case "(", "[": index = partners[index] ?? tokens.count
      case let word where Self.keywords.contains(word) && index > keyword + 1:
        if startsDeclaration(index) { return nil }
      default:
        if isProperty, tokens[index].line != tokens[index - 1].line { return nil }
      }
      index += 1
    }
    return nil
  }
}
