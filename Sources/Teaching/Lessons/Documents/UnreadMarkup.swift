/// Markdown that other readers know and a lesson does not use: it would look wrong in a terminal.
package enum UnreadMarkup: Equatable, Sendable {
  /// A heading of another level than two.
  case heading
  /// A fence that is indented, or made of tildes.
  case fence
  /// A list whose items begin with another mark than `-`, or with a number.
  case list
  /// A list inside of a list.
  case nestedList
  /// A quotation.
  case quotation
  /// A table.
  case table

  /// Recognises a line that begins with such markup.
  init?(_ line: String) {
    let bytes = line.utf8
    let indent = bytes.prefix { $0 == 0x20 }.count
    let rest = bytes.dropFirst(indent)
    let digits = rest.prefix { (0x30...0x39).contains($0) }.count
    if rest.starts(with: "```".utf8) || rest.starts(with: "~~~".utf8) {
      self = .fence
    } else if indent > 0, rest.starts(with: "- ".utf8) {
      self = .nestedList
    } else if rest.starts(with: "* ".utf8) || rest.starts(with: "+ ".utf8)
      || ((1...3).contains(digits) && rest.dropFirst(digits).starts(with: ". ".utf8))
    {
      self = .list
    } else if indent == 0, let sign = Self.signs.first(where: { rest.first == $0.byte }) {
      self = sign.markup
    } else {
      return nil
    }
  }

  private static let signs: [(byte: UInt8, markup: UnreadMarkup)] = [
    (UInt8(ascii: "#"), .heading), (UInt8(ascii: ">"), .quotation), (UInt8(ascii: "|"), .table),
  ]
}
