/// Reads one JSON text by RFC 8259, to the letter.
///
/// A key that stands twice in an object is refused, which the standard leaves open.
struct JSONParser {
  var nodes: [JSONTape.Node] = []
  private let text: UnsafeRawBufferPointer
  private var index = 0

  init(_ text: UnsafeRawBufferPointer) {
    self.text = text
  }

  /// Reads the whole text.
  mutating func readText() throws(RowError) {
    var seen: UInt8 = 0
    for byte in text { seen |= byte }
    if seen & 0x80 != 0, String(validating: text, as: UTF8.self) == nil {
      throw RowError.expected("UTF-8", found: "bytes that are not")
    }
    skipSpace()
    try readValue(depth: 0)
    skipSpace()
    guard index == text.count else { throw unexpected("the end of the line") }
  }

  // MARK: Values

  private mutating func readValue(depth: Int) throws(RowError) {
    switch peek ?? 0 {
    case UInt8(ascii: "{"): try readObject(depth: depth + 1)
    case UInt8(ascii: "["): try readArray(depth: depth + 1)
    case UInt8(ascii: "\""): nodes.append(try readString())
    case UInt8(ascii: "t"): try readWord("true", .bool)
    case UInt8(ascii: "f"): try readWord("false", .bool)
    case UInt8(ascii: "n"): try readWord("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try readNumber()
    default: throw unexpected("a value")
    }
  }

  private mutating func open(_ kind: JSONTape.Kind, depth: Int) throws(RowError) -> Int {
    guard depth <= JSONTape.deepest else {
      throw RowError("expected at most \(JSONTape.deepest) levels", at: place(index))
    }
    nodes.append(JSONTape.Node(kind: kind, start: index, count: 1, end: 0))
    index += 1
    skipSpace()
    return nodes.count - 1
  }

  private mutating func close(_ node: Int) {
    index += 1
    nodes[node].count = index - nodes[node].start
    nodes[node].end = nodes.count
  }

  private mutating func readArray(depth: Int) throws(RowError) {
    let node = try open(.array, depth: depth)
    if peek == UInt8(ascii: "]") { return close(node) }
    while true {
      try readValue(depth: depth)
      skipSpace()
      if peek == UInt8(ascii: "]") { return close(node) }
      try expect(UInt8(ascii: ","), "a comma or ]")
    }
  }

  private mutating func readObject(depth: Int) throws(RowError) {
    let node = try open(.object, depth: depth)
    var keys = SeenKeys()
    if peek == UInt8(ascii: "}") { return close(node) }
    while true {
      guard peek == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
      let start = index
      let key = try readString()
      guard insert(key, into: &keys) else {
        let text = FieldText.quoted(Self.unescaped(bytes(of: key)))
        throw RowError("expected each key once, found \(text) twice", at: place(start))
      }
      nodes.append(key)
      skipSpace()
      try expect(UInt8(ascii: ":"), "a colon")
      try readValue(depth: depth)
      skipSpace()
      if peek == UInt8(ascii: "}") { return close(node) }
      try expect(UInt8(ascii: ","), "a comma or }")
    }
  }

  private mutating func readWord(_ word: StaticString, _ kind: JSONTape.Kind) throws(RowError) {
    let count = word.utf8CodeUnitCount
    let isThere =
      text.count - index >= count
      && (0..<count).allSatisfy { text[index + $0] == word.utf8Start[$0] }
    guard isThere else { throw unexpected("a value") }
    append(kind, from: index, to: index + count)
  }

  private mutating func readNumber() throws(RowError) {
    let start = index
    if peek == UInt8(ascii: "-") { index += 1 }
    if peek == UInt8(ascii: "0") {
      index += 1
    } else {
      try skipDigits()
    }
    if peek == UInt8(ascii: ".") {
      index += 1
      try skipDigits()
    }
    if let letter = peek, letter | 0x20 == UInt8(ascii: "e") {
      index += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { index += 1 }
      try skipDigits()
    }
    append(.number, from: start, to: index)
  }

  private mutating func skipDigits() throws(RowError) {
    guard let first = peek, first &- 0x30 <= 9 else { throw unexpected("a digit") }
    while let digit = peek, digit &- 0x30 <= 9 { index += 1 }
  }

  /// Reads a string from its opening quote.
  private mutating func readString() throws(RowError) -> JSONTape.Node {
    let start = index + 1
    var hasEscapes = false
    index = start
    while let byte = peek {
      if byte == UInt8(ascii: "\"") {
        index += 1
        return JSONTape.Node(
          kind: .string,
          hasEscapes: hasEscapes,
          start: start,
          count: index - 1 - start,
          end: nodes.count + 1
        )
      }
      guard byte >= 0x20 else { throw unexpected("a character or its escape") }
      index += 1
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        try readEscape()
      }
    }
    throw unexpected("a closing quote")
  }

