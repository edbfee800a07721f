/// How much keyed state there is.
public struct StateSize: Equatable, Sendable {
  /// How many entries: keys with a value, keys with a list, entries of maps, rows of tables.
  ///
  /// What has expired counts until it has been removed.
  public var entries: Int
  /// How many bytes are allocated for them: the pages with their empty slots, and the elements of
  /// lists; not what keys and values own elsewhere, such as the characters of a long string.
  public var bytes: Int

  /// A size.
  @inlinable
  public init(entries: Int = 0, bytes: Int = 0) {
    self.entries = entries
    self.bytes = bytes
  }

  /// Both together.
  @inlinable
  public static func + (left: StateSize, right: StateSize) -> StateSize {
    StateSize(entries: left.entries + right.entries, bytes: left.bytes + right.bytes)
  }

  /// How many bytes an array has allocated, with its header.
  @inlinable
  static func bytes<Element>(of array: [Element]) -> Int {
    array.capacity == 0 ? 0 : 32 + array.capacity * MemoryLayout<Element>.stride
  }
}

extension StateTable {
  /// How many entries there are and what they take, with what each owns outside of its slot.
  ///
  /// - Complexity: O(*g*) in the number of key groups; O(*n*) where entries own something.
  @inlinable
  func size(owned: ((Value) -> Int)? = nil) -> StateSize {
    var size = StateSize(entries: count, bytes: memoryBytes)
    if let owned { forEach { _, _, value in size.bytes += owned(value) } }
    return size
  }
}
