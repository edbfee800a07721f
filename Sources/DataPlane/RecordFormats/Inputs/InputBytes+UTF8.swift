extension InputBytes {
  /// The number, from 1, of the first line that is not valid UTF-8; nil when all is.
  ///
  /// - Complexity: O(*n*), some gigabytes a second for ASCII.
  public var firstLineThatIsNotUTF8: Int? {
    var start = 0
    while start < buffer.count {
      let end = endOfChunk(from: start)
      let chunk = UnsafeRawBufferPointer(rebasing: buffer[start..<end])
      if !Self.isASCII(chunk), String(validating: chunk, as: UTF8.self) == nil {
        return buffer[..<start].count { $0 == 0x0A } + 1 + Self.validLines(of: chunk)
      }
      start = end
    }
    return nil
  }

  /// A place some 64 KiB on, just behind a line end: no character spans it.
  private func endOfChunk(from start: Int) -> Int {
    let target = start + 65_536
    guard target < buffer.count else { return buffer.count }
    return buffer[target...].firstIndex(of: 0x0A).map { $0 + 1 } ?? buffer.count
  }

  private static func isASCII(_ chunk: UnsafeRawBufferPointer) -> Bool {
    var seen: SIMD8<UInt64> = .zero
    let blocks = chunk.count / 64
    for block in 0..<blocks {
      seen |= chunk.loadUnaligned(fromByteOffset: block * 64, as: SIMD8<UInt64>.self)
    }
    var high: UInt64 = 0
    for lane in 0..<8 { high |= seen[lane] }
    for offset in blocks * 64..<chunk.count { high |= UInt64(chunk[offset]) }
    return high & 0x8080_8080_8080_8080 == 0
  }

  private static func validLines(of chunk: UnsafeRawBufferPointer) -> Int {
    chunk.split(separator: 0x0A, omittingEmptySubsequences: false)
      .prefix { String(validating: $0, as: UTF8.self) != nil }.count
  }
}
