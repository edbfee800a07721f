/// Collects lines into the parts of a ``Prose``.
struct ProseReader {
  private static let fence = "```"

  private var blocks: [Prose.Block] = []
  private var open = Open.nothing

  private enum Open {
    case nothing
    case running(String, isItem: Bool)
    case verbatim([String])
  }

  /// Reads one line.
  mutating func take(_ line: String) {
    let text = line.trimmedSpaces
    switch open {
    case .verbatim(let lines):
      if text.hasPrefix(Self.fence) { close() } else { open = .verbatim(lines + [line]) }
    case .nothing where text.hasPrefix(Self.fence), .running where text.hasPrefix(Self.fence):
      close()
      open = .verbatim([])
    case .nothing where text.isEmpty, .running where text.isEmpty: close()
    case .nothing where text.hasPrefix("- "), .running where text.hasPrefix("- "):
      close()
      open = .running(text.dropFirst(2).trimmedSpaces, isItem: true)
    case .running(let before, let isItem):
      open = .running(Self.joined(before, text), isItem: isItem)
    case .nothing: open = .running(text, isItem: false)
    }
  }

  /// Ends the text and returns its parts.
  mutating func finish() -> [Prose.Block] {
    close()
    return blocks
  }

  private mutating func close() {
    switch open {
    case .nothing: break
    case .verbatim(let lines): blocks.append(.verbatim(lines))
    case .running(let text, let isItem):
      let spans = Self.spans(of: text)
      blocks.append(isItem ? .item(spans) : .paragraph(spans))
    }
    open = .nothing
  }

  /// Joins two lines of a paragraph: by a space, except between characters of two columns, as in
  /// scripts that are written without spaces.
  private static func joined(_ first: String, _ second: String) -> String {
    guard let last = first.last, let next = second.first else { return first + second }
    let isSpaceless = DisplayWidth.of(last) == 2 && DisplayWidth.of(next) == 2
    return isSpaceless ? first + second : "\(first) \(second)"
  }

  // MARK: Marks inside of running text

  private static func spans(of text: String) -> [Prose.Span] {
    let characters = Array(text)
    var spans: [Prose.Span] = []
    var plain: [Character] = []
    var isStrong = false
    var index = 0
    func flush() {
      if !plain.isEmpty { spans.append(Prose.Span(String(plain), isStrong ? .strong : .plain)) }
      plain = []
    }
    while index < characters.count {
      if characters[index] == "`", let end = codeEnd(in: characters, from: index + 1) {
        flush()
        spans.append(Prose.Span(String(characters[(index + 1)..<end]), .code))
        index = end + 1
      } else if isMark(characters, at: index),
        isStrong
          ? isClosing(characters, at: index)
          : strongEnd(in: characters, from: index + 2) != nil
      {
        flush()
        isStrong.toggle()
        index += 2
      } else {
        plain.append(characters[index])
        index += 1
      }
    }
    flush()
    return spans
  }

  private static func isMark(_ characters: [Character], at index: Int) -> Bool {
    index + 1 < characters.count && characters[index] == "*" && characters[index + 1] == "*"
  }

  private static func isClosing(_ characters: [Character], at index: Int) -> Bool {
    isMark(characters, at: index) && characters[index - 1] != " "
  }

  /// Where code ends that begins here; it is not empty.
  private static func codeEnd(in characters: [Character], from start: Int) -> Int? {
    guard let end = characters[start...].firstIndex(of: "`"), end > start else { return nil }
    return end
  }

  /// Where the mark stands that ends strong text which begins here; marks in code do not count.
  private static func strongEnd(in characters: [Character], from start: Int) -> Int? {
    guard start < characters.count, characters[start] != " " else { return nil }
    var index = start
    while index < characters.count {
      if characters[index] == "`", let end = codeEnd(in: characters, from: index + 1) {
        index = end + 1
      } else if index > start, isClosing(characters, at: index) {
        return index
      } else {
        index += 1
      }
    }
    return nil
  }
}

extension StringProtocol {
  /// The text without the spaces at both ends.
  fileprivate var trimmedSpaces: String {
    let rest = utf8.drop { $0 == 0x20 }
    return String(decoding: rest.prefix(rest.reversed().drop { $0 == 0x20 }.count), as: UTF8.self)
  }
}
