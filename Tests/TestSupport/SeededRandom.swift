/// Random numbers that are the same for the same seed.
package struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  /// The numbers of a seed, from the first.
  package init(_ seed: UInt64) {
    state = seed
  }

  /// The next number.
  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }

  /// A number from 0 up to, not including, the bound.
  package mutating func below(_ bound: Int) -> Int {
    Int(next() % UInt64(bound))
  }
}
