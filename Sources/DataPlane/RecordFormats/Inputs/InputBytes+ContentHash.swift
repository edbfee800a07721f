extension InputBytes {
  /// A 64-bit hash of the bytes: what identifies an input in a run, wherever it lies.
  ///
  /// Four lanes of 64-bit words, each multiplied and folded, so that a large file costs little.
  /// - Complexity: O(*n*), some gigabytes a second.
  public var contentHash: UInt64 {
    var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
    let blocks = buffer.count / 32
    for block in 0..<blocks {
      let offset = block * 32
      lanes.0 = Self.fold(lanes.0, buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      lanes.1 = Self.fold(
        lanes.1,
        buffer.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
      )
      lanes.2 = Self.fold(
        lanes.2,
        buffer.loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self)
      )
      lanes.3 = Self.fold(
        lanes.3,
        buffer.loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self)
      )
    }
    var tail = UInt64(buffer.count)
    for offset in blocks * 32..<buffer.count { tail = Self.fold(tail, UInt64(buffer[offset])) }
    return [lanes.0, lanes.1, lanes.2, lanes.3].reduce(tail, Self.fold)
  }

  private static func fold(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    let mixed = (lane ^ UInt64(littleEndian: word)) &* 0x9E37_79B9_7F4A_7C15
    return mixed ^ mixed &>> 29
  }
}
