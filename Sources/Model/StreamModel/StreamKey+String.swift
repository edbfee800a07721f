// A string as a key: hashed as Java hashes it, compared by its bytes.

extension String: StreamKey {
  /// The 31-fold over the UTF-16 code units.
  ///
  /// A short ASCII string, as words are, lies in the 16 bytes of the string itself: its characters
  /// from the lowest byte up, zeros behind them, in the highest byte 0xE0 and the count. So the
  /// standard library lays it out (`StringObject.swift`); a test guards it.
  ///
  /// *Source:* Java `String.hashCode`.
  ///
  /// - Complexity: O(*n*) in the length of the string.
  @inlinable
  public var javaHash: Int32 {
    #if _endian(little) && _pointerBitWidth(_64)
    let bits = unsafe unsafeBitCast(self, to: (UInt64, UInt64).self)
    if bits.1 &>> 60 == 0xe {
      let count = (bits.1 &>> 56) & 0xf
      return String.hashOfShort(bits.0, bits.1 & 0x00ff_ffff_ffff_ffff, count)
    }
    #endif
    return javaHashOfBytes
  }

  /// The 31-fold over up to 15 characters in two words, the first character in the lowest byte.
  ///
  /// The characters are shifted up to the highest bytes; the zeros before them count for nothing.
  @inlinable
  @inline(__always)
  static func hashOfShort(_ low: UInt64, _ high: UInt64, _ count: UInt64) -> Int32 {
    let up = (16 &- count) &* 8
    // Past 8 characters both words are shifted up together; up to 8 the low word alone.
    let isLong = count > 8
    let first = isLong ? low &<< up : 0
    let second = isLong ? (high &<< up) | (low &>> (64 &- up)) : low << (up &- 64)
    let hash = fold(first) &* 0x9444_6f01 &+ fold(second)
    return Int32(bitPattern: hash)
  }

  /// The 31-fold over the 8 bytes of a word, lowest first: bytes to pairs, pairs to fours, fours to
  /// eight.
  @inlinable
  @inline(__always)
  static func fold(_ word: UInt64) -> UInt32 {
    let bytes: UInt64 = 0x00ff_00ff_00ff_00ff
    let pairs: UInt64 = 0x0000_ffff_0000_ffff
    let byTwo = (word & bytes) &* 31 &+ ((word &>> 8) & bytes)
    let byFour = (byTwo & pairs) &* 961 &+ ((byTwo &>> 16) & pairs)
    return UInt32(truncatingIfNeeded: byFour) &* 923_521
      &+ UInt32(truncatingIfNeeded: byFour &>> 32)
  }

  /// The 31-fold over the UTF-16 code units of a string of any kind.
  @usableFromInline
  var javaHashOfBytes: Int32 {
    let hash = unsafe utf8.withContiguousStorageIfAvailable { bytes in
      unsafe String.hashOfUTF8(bytes)
    }
    if let hash { return hash }
    return utf16.reduce(0) { $0 &* 31 &+ Int32($1) }
  }

  /// The 31-fold over the UTF-16 code units that valid UTF-8 stands for.
  static func hashOfUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    let raw = UnsafeRawBufferPointer(bytes)
    var hash: UInt32 = 0
    var index = 0
    while index < raw.count {
      while index &+ 8 <= raw.count {
        let word = unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        guard word & 0x8080_8080_8080_8080 == 0 else { break }
        hash = hash &* 0x9444_6f01 &+ fold(UInt64(littleEndian: word))
        index &+= 8
      }
      guard index < raw.count else { break }
      let scalar = unsafe scalar(raw, &index)
      if scalar < 0x10000 {
        hash = hash &* 31 &+ scalar
      } else {
        let above = scalar &- 0x10000
        let (lead, trail) = (0xd800 | above &>> 10, 0xdc00 | above & 0x3ff)
        hash = (hash &* 31 &+ lead) &* 31 &+ trail
      }
    }
    return Int32(bitPattern: hash)
  }

  /// The scalar that begins at an index of valid UTF-8; moves the index behind it.
  @inline(__always)
  private static func scalar(_ bytes: UnsafeRawBufferPointer, _ index: inout Int) -> UInt32 {
    let lead = unsafe UInt32(bytes[index])
    index &+= 1
    if lead < 0x80 { return lead }
    let more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
    var scalar = lead & (0x3f &>> UInt32(more))
    for _ in 0..<more {
      scalar = unsafe scalar &<< 6 | UInt32(bytes[index]) & 0x3f
      index &+= 1
    }
    return scalar
  }

  /// Whether the strings have the same UTF-8 bytes.
  ///
  /// Swift's own `==` also calls strings equal that Unicode considers equivalent, such as a
  /// composed and a decomposed "é"; their Java hashes differ, and so do the keys.
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
