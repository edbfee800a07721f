// A string as a key: hashed as Java hashes it, compared by its bytes.

extension String: StreamKey {
  /// The 31-fold over the UTF-16 code units.
  ///
  /// *Source:* Java `String.hashCode`.
  ///
  /// - Complexity: O(*n*) in the length of the string.
  @inlinable
  public var javaHash: Int32 {
    let fast = unsafe utf8.withContiguousStorageIfAvailable { bytes in
      unsafe String.hashOfASCII(bytes)
    }
    if case .some(.some(let hash)) = fast { return hash }
    return javaHashOfUnits
  }

  /// The 31-fold over bytes that are all ASCII, or nil when one is not.
  ///
  /// Four bytes are folded at once: the multiplications by powers of 31 do not wait for each other.
  @inlinable
  static func hashOfASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    var hash: UInt32 = 0
    var seen: UInt8 = 0
    var index = 0
    let end = bytes.count
    while index &+ 4 <= end {
      let b0 = unsafe bytes[index]
      let b1 = unsafe bytes[index &+ 1]
      let b2 = unsafe bytes[index &+ 2]
      let b3 = unsafe bytes[index &+ 3]
      seen |= b0 | b1 | b2 | b3
      let low = UInt32(b2) &* 31 &+ UInt32(b3)
      let high = UInt32(b0) &* 29791 &+ UInt32(b1) &* 961
      hash = hash &* 923_521 &+ (high &+ low)
      index &+= 4
    }
    while index < end {
      let byte = unsafe bytes[index]
      seen |= byte
      hash = hash &* 31 &+ UInt32(byte)
      index &+= 1
    }
    return seen < 0x80 ? Int32(bitPattern: hash) : nil
  }

  /// The 31-fold over the UTF-16 code units, whatever the string holds.
  @usableFromInline
  var javaHashOfUnits: Int32 {
    var hash: Int32 = 0
    for unit in utf16 {
      hash = hash &* 31 &+ Int32(unit)
    }
    return hash
  }

  /// Whether the strings have the same UTF-8 bytes.
  ///
  /// Swift's own `==` also calls strings equal that Unicode considers equivalent, such as a composed
  /// and a decomposed "é"; their Java hashes differ, and so do the keys.
  ///
  /// *Source:* Java `String.equals`, which compares the code units.
  @inlinable
  public static func isSame(_ left: String, _ right: String) -> Bool {
    // Two strings of the same 16 bytes are the same: the characters of a short one lie in it, and a
    // long one is a count and a reference to immutable storage.
    let leftBits = unsafe unsafeBitCast(left, to: (UInt64, UInt64).self)
    let rightBits = unsafe unsafeBitCast(right, to: (UInt64, UInt64).self)
    if leftBits.0 == rightBits.0, leftBits.1 == rightBits.1 { return true }
    return hasSameBytes(left, right)
  }

  /// Whether the strings have the same UTF-8 bytes, found by looking at each.
  @usableFromInline
  static func hasSameBytes(_ left: String, _ right: String) -> Bool {
    let same = unsafe left.utf8.withContiguousStorageIfAvailable { leftBytes in
      unsafe right.utf8.withContiguousStorageIfAvailable { rightBytes in
        unsafe haveSameBytes(UnsafeRawBufferPointer(leftBytes), UnsafeRawBufferPointer(rightBytes))
      }
    }
    if case .some(.some(let answer)) = same { return answer }
    return left.utf8.elementsEqual(right.utf8)
  }

  /// Whether two buffers hold the same bytes, eight at a time.
  private static func haveSameBytes(
    _ left: UnsafeRawBufferPointer,
    _ right: UnsafeRawBufferPointer
  ) -> Bool {
    let count = left.count
    guard count == right.count else { return false }
    var offset = 0
    while offset &+ 8 <= count {
      let leftWord = unsafe left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let rightWord = unsafe right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      guard leftWord == rightWord else { return false }
      offset &+= 8
    }
    while offset < count {
      guard unsafe left[offset] == right[offset] else { return false }
      offset &+= 1
    }
    return true
  }
}
