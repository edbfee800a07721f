/// A key and its value, as they lie side by side in a page.
@frozen
@usableFromInline
struct StateEntry<Key, Value> {
  @usableFromInline var key: Key
  @usableFromInline var value: Value

  @inlinable
  init(key: Key, value: Value) {
    self.key = key
    self.value = value
  }
}

/// How the slots of a state table lie in pages.
@usableFromInline
enum PageLayout {
  /// How many slots a full-sized page has.
  @inlinable static var slotCount: Int { 64 }
  /// The place of a slot in its page: `slot & placeMask`.
  @inlinable static var placeMask: Int { 63 }
  /// The page of a slot: `slot >> pageShift`.
  @inlinable static var pageShift: Int { 6 }
  /// Where the tags begin in a page, behind its count of owners.
  @inlinable static var tagsOffset: Int { 16 }

  /// Where the entries begin in a page.
  @inlinable
  static func entriesOffset<Entry>(_: Entry.Type) -> Int {
    let end = tagsOffset &+ slotCount &* MemoryLayout<UInt32>.stride
    let mask = MemoryLayout<Entry>.alignment &- 1
    return (end &+ mask) & ~mask
  }

  /// How many pages it takes to hold so many slots.
  @inlinable
  static func pageCount(slots: Int) -> Int {
    (slots + slotCount - 1) >> pageShift
  }
}

/// A reference to up to 64 slots of a state table: a count of owners, a tag per slot, the entries.
///
/// A tag is 0 for an empty slot; else it holds the scattered hash and its highest bit is set. The
/// lowest bit of the address says that a snapshot may own the page too: such a page is copied
/// before it is written. Owners are counted without atomics: table and snapshots of it stay on one
/// thread, which the compiler enforces because none of them is `Sendable`.
@unsafe
@frozen
@usableFromInline
struct StatePage<Key, Value> {
  @usableFromInline typealias Entry = StateEntry<Key, Value>

  @usableFromInline var bits: UnsafeMutableRawPointer

  @inlinable
  init(bits: UnsafeMutableRawPointer) {
    unsafe self.bits = unsafe bits
  }

  /// Whether a snapshot may own the page too.
  @inlinable var isShared: Bool { unsafe UInt(bitPattern: bits) & 1 != 0 }

  /// The same page, marked as possibly owned by a snapshot.
  @inlinable var shared: Self {
    unsafe isShared ? self : Self(bits: bits + 1)
  }

  /// The same page without the mark.
  @inlinable var unmarked: Self {
    unsafe isShared ? Self(bits: bits - 1) : self
  }

  /// Where the page begins in memory.
  @inlinable var base: UnsafeMutableRawPointer {
    let marked = unsafe Int(bitPattern: bits) & 1
    return unsafe bits - marked
  }

  /// The tags of the slots.
  @inlinable var tags: UnsafeMutablePointer<UInt32> {
    unsafe (base + PageLayout.tagsOffset).assumingMemoryBound(to: UInt32.self)
  }

  /// The entries of the slots; only those with a tag are initialized.
  @inlinable var entries: UnsafeMutablePointer<Entry> {
    unsafe (base + PageLayout.entriesOffset(Entry.self)).assumingMemoryBound(to: Entry.self)
  }

  /// How many lists of pages hold this page.
  @inlinable var owners: UnsafeMutablePointer<Int> {
    unsafe base.assumingMemoryBound(to: Int.self)
  }

  /// How many bytes a page of so many slots takes.
  @inlinable
  static func byteCount(slots: Int) -> Int {
    PageLayout.entriesOffset(Entry.self) + slots * MemoryLayout<Entry>.stride
  }

