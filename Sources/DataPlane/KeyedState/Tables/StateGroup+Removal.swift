import StreamModel

extension StateGroup {
  /// Whether so little is left that the group should move to fewer slots: under a quarter of the
  /// slots where there are several pages, under an eighth of a single page.
  ///
  /// A group that has just moved is about half full: many entries come or go before it moves again.
  @inlinable var isNearlyEmpty: Bool {
    let share: UInt32 = unsafe capacity > UInt32(PageLayout.slotCount) ? 4 : 8
    return unsafe count &* share < capacity && capacity > 8
  }

  /// Empties a slot and shifts back the entries that had to step aside for it.
  ///
  /// A group that has become nearly empty gives pages back.
  ///
  /// - Precondition: the slot holds an entry, and the group is prepared for writing.
  @inlinable
  mutating func remove(at slot: Int) -> Value? {
    guard let list = unsafe list else { return nil }
    let mask = PageLayout.placeMask
    var hole = slot
    var holePage = unsafe writablePage(list, hole)
    let removed = unsafe (holePage.entries + (hole & mask)).move()
    var next = unsafe following(hole)
    while true {
      let tag = unsafe Self.page(list, next).tags[next & mask]
      guard tag != 0 else { break }
      let home = unsafe Self.home(ofTag: tag, capacity: capacity)
      let isReachable = hole <= next ? home <= hole || home > next : home <= hole && home > next
      if isReachable {
        let page = unsafe writablePage(list, next)
        unsafe (holePage.entries + (hole & mask))
          .moveInitialize(from: page.entries + (next & mask), count: 1)
        unsafe holePage.tags[hole & mask] = tag
        hole = next
        unsafe holePage = unsafe page
      }
      next = unsafe following(next)
    }
    unsafe holePage.tags[hole & mask] = 0
    unsafe count &-= 1
    if unsafe isNearlyEmpty { unsafe shrink() }
    return removed.value
  }

  /// Moves to about twice as many slots as there are entries.
  @inlinable
  @inline(never)
  mutating func shrink() {
    let wanted = unsafe Int(count) * 2
    var slots = 8
    while slots < wanted, slots < PageLayout.slotCount { slots *= 2 }
    if slots < wanted { slots = (wanted + 63) & ~63 }
    if unsafe slots < Int(capacity) { unsafe move(toCapacity: slots) }
  }
}
