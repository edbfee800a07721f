/// A 64-bit running hash of what happened in a run.
///
/// Not cryptographic: it tells two runs apart, it does not resist an adversary.
public struct Digest: Hashable, Sendable {
  /// The hash of everything combined so far.
  public private(set) var value: UInt64

  /// Starts a digest; different seeds start different digests.
  public init(seed: UInt64 = 0) {
    value = Self.mix(seed ^ 0x6472_6579_2D6E_6573)
  }

  /// Folds one word in; order matters.
  public mutating func combine(_ word: UInt64) {
    value = Self.mix(value ^ word) &+ 0x9E37_79B9_7F4A_7C15
  }

  /// Folds bytes in, eight at a time, and their count.
  public mutating func combine(bytes: some Collection<UInt8>) {
    var word: UInt64 = 0
    var filled: UInt64 = 0
    var count: UInt64 = 0
    for byte in bytes {
      word |= UInt64(byte) << filled
      filled += 8
      count += 1
      if filled == 64 {
        combine(word)
        word = 0
        filled = 0
      }
    }
    combine(word)
    combine(count)
  }

  /// Folds the bytes of a journal's line in.
  @usableFromInline
  mutating func combine(line: [UInt8]) {
    combine(bytes: line)
  }

  /// Folds the UTF-8 bytes of a text in.
  public mutating func combine(text: String) {
    combine(bytes: text.utf8)
  }

  /// The finaliser of splitmix64: every input bit reaches every output bit.
  public static func mix(_ word: UInt64) -> UInt64 {
    var mixed = word
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

extension Digest: CustomStringConvertible {
  /// Sixteen hexadecimal digits.
  public var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
