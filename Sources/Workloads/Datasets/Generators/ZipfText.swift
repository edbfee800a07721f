import SimulationKernel

/// Makes text whose words are as unevenly frequent as those of a language: Zipf's law.
///
/// The word of rank *r* is drawn with a weight of 1/*r*; words are strings of small letters, all
/// different. The same seed gives the same bytes. The benchmarks are measured on it; its vocabulary
/// may be ten times that of the dataset `words`, which is ``WordText``. *Source:* Walker, "An
/// efficient method for generating discrete random variables with general distributions", 1977, for
/// the draw in constant time.
public struct ZipfText: Sendable {
  private let words: [[UInt8]]
  private let threshold: [UInt64]
  private let alias: [Int]
  private var random: RandomStream
  private let wordsPerLine: Int

  /// Prepares a vocabulary.
  ///
  /// - Precondition: There is at least one word.
  public init(vocabulary: Int, seed: UInt64, wordsPerLine: Int = 12) {
    var random = RandomStream(seed: seed, name: "vocabulary")
    words = Self.vocabulary(vocabulary, &random)
    (threshold, alias) = Self.aliasTable(vocabulary)
    self.random = RandomStream(seed: seed, name: "text")
    self.wordsPerLine = wordsPerLine
  }

  /// Appends lines until about `count` bytes more are there; never less than asked, by a line at
  /// most.
  public mutating func append(bytes count: Int, to text: inout [UInt8]) {
    let end = text.count + count
    while text.count < end {
      for position in 0..<wordsPerLine {
        let column = random.below(words.count)
        let rank = random.next() < threshold[column] ? column : alias[column]
        text += words[rank]
        text.append(position == wordsPerLine - 1 ? 0x0A : 0x20)
      }
    }
  }

  /// Words of 3 to 8 letters, and the number of the word in letters where two would be the same.
  private static func vocabulary(_ count: Int, _ random: inout RandomStream) -> [[UInt8]] {
    var seen: Set<[UInt8]> = []
    return (0..<count).map { _ in
      while true {
        let word = (0..<3 + random.below(6)).map { _ in UInt8(ascii: "a") + UInt8(random.below(26))
        }
        if seen.insert(word).inserted { return word }
      }
    }
  }

  /// For each column, how much of it is its own (of 2⁶⁴), and to which rank the rest belongs.
  private static func aliasTable(_ count: Int) -> (threshold: [UInt64], alias: [Int]) {
    let weights = (1...count).map { UInt64(1) << 40 / UInt64($0) }
    let total = weights.reduce(0, +)
    // Scaled so that the mean is `total`: a column is full at `total`.
    var mass = weights.map { $0.multipliedFullWidth(by: UInt64(count)) }
      .map { UInt64(truncatingIfNeeded: $0.low) }
    var small = mass.indices.filter { mass[$0] < total }
    var large = mass.indices.filter { mass[$0] >= total }
    var threshold = Array(repeating: UInt64.max, count: count)
    var alias = Array(0..<count)
    while let less = small.popLast(), let more = large.last {
      threshold[less] = total.dividingFullWidth((mass[less], 0)).quotient
      alias[less] = more
      mass[more] -= total - mass[less]
      if mass[more] < total {
        large.removeLast()
        small.append(more)
      }
    }
    return (threshold, alias)
  }
}