  /// Reads an escape from behind its backslash; a surrogate comes with its other half.
  private mutating func readEscape() throws(RowError) {
    let start = index - 1
    switch peek ?? 0 {
    case UInt8(ascii: "u"):
      index += 1
      let unit = try readHexDigits()
      guard unit & 0xF800 == 0xD800 else { return }
      guard unit < 0xDC00, peek == UInt8(ascii: "\\") else { throw halfSurrogate(start) }
      index += 1
      guard peek == UInt8(ascii: "u") else { throw halfSurrogate(start) }
      index += 1
      guard try readHexDigits() & 0xFC00 == 0xDC00 else { throw halfSurrogate(start) }
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      index += 1
    default: throw unexpected("an escape")
    }
  }

  private mutating func readHexDigits() throws(RowError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Self.hexDigit(byte) else {
        throw unexpected("a hexadecimal digit")
      }
      unit = unit << 4 | UInt16(digit)
      index += 1
    }
    return unit
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 0x30
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

extension JSONParser {
  // MARK: Bytes

  private var peek: UInt8? { index < text.count ? text[index] : nil }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A {
      index += 1
    }
  }

  private mutating func expect(_ byte: UInt8, _ expectation: String) throws(RowError) {
    guard peek == byte else { throw unexpected(expectation) }
    index += 1
    skipSpace()
  }

  private mutating func append(_ kind: JSONTape.Kind, from start: Int, to end: Int) {
    nodes.append(
      JSONTape.Node(kind: kind, start: start, count: end - start, end: nodes.count + 1)
    )
    index = end
  }

  private func bytes(of node: JSONTape.Node) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: text[node.start..<node.start + node.count])
  }

  private func place(_ index: Int) -> String { "column \(index + 1)" }

  private func unexpected(_ expectation: String) -> RowError {
    let rest = text[index...].prefix(64)
    let found = rest.isEmpty ? "the end of the line" : FieldText.quoted(rest)
    return RowError("expected \(expectation), found \(found)", at: place(index))
  }

  private func halfSurrogate(_ index: Int) -> RowError {
    RowError("expected both halves of a surrogate pair, found one", at: place(index))
  }

  // MARK: Keys

  /// The keys of an object so far: a list while they are few, then a set.
  private struct SeenKeys {
    var few: [JSONTape.Node] = []
    var many: Set<[UInt8]> = []
  }

  private func insert(_ key: JSONTape.Node, into keys: inout SeenKeys) -> Bool {
    if keys.few.count < 16 {
      let isNew = !keys.few.contains { isSame($0, key) }
      keys.few.append(key)
      return isNew
    }
    if keys.many.isEmpty {
      for few in keys.few { keys.many.insert(Self.unescaped(bytes(of: few))) }
    }
    return keys.many.insert(Self.unescaped(bytes(of: key))).inserted
  }

  private func isSame(_ first: JSONTape.Node, _ second: JSONTape.Node) -> Bool {
    guard first.hasEscapes || second.hasEscapes else {
      return first.count == second.count && bytes(of: first).elementsEqual(bytes(of: second))
    }
    return Self.unescaped(bytes(of: first)) == Self.unescaped(bytes(of: second))
  }

  /// A string without its escapes, which were checked before.
  static func unescaped(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      guard byte == UInt8(ascii: "\\") else {
        plain.append(byte)
        continue
      }
      let escape = bytes[index]
      index += 1
      switch escape {
      case UInt8(ascii: "b"): plain.append(0x08)
      case UInt8(ascii: "f"): plain.append(0x0C)
      case UInt8(ascii: "n"): plain.append(0x0A)
      case UInt8(ascii: "r"): plain.append(0x0D)
      case UInt8(ascii: "t"): plain.append(0x09)
      case UInt8(ascii: "u"):
        var scalar = hexNumber(bytes, index)
        index += 4
        if scalar & 0xF800 == 0xD800 {
          let low = hexNumber(bytes, index + 2) & 0x3FF
          scalar = 0x10000 + ((scalar & 0x3FF) << 10 | low)
          index += 6
        }
        plain += String(Character(Unicode.Scalar(scalar) ?? "\u{FFFD}")).utf8
      default: plain.append(escape)
      }
    }
    return plain
  }

  private static func hexNumber(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> UInt32 {
    (start..<start + 4).reduce(0) { $0 << 4 | UInt32(hexDigit(bytes[$1]) ?? 0) }
  }
}