  /// A page of empty slots with one owner.
  @inlinable
  static func allocate(slots: Int) -> Self {
    let bytes = unsafe byteCount(slots: slots)
    let alignment = max(16, MemoryLayout<Entry>.alignment)
    let base = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: alignment)
    unsafe base.bindMemory(to: Int.self, capacity: 2).initialize(repeating: 1, count: 2)
    unsafe (base + PageLayout.tagsOffset).bindMemory(to: UInt32.self, capacity: slots)
      .initialize(repeating: 0, count: slots)
    unsafe (base + PageLayout.entriesOffset(Entry.self)).bindMemory(to: Entry.self, capacity: slots)
    return unsafe Self(bits: base)
  }

  /// A page with copies of the entries, with one owner.
  @inlinable
  func copy(slots: Int) -> Self {
    let copy = unsafe Self.allocate(slots: slots)
    let (from, to) = unsafe (entries, copy.entries)
    for slot in 0..<slots {
      let tag = unsafe tags[slot]
      guard tag != 0 else { continue }
      unsafe copy.tags[slot] = tag
      unsafe (to + slot).initialize(from: from + slot, count: 1)
    }
    return unsafe copy
  }

  /// Gives up one ownership; the last one destroys the entries and frees the page.
  @inlinable
  func release(slots: Int) {
    unsafe owners.pointee -= 1
    guard unsafe owners.pointee == 0 else { return }
    for slot in 0..<slots where unsafe tags[slot] != 0 {
      unsafe (entries + slot).deinitialize(count: 1)
    }
    unsafe base.deallocate()
  }
}

/// A reference to the pages of one key group, with a count of owners of the list itself.
@unsafe
@frozen
@usableFromInline
struct StatePageList<Key, Value> {
  @usableFromInline typealias Page = StatePage<Key, Value>

  @usableFromInline var base: UnsafeMutableRawPointer

  @inlinable
  init(base: UnsafeMutableRawPointer) {
    unsafe self.base = unsafe base
  }

  /// How many tables and snapshots hold this list.
  @inlinable var owners: UnsafeMutablePointer<Int> {
    unsafe base.assumingMemoryBound(to: Int.self)
  }

  /// The pages, in the order of their slots.
  @inlinable var pages: UnsafeMutablePointer<Page> {
    unsafe (base + 16).assumingMemoryBound(to: Page.self)
  }

  /// How many bytes a list takes that leads to so many slots, without its pages.
  @inlinable
  static func byteCount(slots: Int) -> Int {
    unsafe 16 + PageLayout.pageCount(slots: slots) * MemoryLayout<Page>.stride
  }

  /// A list without pages yet, with one owner.
  @inlinable
  static func allocateUnfilled(slots: Int) -> Self {
    let count = PageLayout.pageCount(slots: slots)
    let bytes = unsafe byteCount(slots: slots)
    let base = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 16)
    unsafe base.bindMemory(to: Int.self, capacity: 2).initialize(repeating: 1, count: 2)
    unsafe (base + 16).bindMemory(to: Page.self, capacity: count)
    return unsafe Self(base: base)
  }

  /// A list of pages with empty slots, with one owner.
  ///
  /// - Precondition: `slots` is less than 64 or a multiple of 64.
  @inlinable
  static func allocate(slots: Int) -> Self {
    let list = unsafe allocateUnfilled(slots: slots)
    let slotsOfPage = min(slots, PageLayout.slotCount)
    for index in 0..<PageLayout.pageCount(slots: slots) {
      unsafe (list.pages + index).initialize(to: Page.allocate(slots: slotsOfPage))
    }
    return unsafe list
  }

  /// A list of the same pages, each of which has one more owner and is marked as shared.
  @inlinable
  func sharingPages(slots: Int) -> Self {
    let list = unsafe Self.allocateUnfilled(slots: slots)
    for index in 0..<PageLayout.pageCount(slots: slots) {
      let page = unsafe pages[index].unmarked
      unsafe page.owners.pointee += 1
      unsafe (list.pages + index).initialize(to: page.shared)
    }
    return unsafe list
  }

  /// Gives up one ownership; the last one gives up the pages and frees the list.
  @inlinable
  func release(slots: Int) {
    unsafe owners.pointee -= 1
    guard unsafe owners.pointee == 0 else { return }
    let slotsOfPage = min(slots, PageLayout.slotCount)
    for index in 0..<PageLayout.pageCount(slots: slots) {
      unsafe pages[index].unmarked.release(slots: slotsOfPage)
    }
    unsafe base.deallocate()
  }
}
