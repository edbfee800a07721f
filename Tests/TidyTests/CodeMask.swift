/// Parts the text of a Swift file into code and comments, line by line.
///
/// What does not belong to a part is blanked, so that lines keep their places. The contents of
/// string and regex literals belong to neither part; code inside an interpolation is code.
struct CodeMask {
  private(set) var code: [String] = []
  private(set) var comments: [String] = []

  private let bytes: [UInt8]
  private var codeBytes: [UInt8]
  private var commentBytes: [UInt8]
  private var at = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
    let blank = bytes.map { $0 == UInt8(ascii: "\n") ? $0 : UInt8(ascii: " ") }
    codeBytes = blank
    commentBytes = blank
    readCode(inInterpolation: false)
    code = Self.lines(codeBytes)
    comments = Self.lines(commentBytes)
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  private func sees(_ text: String, ahead: Int = 0) -> Bool {
    var place = at + ahead
    for byte in text.utf8 {
      guard place < bytes.count, bytes[place] == byte else { return false }
      place += 1
    }
    return true
  }

  private var atLineEnd: Bool { at < bytes.count && bytes[at] == UInt8(ascii: "\n") }

  private mutating func keepCode(_ count: Int = 1) {
    for _ in 0..<count where at < bytes.count {
      codeBytes[at] = bytes[at]
      at += 1
    }
  }

  private mutating func keepComment(_ count: Int = 1) {
    for _ in 0..<count where at < bytes.count {
      commentBytes[at] = bytes[at]
      at += 1
    }
  }

  private func hashesAhead() -> Int {
    var end = at
    while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
    return end - at
  }

  /// Whether as many hashes stand `ahead` bytes from here.
  private func sees(hashes: Int, ahead: Int) -> Bool {
    let start = at + ahead
    guard start + hashes <= bytes.count else { return false }
    return bytes[start..<(start + hashes)].allSatisfy { $0 == UInt8(ascii: "#") }
  }

  /// Reads to the end of the text, or to the parenthesis that closes an interpolation.
  private mutating func readCode(inInterpolation: Bool) {
    var depth = 0
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "/") where sees("//"):
        while at < bytes.count, !atLineEnd { keepComment() }
      case UInt8(ascii: "/") where sees("/*"):
        readBlockComment()
      case UInt8(ascii: "/") where opensRegex():
        readRegex(hashes: 0)
      case UInt8(ascii: "#"):
        let hashes = hashesAhead()
        if sees("\"", ahead: hashes) {
          readString(hashes: hashes)
        } else if sees("/", ahead: hashes) {
          readRegex(hashes: hashes)
        } else {
          keepCode(hashes)
        }
      case UInt8(ascii: "\""):
        readString(hashes: 0)
      case UInt8(ascii: "("):
        depth += 1
        keepCode()
      case UInt8(ascii: ")"):
        if inInterpolation, depth == 0 { return keepCode() }
        depth -= 1
        keepCode()
      default:
        keepCode()
      }
    }
  }

  private mutating func readBlockComment() {
    var depth = 0
    repeat {
      if sees("/*") {
        depth += 1
        keepComment(2)
      } else if sees("*/") {
        depth -= 1
        keepComment(2)
      } else {
        keepComment()
      }
    } while depth > 0 && at < bytes.count
  }

  private mutating func readString(hashes: Int) {
    keepCode(hashes)
    let isMultiline = sees("\"\"\"") && restOfLineIsBlank(ahead: 3)
    let quotes = isMultiline ? 3 : 1
    keepCode(quotes)
    while at < bytes.count {
      if sees("\\"), sees(hashes: hashes, ahead: 1) {
        let isInterpolation = sees("(", ahead: 1 + hashes)
        at += 1 + hashes
        if isInterpolation {
          keepCode()
          readCode(inInterpolation: true)
        } else if !atLineEnd {
          at += 1
        }
      } else if isMultiline ? sees("\"\"\"") : sees("\""), sees(hashes: hashes, ahead: quotes) {
        return keepCode(quotes + hashes)
      } else if atLineEnd, !isMultiline {
        return
      } else {
        at += 1
      }
    }
  }

  private func restOfLineIsBlank(ahead: Int) -> Bool {
    for byte in bytes[min(at + ahead, bytes.count)...] {
      if byte == UInt8(ascii: "\n") { return true }
      if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\r") { return false }
    }
    return true
  }

  /// Whether the slash here opens a regex: after nothing or an opening sign, closed on its line.
  private func opensRegex() -> Bool {
    guard at + 1 < bytes.count, bytes[at + 1] != UInt8(ascii: " ") else { return false }
    var before = at - 1
    while before >= 0, bytes[before] == UInt8(ascii: " ") { before -= 1 }
    guard before < 0 || "\n(,=:[{!".utf8.contains(bytes[before]) else { return false }
    let rest = bytes[(at + 1)...].prefix { $0 != UInt8(ascii: "\n") }
    return rest.contains(UInt8(ascii: "/"))
  }

  private mutating func readRegex(hashes: Int) {
    keepCode(hashes + 1)
    while at < bytes.count {
      if sees("\\") {
        at += 2
      } else if sees("/"), sees(hashes: hashes, ahead: 1) {
        return keepCode(1 + hashes)
      } else if atLineEnd, hashes == 0 {
        return
      } else {
        at += 1
      }
    }
  }
}
