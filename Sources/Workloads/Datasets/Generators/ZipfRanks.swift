/// Draws ranks that are as unevenly frequent as the words of a language.
///
/// Rank *r*, from 0, has the weight ⌊2³² / (*r* + 1 + *q*)⌋: the larger `q`, the flatter the top.
/// *Source:* Mandelbrot, "An informational theory of the statistical structure of language", 1953,
/// with the exponent 1.
struct ZipfRanks: Sendable {
  /// For each rank, the weight of all ranks up to and with it.
  private let cumulated: [Int]
  /// For each equal part of the whole weight, the first rank that reaches into it.
  private let firstRank: [Int32]
  private let shift: Int
  private let total: Int

  /// Weighs that many ranks.
  ///
  /// - Precondition: There is at least one, and `q` is not negative.
  init(_ count: Int, q: Int) {
    var sum = 0
    let cumulated = (0..<count).map { rank in
      sum += (1 << 32) / (rank + 1 + q)
      return sum
    }
    // Some 32 parts for each rank, so that the first rank of a part is nearly always the one.
    var shift = 0
    while sum >> shift > 32 * count { shift += 1 }
    var rank = 0
    firstRank = (0...sum >> shift).map { part in
      while cumulated[rank] <= part << shift, rank < count - 1 { rank += 1 }
      return Int32(rank)
    }
    self.shift = shift
    self.cumulated = cumulated
    total = sum
  }

  /// The next rank.
  ///
  /// - Complexity: O(1), nearly always.
  func next(_ random: inout SplitMix) -> Int {
    let weight = random.below(total)
    var rank = Int(firstRank[weight >> shift])
    while cumulated[rank] <= weight { rank += 1 }
    return rank
  }
}
