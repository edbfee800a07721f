/// One of the `maxParallelism` portions into which the keys of an operator are divided.
///
/// A key group is the smallest unit of state that can move between subtasks when an operator is
/// rescaled; a key never changes its group as long as `maxParallelism` stays the same.
///
/// *Source:* Flink `KeyGroupRangeAssignment`.
@frozen
public struct KeyGroup: Equatable, Comparable, Codable, Sendable {
  /// The group's number, from 0 up to `maxParallelism - 1` (at most 32767).
  public let index: Int

  /// Names the group with this number.
  @inlinable
  public init(_ index: Int) {
    self.index = index
  }

  /// Orders groups by number.
  @inlinable
  public static func < (left: KeyGroup, right: KeyGroup) -> Bool {
    left.index < right.index
  }
}

extension KeyGroup: CustomStringConvertible {
  /// The number alone, as Flink prints it.
  public var description: String { "\(index)" }
}

/// The contiguous key groups that one subtask of a keyed operator owns, both ends included.
///
/// A range is never empty: Flink demands `parallelism <= maxParallelism`, so every subtask owns at
/// least one group. It is a collection of its groups in ascending order.
///
/// *Source:* Flink `KeyGroupRange`.
@frozen
public struct KeyGroupRange: Equatable, Codable, Sendable {
  /// The lowest group of the range.
  public let lowest: KeyGroup
  /// The highest group of the range, included.
  public let highest: KeyGroup

  /// The groups from `lowest` to `highest`, both included.
  ///
  /// - Precondition: `0 <= lowest <= highest`.
  public init(_ lowest: KeyGroup, through highest: KeyGroup) {
    guard lowest.index >= 0, lowest <= highest else {
      fatalError("a key group range must not be empty or negative: [\(lowest), \(highest)]")
    }
    self.lowest = lowest
    self.highest = highest
  }

  /// The groups owned by the subtask `operatorIndex` of an operator that runs `parallelism` times.
  ///
  /// *Source:* Flink `KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex`.
  ///
  /// - Precondition: `0 <= operatorIndex < parallelism <= maxParallelism <= 32768`.
  public init(operatorIndex: Int, parallelism: Int, maxParallelism: Int) {
    KeyGroupAssignment.check(parallelism: parallelism, maxParallelism: maxParallelism)
    guard operatorIndex >= 0, operatorIndex < parallelism else {
      fatalError("operator index \(operatorIndex) is outside of parallelism \(parallelism)")
    }
    let first = (operatorIndex * maxParallelism + parallelism - 1) / parallelism
    let last = ((operatorIndex + 1) * maxParallelism - 1) / parallelism
    self.init(KeyGroup(first), through: KeyGroup(last))
  }

  /// Every group of an operator: what a subtask owns at parallelism 1.
  public static func all(maxParallelism: Int) -> KeyGroupRange {
    KeyGroupRange(KeyGroup(0), through: KeyGroup(maxParallelism - 1))
  }

  /// Whether the group lies in the range.
  @inlinable
  public func contains(_ group: KeyGroup) -> Bool {
    lowest <= group && group <= highest
  }

  /// The groups that both ranges own, or nil when there are none.
  public func intersection(_ other: KeyGroupRange) -> KeyGroupRange? {
    let low = Swift.max(lowest, other.lowest)
    let high = Swift.min(highest, other.highest)
    return low <= high ? KeyGroupRange(low, through: high) : nil
  }
}

extension KeyGroupRange: RandomAccessCollection {
  /// The position of the first group: always 0.
  @inlinable public var startIndex: Int { 0 }

  /// The position behind the last group: how many groups there are.
  @inlinable public var endIndex: Int { highest.index - lowest.index + 1 }

  /// The group at a position counted from the lowest group.
  @inlinable
  public subscript(position: Int) -> KeyGroup {
    KeyGroup(lowest.index + position)
  }
}

extension KeyGroupRange: CustomStringConvertible {
  /// The two ends, both included: `[0, 63]`.
  public var description: String { "[\(lowest), \(highest)]" }
}

/// Which key belongs to which key group, and which subtask owns the group.
///
/// *Source:* Flink `KeyGroupRangeAssignment` and `MathUtils`.
public enum KeyGroupAssignment {
  /// The lowest max parallelism that Flink chooses by itself.
  public static let lowestDefaultMaxParallelism = 128

  /// The highest max parallelism there can be.
  public static let highestMaxParallelism = 32768

  /// Scatters a Java hash code over the non-negative 32-bit integers.
  ///
  /// *Source:* Flink `MathUtils.murmurHash`.
  @inlinable
  public static func murmur(ofHash hash: Int32) -> Int32 {
    var code = UInt32(bitPattern: hash)
    code &*= 0xcc9e_2d51
    code = (code &<< 15) | (code &>> 17)
    code &*= 0x1b87_3593
    code = (code &<< 13) | (code &>> 19)
    code = code &* 5 &+ 0xe654_6b64
    code ^= 4
    code ^= code &>> 16
    code &*= 0x85eb_ca6b
    code ^= code &>> 13
    code &*= 0xc2b2_ae35
    code ^= code &>> 16
    let mixed = Int32(bitPattern: code)
    if mixed >= 0 { return mixed }
    return mixed == Int32.min ? 0 : 0 &- mixed
  }

  /// The key group of a key with the given Java hash code.
  ///
  /// *Source:* Flink `KeyGroupRangeAssignment.computeKeyGroupForKeyHash`.
  ///
  /// - Precondition: `maxParallelism > 0`.
  @inlinable
  public static func keyGroup(ofHash hash: Int32, maxParallelism: Int) -> KeyGroup {
    let mixed = UInt32(bitPattern: murmur(ofHash: hash))
    return KeyGroup(Int(mixed % UInt32(truncatingIfNeeded: maxParallelism)))
  }

  /// The index of the subtask that owns a key group.
  ///
  /// *Source:* Flink `KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup`.
  @inlinable
  public static func operatorIndex(
    of group: KeyGroup,
    maxParallelism: Int,
    parallelism: Int
  ) -> Int {
    group.index &* parallelism / maxParallelism
  }

  /// The max parallelism of an operator for which none was set: a power of two with room to grow.
  ///
  /// *Source:* Flink `KeyGroupRangeAssignment.computeDefaultMaxParallelism`.
  ///
  /// - Precondition: `0 < parallelism <= 32768`.
  public static func defaultMaxParallelism(forParallelism parallelism: Int) -> Int {
    check(parallelism: parallelism, maxParallelism: highestMaxParallelism)
    let wanted = parallelism + parallelism / 2
    var power = lowestDefaultMaxParallelism
    while power < wanted { power *= 2 }
    return Swift.min(power, highestMaxParallelism)
  }

  /// Stops on a parallelism that no operator can have.
  @usableFromInline
  static func check(parallelism: Int, maxParallelism: Int) {
    guard maxParallelism > 0, maxParallelism <= highestMaxParallelism else {
      fatalError("max parallelism must be in 1...\(highestMaxParallelism): \(maxParallelism)")
    }
    guard parallelism > 0, parallelism <= maxParallelism else {
      fatalError("parallelism must be in 1...\(maxParallelism) (max parallelism): \(parallelism)")
    }
  }
}
