/// What a user may have meant.
package enum Suggestion {
  /// The nearest of some words, when it is near enough to have been meant.
  package static func nearest(to word: String, among known: [String]) -> String? {
    let ranked = known.map { (distance: distance(word, $0), word: $0) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }),
      best.distance <= max(1, word.utf8.count / 3)
    else { return nil }
    return best.word
  }

  /// `; did you mean X?` for the nearest of some words, or `; there are …` when none is near.
  package static func text(for word: String, among known: [String]) -> String {
    if let best = nearest(to: word, among: known) { return "; did you mean \"\(best)\"?" }
    let verb = known.count == 1 ? "is" : "are"
    return known.isEmpty ? "" : "; there \(verb) \(known.joined(separator: ", "))"
  }

  /// How many letters must be added, taken away, changed or swapped to make one word the other.
  ///
  /// *Source:* Damerau, "A technique for computer detection and correction of spelling errors",
  /// 1964.
  static func distance(_ first: String, _ second: String) -> Int {
    let left = Array(first.utf8.prefix(64))
    let right = Array(second.utf8.prefix(64))
    var rows = [Array(0...right.count)]
    for (i, byte) in left.enumerated() {
      var row = [i + 1]
      for (j, other) in right.enumerated() {
        var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (byte == other ? 0 : 1))
        if i > 0, j > 0, byte == right[j - 1], left[i - 1] == other {
          best = min(best, rows[i - 1][j - 1] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }
}
