import StreamModel

/// The text of marbles and the place up to which it was read.
struct MarbleScanner {
  private let scalars: [Unicode.Scalar]
  /// How many scalars were read.
  private(set) var position = 0
  /// Whether a time was written as time of day.
  private(set) var hasTimeOfDay = false

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
  }

  private var next: Unicode.Scalar? {
    position < scalars.count ? scalars[position] : nil
  }

  /// The scalar that the next item begins with; nil at the end.
  mutating func nextItem() -> Unicode.Scalar? {
    skipSpaces()
    return next
  }

  /// Passes one scalar.
  mutating func skip() {
    position = min(position + 1, scalars.count)
  }

  /// Passes spaces and line breaks.
  mutating func skipSpaces() {
    while let next, next.properties.isWhitespace { position += 1 }
  }

  /// Passes a text if it comes next.
  mutating func take(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard scalars[position...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  /// Reads a word, in quotes or plain; nil where none begins.
  mutating func word() throws(MarbleError) -> (text: String, isQuoted: Bool)? {
    let start = position
    if take("\"") { return (try quoted(from: start), true) }
    guard let next, next != ".", MarbleNotation.isPlain(next) else { return nil }
    return (run(while: MarbleNotation.isPlain), false)
  }

  private mutating func quoted(from start: Int) throws(MarbleError) -> String {
    var text = String.UnicodeScalarView()
    while let next {
      position += 1
      switch next {
      case "\"": return String(text)
      case "\\":
        guard let escaped = self.next else { continue }
        position += 1
        text.append(escaped == "n" ? "\n" : escaped)
      default: text.append(next)
      }
    }
    throw error(.openQuote, at: start)
  }

  /// Reads a number from 0 on.
  mutating func number() throws(MarbleError) -> Int {
    let start = position
    let digits = run { ("0"..."9").contains($0) }
    guard let number = Int(digits), number < 1 << 40 else {
      throw error(digits.isEmpty ? .badExtent : .badTime(digits), at: start)
    }
    return number
  }

  /// Reads milliseconds or time of day, or the word for the end where that is allowed.
  mutating func time(orEnd: Bool) throws(MarbleError) -> EventTime {
    let start = position
    let text = run {
      $0 == ":" || ($0.value < 0x80 && MarbleNotation.isPlain($0))
    }
    if orEnd, text == "end" { return Marbles.end }
    // Only digits and a sign before them: what else Int64 would take is none of ours.
    if let milliseconds = Int64(text), !text.hasPrefix("+") {
      return EventTime(milliseconds: milliseconds)
    }
    guard let milliseconds = Self.timeOfDay(text) else { throw error(.badTime(text), at: start) }
    hasTimeOfDay = true
    return EventTime(milliseconds: milliseconds)
  }

  /// The milliseconds of `10:04`, `10:04:30` or `10:09:59.999`, with any number of hours.
  private static func timeOfDay(_ text: String) -> Int64? {
    let isNegative = text.hasPrefix("-")
    let parts = text.dropFirst(isNegative ? 1 : 0)
      .split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let hours = digits(parts[0], 1...15),
      let minutes = digits(parts[1], 2...2), minutes < 60
    else { return nil }
    var milliseconds = (hours * 60 + minutes) * 60_000
    if parts.count == 3 {
      let fine = parts[2].split(separator: ".", omittingEmptySubsequences: false)
      guard fine.count <= 2, let seconds = digits(fine[0], 2...2), seconds < 60 else { return nil }
      milliseconds += seconds * 1000
      if fine.count == 2 {
        guard let rest = digits(fine[1], 3...3) else { return nil }
        milliseconds += rest
      }
    }
    if isNegative { return Int64(exactly: -Int128(milliseconds)) }
    return Int64(exactly: milliseconds)
  }

  /// A number without a sign, of so many digits; few enough that sums of it cannot overflow.
  private static func digits(_ text: Substring, _ lengths: ClosedRange<Int>) -> Int128? {
    guard lengths.contains(text.utf8.count),
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return Int128(text)
  }

  private mutating func run(while isPart: (Unicode.Scalar) -> Bool) -> String {
    var text = String.UnicodeScalarView()
    while let next, isPart(next) {
      text.append(next)
      position += 1
    }
    return String(text)
  }

  /// What was read since a place.
  func text(from start: Int) -> String {
    text(start..<position)
  }

  /// What stands at a place up to the next space, a few characters at most.
  func rest(from start: Int) -> String {
    let end = scalars[start...].firstIndex { $0.properties.isWhitespace } ?? scalars.count
    return text(start..<min(end, start + 12))
  }

  private func text(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[range])
    return String(text)
  }

  /// Something that is wrong at a place.
  func error(_ problem: MarbleError.Problem, at place: Int) -> MarbleError {
    let before = scalars[..<min(place, scalars.count)]
    let lineStart = before.lastIndex(of: "\n").map { $0 + 1 } ?? 0
    return MarbleError(
      line: before.count { $0 == "\n" } + 1,
      column: text(lineStart..<before.endIndex).count + 1,
      problem: problem
    )
  }
}
