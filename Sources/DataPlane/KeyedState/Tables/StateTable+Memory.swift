import StreamModel

extension StateTable {
  /// How many bytes the table has allocated: its pages with the slots that are empty, the lists of
  /// them, the key groups.
  ///
  /// Pages that snapshots alone still hold are not counted, nor is what keys and values own outside
  /// of their slots, such as the characters of a long string.
  ///
  /// - Complexity: O(*g*) in the number of key groups.
  @inlinable
  public var memoryBytes: Int {
    var sum = unsafe Int(groupCount) * MemoryLayout<Group>.stride
    for index in 0..<Int(groupCount) {
      unsafe sum += groups[index].memoryBytes
    }
    return sum
  }
}

extension StateGroup {
  /// How many bytes the pages and the list of them take.
  @inlinable var memoryBytes: Int {
    guard unsafe list != nil else { return 0 }
    let slots = unsafe Int(capacity)
    let page = unsafe Page.byteCount(slots: slotsOfPage)
    return unsafe List.byteCount(slots: slots) + PageLayout.pageCount(slots: slots) * page
  }
}
