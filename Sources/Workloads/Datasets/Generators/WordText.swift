/// The dataset `words`: lines of made-up words, a few of them frequent and most of them rare.
///
/// A line has 6 to 13 words, begins with a capital and ends with a full stop. It is made line by
/// line, so that a text of any size takes no more memory than a chunk of it.
package struct WordText: Sendable {
  /// How much text there is.
  package enum Length: Sendable {
    /// That many words; the last line ends where they do.
    case words(Int)
    /// At least that many bytes, up to the end of a line.
    case bytes(Int)
  }

  /// The seed of the dataset.
  package static let seed: UInt64 = 20_130_304
  /// How much text the dataset is.
  package static let length = Length.words(50_000)
  /// The largest vocabulary in which all words are different.
  package static let largestVocabulary = 4900

  private static let longestLine = 13 * 5 + 1

  /// The words by rank, four letters each.
  private let letters: [UInt8]
  private let ranks: ZipfRanks
  private var random: SplitMix
  private var wordsLeft: Int
  private var bytesLeft: Int

  /// Prepares a text.
  ///
  /// - Parameters:
  ///   - seed: The seed of every draw.
  ///   - vocabulary: How many different words there are, at most ``largestVocabulary``.
  ///   - length: How much text there is.
  ///   - q: How flat the top of the frequencies is.
  package init(
    seed: UInt64 = Self.seed,
    vocabulary: Int = 2000,
    length: Length = Self.length,
    q: Int = 2
  ) {
    letters = Self.letters(vocabulary)
    ranks = ZipfRanks(vocabulary, q: q)
    random = SplitMix(seed: seed)
    switch length {
    case .words(let count): (wordsLeft, bytesLeft) = (count, .max)
    case .bytes(let count): (wordsLeft, bytesLeft) = (.max, count)
    }
  }

  /// The next lines, nil behind the last: at least `size` bytes, unless the text ends before.
  package mutating func next(atLeast size: Int = 1 << 18) -> [UInt8]? {
    let wanted = min(size, bytesLeft)
    guard wordsLeft > 0, wanted > 0 else { return nil }
    var chunk = [UInt8](repeating: 0, count: wanted + Self.longestLine)
    var end = 0
    while end < wanted, wordsLeft > 0 { end = writeLine(to: &chunk, at: end) }
    chunk.removeLast(chunk.count - end)
    bytesLeft = max(0, bytesLeft - end)
    return chunk
  }

  /// Writes a line and returns where it ends.
  private mutating func writeLine(to chunk: inout [UInt8], at start: Int) -> Int {
    let count = min(6 + random.below(8), wordsLeft)
    var end = start
    for _ in 0..<count {
      let word = ranks.next(&random) * 4
      for letter in 0..<4 { chunk[end + letter] = letters[word + letter] }
      chunk[end + 4] = UInt8(ascii: " ")
      end += 5
    }
    chunk[start] -= 0x20
    chunk[end - 1] = UInt8(ascii: ".")
    chunk[end] = 0x0A
    wordsLeft -= count
    return end + 1
  }

  /// Words of two syllables; neighbours in rank are no neighbours in the alphabet.
  private static func letters(_ vocabulary: Int) -> [UInt8] {
    let syllables = "bdfgklmnprstvz".utf8.flatMap { consonant in
      "aeiou".utf8.map { [consonant, $0] }
    }
    return (0..<vocabulary).flatMap { rank in
      let number = (rank * 1103 + 17) % vocabulary
      return syllables[number % 70] + syllables[(number / 70 + number) % 70]
    }
  }
}
