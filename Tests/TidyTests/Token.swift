/// A word or a sign of Swift code: no comment, nothing from inside a literal.
struct Token: Sendable {
  /// An identifier in backticks keeps them, so that it is never taken for a keyword.
  let text: String
  /// Counted from 1.
  let line: Int
  /// Whether no space stands between the token before and this one.
  let isGlued: Bool

  static func all(in lines: [String]) -> [Token] {
    var tokens: [Token] = []
    for (index, line) in lines.enumerated() {
      append(line: Array(line.utf8), number: index + 1, to: &tokens)
    }
    return tokens
  }

  private static func append(line: [UInt8], number: Int, to tokens: inout [Token]) {
    var at = 0
    var isGlued = false
    while at < line.count {
      if line[at] <= UInt8(ascii: " ") {
        at += 1
        isGlued = false
        continue
      }
      var end = at + 1
      if line[at] == UInt8(ascii: "`") {
        end = (line[end...].firstIndex(of: UInt8(ascii: "`")) ?? line.count - 1) + 1
      } else if isWord(line[at]) {
        while end < line.count, isWord(line[end]) { end += 1 }
      } else if line[at] == UInt8(ascii: "-"), end < line.count, line[end] == UInt8(ascii: ">") {
        end += 1
      }
      let text = String(decoding: line[at..<end], as: UTF8.self)
      tokens.append(Token(text: text, line: number, isGlued: isGlued))
      at = end
      isGlued = true
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default:
      false
    }
  }
}
