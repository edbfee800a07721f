public import StreamModel

/// The open-addressing table of one key group.
///
/// The home of a key is its scattered hash scaled to the capacity, so the entries lie in the order
/// of their hashes, and capacities need not be powers of two. Collisions go to the next slot; a
/// removal shifts back what follows, so there are no graves. A group of which little is left moves
/// to fewer pages.
@unsafe
@frozen
@usableFromInline
struct StateGroup<Key: StreamKey, Value> {
  @usableFromInline typealias Page = StatePage<Key, Value>
  @usableFromInline typealias List = StatePageList<Key, Value>

  /// The pages; nil as long as there is no slot.
  @usableFromInline var list: List?
  /// How many slots there are.
  @usableFromInline var capacity: UInt32 = 0
  /// How many of them hold an entry.
  @usableFromInline var count: UInt32 = 0
  /// Whether there is no page yet or the list of pages may be owned by a snapshot too.
  @usableFromInline var needsPreparation = true

  @inlinable
  init() {
    unsafe self.list = nil
  }

  /// How full a group may be before it grows: 11 of 16 slots, and 6 of 16 below a whole page, where
  /// room is cheap and a search that ends at once is worth more.
  @inlinable var isFull: Bool { unsafe count &* 16 >= capacity &* (capacity < 64 ? 6 : 11) }

  @inlinable var slotsOfPage: Int { unsafe min(Int(capacity), PageLayout.slotCount) }

  /// The slot at which the search for a tag begins.
  @inlinable
  static func home(ofTag tag: UInt32, capacity: UInt32) -> Int {
    Int(truncatingIfNeeded: (UInt64(tag & 0x7fff_ffff) &* UInt64(capacity)) &>> 31)
  }

  /// The slot that holds the key, or nil when none does.
  @inlinable
  @inline(__always)
  func find(tag: UInt32, key: UnsafePointer<Key>) -> Int? {
    guard let list = unsafe list else { return nil }
    var slot = unsafe Self.home(ofTag: tag, capacity: capacity)
    while true {
      let page = unsafe list.pages[slot &>> PageLayout.pageShift]
      let place = slot & PageLayout.placeMask
      let found = unsafe page.tags[place]
      if found == 0 { return nil }
      if found == tag, unsafe Key.isSame(page.entries[place].key, key.pointee) { return slot }
      slot = unsafe following(slot)
    }
  }

  @inlinable
  func following(_ slot: Int) -> Int {
    let next = slot &+ 1
    return unsafe next == Int(capacity) ? 0 : next
  }

  /// The page of a slot, as it is for reading.
  @inlinable
  static func page(_ list: List, _ slot: Int) -> Page {
    unsafe list.pages[slot &>> PageLayout.pageShift]
  }

  /// Makes sure that there are pages and that no snapshot owns the list of them.
  @inlinable
  @inline(never)
  mutating func prepareForWriting() {
    if let old = unsafe list {
      if unsafe old.owners.pointee > 1 {
        unsafe list = unsafe old.sharingPages(slots: Int(capacity))
        unsafe old.owners.pointee -= 1
      }
    } else {
      unsafe capacity = 8
      unsafe list = unsafe List.allocate(slots: 8)
    }
    unsafe needsPreparation = false
  }

  /// The page of a slot, copied if a snapshot owns it too.
  ///
  /// - Precondition: the group is prepared for writing.
  @inlinable
  func writablePage(_ list: List, _ slot: Int) -> Page {
    let page = unsafe Self.page(list, slot)
    if unsafe page.isShared { return unsafe unsharePage(list, slot) }
    return unsafe page
  }

  @inlinable
  @inline(never)
  func unsharePage(_ list: List, _ slot: Int) -> Page {
    let index = slot &>> PageLayout.pageShift
    var page = unsafe list.pages[index].unmarked
    if unsafe page.owners.pointee > 1 {
      let copy = unsafe page.copy(slots: slotsOfPage)
      unsafe page.owners.pointee -= 1
      unsafe page = unsafe copy
    }
    unsafe list.pages[index] = unsafe page
    return unsafe page
  }

