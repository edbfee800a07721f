/// The word count that one would write by hand: one thread, one pass over the bytes, no cluster.
///
/// Words end at bytes up to 32; h = 31·h + byte; open addressing over 2¹⁸ slots that compare length
/// and bytes. It is what every figure is held against, measured in the same run.
struct WordLoop {
  private struct Slot {
    var start = 0
    var length = 0
    var hash: UInt32 = 0
    var count = 0
  }

  /// Counts the words of a text: how many there are, and how many different ones.
  static func run(_ text: UnsafeRawBufferPointer) -> (words: Int, distinct: Int) {
    var words = 0
    var distinct = 0
    let mask = (1 << 18) - 1
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: mask + 1)
    unsafe slots.initialize(repeating: Slot(), count: mask + 1)
    defer { unsafe slots.deallocate() }
    guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return (0, 0) }
    let end = text.count
    var position = 0
    while position < end {
      while position < end, unsafe base[position] <= 32 { position &+= 1 }
      let start = position
      var hash: UInt32 = 0
      while position < end, unsafe base[position] > 32 {
        hash = unsafe hash &* 31 &+ UInt32(base[position])
        position &+= 1
      }
      let length = position &- start
      guard length > 0 else { break }
      words &+= 1
      var index = Int(truncatingIfNeeded: (hash &* 0x9E37_79B1) >> 14) & mask
      while true {
        let slot = unsafe slots + index
        if unsafe slot.pointee.count == 0 {
          unsafe slot.pointee = Slot(start: start, length: length, hash: hash, count: 1)
          distinct &+= 1
          break
        }
        if unsafe slot.pointee.hash == hash, unsafe slot.pointee.length == length,
          unsafe isSame(base + slot.pointee.start, base + start, length)
        {
          unsafe slot.pointee.count &+= 1
          break
        }
        index = (index &+ 1) & mask
      }
    }
    return (words, distinct)
  }

  @inline(__always)
  private static func isSame(
    _ first: UnsafePointer<UInt8>,
    _ second: UnsafePointer<UInt8>,
    _ length: Int
  ) -> Bool {
    var index = 0
    while index < length {
      if unsafe first[index] != second[index] { return false }
      index &+= 1
    }
    return true
  }
}
