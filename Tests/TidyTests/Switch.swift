/// A `switch` as far as the rules need it.
struct Switch: Sendable {
  /// The line of the keyword, counted from 1.
  let line: Int
  /// The line of its `default`, where it has one.
  let defaultLine: Int?
  /// Whether it takes an enum apart: one of its patterns begins with a dot.
  let isOverEnum: Bool
  /// How many lines its longest case has.
  let longestCase: Int
  /// Where it begins and ends among the tokens.
  let tokens: ClosedRange<Int>

  /// Every switch among the tokens of one file, in the order of the file.
  static func all(in tokens: [Token]) -> [Switch] {
    tokens.indices.compactMap { tokens[$0].text == "switch" ? Switch(at: $0, in: tokens) : nil }
  }

  private init?(at start: Int, in tokens: [Token]) {
    var depth = 0
    var brackets = 0
    var caseLines: [Int] = []
    var found: (defaultLine: Int?, isOverEnum: Bool) = (nil, false)
    for index in tokens.indices[start...] {
      let text = tokens[index].text
      switch text {
      case "(", "[": brackets += 1
      case ")", "]": brackets -= 1
      // A closure among the arguments of the subject opens no body.
      case "{" where depth > 0 || brackets == 0: depth += 1
      case "}" where depth > 0: depth -= 1
      case "case" where depth == 1 && brackets == 0:
        caseLines.append(tokens[index].line)
        found.isOverEnum =
          found.isOverEnum || (tokens[index + 1].text == "." && tokens[index + 2].text != ".")
      case "default" where depth == 1 && brackets == 0:
        caseLines.append(tokens[index].line)
        if tokens[index - 1].text != "unknown" { found.defaultLine = tokens[index].line }
      default: break
      }
      guard text == "}", depth == 0, !caseLines.isEmpty else { continue }
      line = tokens[start].line
      (defaultLine, isOverEnum) = found
      longestCase =
        zip(caseLines, caseLines.dropFirst() + [tokens[index].line]).map { $1 - $0 }.max() ?? 0
      self.tokens = start...index
      return
    }
    return nil
  }
}
