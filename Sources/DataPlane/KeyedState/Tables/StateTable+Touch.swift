import StreamModel

extension StateTable {
  /// Reads a byte of the tag and of the entry where the search for a key begins.
  ///
  /// A loop that touches some dozens of keys before it updates them has their cache lines on the
  /// way all at once, where the updates alone would wait for one after the other. What is read
  /// means nothing; give it to ``noteTouched(_:)``, so that reading it is not optimised away.
  @unsafe
  @inlinable
  @inline(__always)
  public func touch(scattered: UInt32, keyAt key: UnsafePointer<Key>) -> UInt8 {
    let group = unsafe group(ofScattered: scattered)
    guard let list = unsafe group.pointee.list else { return 0 }
    let tag = unsafe Self.tag(scattered: scattered, key: key.pointee)
    let slot = unsafe Group.home(ofTag: tag, capacity: group.pointee.capacity)
    let page = unsafe list.pages[slot &>> PageLayout.pageShift]
    let place = slot & PageLayout.placeMask
    let entry = unsafe UnsafeRawPointer(page.entries + place).load(as: UInt8.self)
    return unsafe UInt8(truncatingIfNeeded: page.tags[place]) ^ entry
  }

  /// Takes what ``touch(scattered:keyAt:)`` read.
  @inlinable
  public func noteTouched(_ bytes: UInt8) {
    touched ^= bytes
  }
}
