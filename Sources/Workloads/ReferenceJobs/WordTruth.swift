public import DataStreamAPI

/// How often each word of a text stands in it, counted without any cluster: what a run is held
/// against.
public struct WordTruth: Sendable {
  /// By the words' bytes: strings that only look the same are different words.
  private let counts: [[UInt8]: Int]

  /// Counts a text.
  ///
  /// - Parameters:
  ///   - text: The bytes.
  ///   - normalise: Makes a word of a token; empty words do not count.
  public init(_ text: InputBytes, normalise: (String) -> String = { $0 }) {
    var counts: [[UInt8]: Int] = [:]
    text.forEachLine { line in
      Tokens.forEach(in: line) { token in
        let word = normalise(token)
        if !word.isEmpty { counts[Array(word.utf8), default: 0] += 1 }
      }
    }
    self.counts = counts
  }

  /// What is wrong with rows of `word,count`, of which each word must have one for each time that
  /// it stands in the text, the last with the whole count, or that last one alone where rows are
  /// final; nil when all is right.
  public func mistake(inRows rows: [String], isFinal: Bool = false) -> String? {
    var seen: [[UInt8]: (rows: Int, highest: Int)] = [:]
    for row in rows {
      guard let fields = try? CSVRecord.fields(of: row), fields.count == 2,
        let count = Int(fields[1])
      else { return "\"\(row)\" is no row of word and count" }
      let word = Array(fields[0].utf8)
      let before = seen[word] ?? (0, 0)
      seen[word] = (before.rows + 1, max(before.highest, count))
    }
    for word in counts.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let wanted = counts[word] ?? 0
      let found = seen[word] ?? (0, 0)
      if found.rows != (isFinal ? min(wanted, 1) : wanted) || found.highest != wanted {
        let text = String(decoding: word, as: UTF8.self)
        return
          "\"\(text)\" stands \(wanted) times in the text; there are \(found.rows) rows for it,"
          + " and its highest count is \(found.highest)"
      }
    }
    let extra = seen.keys.sorted { $0.lexicographicallyPrecedes($1) }
      .first { counts[$0] == nil }
    return extra.map { "\"\(String(decoding: $0, as: UTF8.self))\" is not in the text" }
  }
}
