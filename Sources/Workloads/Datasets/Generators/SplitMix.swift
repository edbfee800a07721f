/// The pseudo-random numbers of the generated datasets.
///
/// Apart from the streams of a run, because these datasets are a published format: their bytes must
/// stay what they are when a run draws differently. *Source:* Steele, Lea and Flood, "Fast
/// splittable pseudorandom number generators", 2014 (splitmix64).
package struct SplitMix: Sendable {
  private var state: UInt64

  /// Starts at a seed.
  package init(seed: UInt64) {
    state = seed
  }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed &>> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed &>> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed &>> 31
  }

  /// A number from 0 up to, and without, `bound`: the remainder of the next 64 bits.
  ///
  /// - Precondition: `bound` is positive.
  package mutating func below(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: next() % UInt64(truncatingIfNeeded: bound))
  }
}