  /// Puts an entry into the first empty slot from its home and gives the place of its value.
  ///
  /// - Precondition: the key is not there, and the group is prepared for writing.
  @inlinable
  @inline(never)
  mutating func insert(tag: UInt32, key: Key, value: Value) -> UnsafeMutablePointer<Value>? {
    if unsafe isFull { unsafe grow() }
    guard let list = unsafe list else { return nil }
    var slot = unsafe Self.home(ofTag: tag, capacity: capacity)
    while unsafe Self.page(list, slot).tags[slot & PageLayout.placeMask] != 0 {
      slot = unsafe following(slot)
    }
    let page = unsafe writablePage(list, slot)
    let place = slot & PageLayout.placeMask
    unsafe page.tags[place] = tag
    unsafe (page.entries + place).initialize(to: StateEntry(key: key, value: value))
    unsafe count &+= 1
    return unsafe withUnsafeMutablePointer(to: &page.entries[place].value) { unsafe $0 }
  }

  /// Makes the group larger by half, or twice as large while it is small.
  @inlinable
  mutating func grow() {
    let slots = unsafe Int(capacity)
    unsafe move(toCapacity: slots < 256 ? slots * 2 : (slots * 3 / 2 + 63) & ~63)
  }

  /// Makes room for so many entries in all.
  ///
  /// Entries that come in the order in which another table shows them pile up at the beginning of a
  /// table that is too small for all of them; with room for all they come to lie where they belong.
  @inlinable
  mutating func reserve(_ entries: Int) {
    guard unsafe entries > Int(count) else { return }
    if unsafe needsPreparation { unsafe prepareForWriting() }
    var slots = unsafe Int(capacity)
    while entries * 16 >= slots * 11, slots < 64 { slots *= 2 }
    if entries * 16 >= slots * 11 { slots = (entries * 16 / 11 + 64) & ~63 }
    if unsafe slots > Int(capacity) { unsafe move(toCapacity: slots) }
  }

  /// Moves everything to a new list of pages.
  ///
  /// - Precondition: the group is prepared for writing; the capacity is 8, 16, 32 or a multiple of
  ///   64, and has more slots than there are entries.
  @inlinable
  @inline(never)
  mutating func move(toCapacity slots: Int) {
    guard let old = unsafe list else { return }
    let oldCapacity = unsafe Int(capacity)
    let slotsOfOldPage = unsafe slotsOfPage
    let new = unsafe List.allocate(slots: slots)
    unsafe capacity = UInt32(slots)
    unsafe list = unsafe new
    for index in 0..<PageLayout.pageCount(slots: oldCapacity) {
      let page = unsafe old.pages[index].unmarked
      let isMine = unsafe page.owners.pointee == 1
      for place in 0..<slotsOfOldPage {
        let tag = unsafe page.tags[place]
        guard tag != 0 else { continue }
        let target = unsafe emptySlot(tag: tag, in: new)
        let from = unsafe page.entries + place
        if isMine {
          unsafe target.moveInitialize(from: from, count: 1)
          unsafe page.tags[place] = 0
        } else {
          unsafe target.initialize(from: from, count: 1)
        }
      }
    }
    unsafe old.release(slots: oldCapacity)
  }

  /// Takes the first empty slot from the home of a tag in fresh pages, and gives its entry's place.
  @inlinable
  func emptySlot(tag: UInt32, in list: List) -> UnsafeMutablePointer<StateEntry<Key, Value>> {
    var slot = unsafe Self.home(ofTag: tag, capacity: capacity)
    while true {
      let page = unsafe Self.page(list, slot)
      let place = slot & PageLayout.placeMask
      if unsafe page.tags[place] == 0 {
        unsafe page.tags[place] = tag
        return unsafe page.entries + place
      }
      slot = unsafe following(slot)
    }
  }

  /// Gives up all pages.
  @inlinable
  mutating func releaseAll() {
    if let list = unsafe list { unsafe list.release(slots: Int(capacity)) }
    unsafe self = unsafe StateGroup()
  }
}

extension StateGroup {
  /// Shows every key and value by slot.
  @inlinable
  func forEach(_ body: (Key, Value) throws -> Void) rethrows {
    guard let list = unsafe list else { return }
    let slots = unsafe slotsOfPage
    for index in unsafe 0..<PageLayout.pageCount(slots: Int(capacity)) {
      let page = unsafe list.pages[index]
      for place in 0..<slots where unsafe page.tags[place] != 0 {
        try unsafe body(page.entries[place].key, page.entries[place].value)
      }
    }
  }
}
