/// A line of the command language as words, and words as a line.
///
/// Words are apart by white space. A word in double quotes may hold anything; within it a backslash
/// makes a quote, a backslash, `\n`, `\r`, `\t`, or another character by its number, as in
/// `\u{2028}`. A word that begins with `#` begins a comment.
package enum CommandWords {
  /// The words of a line.
  ///
  /// - Throws: ``UsageError`` when a quote is not closed.
  package static func split(_ line: String) throws(UsageError) -> [String] {
    var words: [String] = []
    var rest = line.unicodeScalars[...]
    while let first = rest.first {
      if isSpace(first) {
        rest.removeFirst()
      } else if first == "#" {
        break
      } else {
        words.append(try word(from: &rest, of: line))
      }
    }
    return words
  }

  /// A word as it is written in a line: quoted where it must be.
  package static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty && word.unicodeScalars.first != "#"
      && !word.unicodeScalars.contains { isSpace($0) || $0 == "\"" }
    if isPlain { return word }
    var text = "\""
    for scalar in word.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case _ where Character(scalar).isNewline:
        text += "\\u{\(String(scalar.value, radix: 16))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  /// Reads one word; quoted and plain parts may follow each other.
  private static func word(
    from rest: inout Substring.UnicodeScalarView,
    of line: String
  ) throws(UsageError) -> String {
    var word = String.UnicodeScalarView()
    while let scalar = rest.first, !isSpace(scalar) {
      rest.removeFirst()
      if scalar == "\"" {
        try quotedPart(from: &rest, into: &word, of: line)
      } else {
        word.append(scalar)
      }
    }
    return String(word)
  }

  private static func quotedPart(
    from rest: inout Substring.UnicodeScalarView,
    into word: inout String.UnicodeScalarView,
    of line: String
  ) throws(UsageError) {
    while let scalar = rest.popFirst() {
      if scalar == "\"" { return }
      guard scalar == "\\" else {
        word.append(scalar)
        continue
      }
      switch rest.popFirst() {
      case "n": word.append("\n")
      case "t": word.append("\t")
      case "r": word.append("\r")
      case "u": word.append(try codePoint(from: &rest, of: line))
      case let escaped?: word.append(escaped)
      case nil: break
      }
    }
    throw UsageError(.openQuote(line: line))
  }

  /// Reads the number of a character in braces.
  private static func codePoint(
    from rest: inout Substring.UnicodeScalarView,
    of line: String
  ) throws(UsageError) -> Unicode.Scalar {
    guard rest.first == "{", let end = rest.firstIndex(of: "}"),
      let value = UInt32(Substring(rest[..<end].dropFirst()), radix: 16),
      let scalar = Unicode.Scalar(value)
    else { throw UsageError(.noCodePoint(line: line)) }
    rest = rest[rest.index(after: end)...]
    return scalar
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar == "\u{0}"
  }
}
