package import DataStreamAPI

extension Program {
  /// Counts words as they come: a row for each word, with how often it was seen so far.
  package static let wordCount = Program(
    "word-count",
    summary: "counts every word of a text, a row per word read",
    columns: ["word", "count"],
    variants: [(name: "normalised", program: "word-count-normalised")],
    isConfluent: true,
    findMistake: { WordTruth($0).mistake(inRows: $1, isFinal: $2) }
  ) { environment in
    environment.readTextFile(environment.input).uid("lines")
      .flatMap { line, words in
        Tokens.forEach(in: line) { words.collect(Tuple2($0, 1)) }
      }
      .name("tokens")
      .keyBy(\.f0)
      .sum(\.f1).name("counts").uid("counts")
      .writeAsCSV().name("rows").uid("rows")
  }

  /// The same for words in lower case and without the punctuation around them.
  static let wordCountNormalised = Program(
    "word-count-normalised",
    summary: "counts words in lower case, without punctuation",
    columns: ["word", "count"],
    isConfluent: true,
    findMistake: {
      WordTruth($0, normalise: Tokens.normalised).mistake(inRows: $1, isFinal: $2)
    }
  ) { environment in
    environment.readTextFile(environment.input).uid("lines")
      .flatMap { line, words in
        Tokens.forEach(in: line) { token in
          let word = Tokens.normalised(token)
          if !word.isEmpty { words.collect(Tuple2(word, 1)) }
        }
      }
      .name("tokens")
      .keyBy(\.f0)
      .sum(\.f1).name("counts").uid("counts")
      .writeAsCSV().name("rows").uid("rows")
  }
}

/// What a text is made of: runs of bytes that are not ASCII white space.
public enum Tokens {
  /// Calls `body` with each token of a line, in order.
  @inlinable
  public static func forEach(in line: String, _ body: (consuming String) -> Void) {
    var line = line
    line.withUTF8 { bytes in
      var start = 0
      for index in 0..<bytes.count where unsafe isSpace(bytes[index]) {
        if index > start {
          body(
            unsafe String(
              decoding: UnsafeBufferPointer(rebasing: bytes[start..<index]),
              as: UTF8.self
            )
          )
        }
        start = index + 1
      }
      if bytes.count > start {
        body(unsafe String(decoding: UnsafeBufferPointer(rebasing: bytes[start...]), as: UTF8.self))
      }
    }
  }

  /// A token in lower case without the ASCII punctuation at its ends; empty if nothing is left.
  public static func normalised(_ token: String) -> String {
    let characters = Array(token.utf8)
    guard let first = characters.firstIndex(where: { !isPunctuation($0) }),
      let last = characters.lastIndex(where: { !isPunctuation($0) })
    else { return "" }
    return String(decoding: characters[first...last], as: UTF8.self).lowercased()
  }

  /// Whether a byte is ASCII white space: space, or from tab to carriage return.
  @inlinable
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }

  private static func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}
