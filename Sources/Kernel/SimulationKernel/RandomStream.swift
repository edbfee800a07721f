/// A named stream of pseudo-random numbers, derived from the run's seed.
///
/// Each consumer draws from a stream of its own name, so that one more draw in one place does not
/// reshuffle the others. The state is a value: copying a stream forks it.
/// *Source:* xoshiro256** and splitmix64, Blackman and Vigna, "Scrambled linear pseudorandom number
/// generators", 2018.
public struct RandomStream: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// Makes the stream called `name` of a run with this seed.
  public init(seed: UInt64, name: String) {
    var digest = Digest(seed: seed)
    digest.combine(text: name)
    var mixer = digest.value
    func next() -> UInt64 {
      mixer &+= 0x9E37_79B9_7F4A_7C15
      return Digest.mix(mixer)
    }
    state = (next(), next(), next(), next())
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let product = state.1 &* 5
    let result = (product << 7 | product >> 57) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = state.3 << 45 | state.3 >> 19
    return result
  }

  /// A number from 0 up to, and without, `bound`, each equally likely (up to 2⁻⁶⁴ · bound).
  ///
  /// - Precondition: `bound` is positive.
  public mutating func below(_ bound: Int) -> Int {
    invariant(bound > 0, "a random number below \(bound) was asked for")
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A duration from `range`, both ends included.
  public mutating func duration(in range: ClosedRange<VirtualDuration>) -> VirtualDuration {
    let width = range.upperBound.nanoseconds - range.lowerBound.nanoseconds
    return range.lowerBound + .nanoseconds(Int64(below(Int(width) + 1)))
  }

  /// True with a chance of `numerator` in `denominator`.
  public mutating func chance(_ numerator: Int, in denominator: Int) -> Bool {
    below(denominator) < numerator
  }
}
