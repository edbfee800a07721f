import SimulationKernel

/// A text as lines, the same whatever system it was written on.
enum TextLines {
  /// The lines without their breaks, without a byte-order mark at the start and without the empty
  /// line behind the last break.
  static func split(_ text: String) -> [String] {
    let marked = text.unicodeScalars.first?.value == 0xFEFF
    let bytes = marked ? text.utf8.dropFirst(3) : text.utf8[...]
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(decoding: $0.last == 0x0D ? $0.dropLast() : $0, as: UTF8.self)
    }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// Sixteen hexadecimal digits of the lines' content.
  static func hash(_ lines: [String]) -> String {
    var digest = Digest()
    for line in lines { digest.combine(text: line) }
    return digest.description
  }

  /// A text without the spaces at both ends.
  static func trimmed(_ text: some StringProtocol) -> String {
    let rest = text.utf8.drop { $0 == 0x20 || $0 == 0x0A }
    let count = rest.reversed().drop { $0 == 0x20 || $0 == 0x0A }.count
    return String(decoding: rest.prefix(count), as: UTF8.self)
  }

  /// A typed line and the comment behind it: `#` begins one at the start of the line or behind a
  /// space, outside of double quotes.
  static func withoutComment(_ line: String) -> (text: String, comment: String?) {
    let bytes = Array(line.utf8)
    var isQuoted = false
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: "#"), !isQuoted, index == 0 || bytes[index - 1] == 0x20 {
        let comment = String(decoding: bytes[(index + 1)...], as: UTF8.self)
        return (trimmed(String(decoding: bytes[..<index], as: UTF8.self)), trimmed(comment))
      }
    }
    return (trimmed(line), nil)
  }
}
