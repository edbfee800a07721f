public import StreamModel

/// The windows of one size that hold something, by their beginning, with the keys that are in each.
@usableFromInline
final class OpenWindows<Key> {
  /// A window and who is in it.
  @usableFromInline
  struct Slot {
    @usableFromInline let window: TimeWindow
    /// In the order in which they came.
    @usableFromInline var keys: [Key]
    /// Whether some have not fired yet what they hold.
    @usableFromInline var isDue: Bool

    @inlinable
    init(window: TimeWindow, keys: [Key], isDue: Bool) {
      self.window = window
      self.keys = keys
      self.isDue = isDue
    }
  }

  @usableFromInline var slots: [Slot] = []
  /// How far event time has come.
  @usableFromInline var watermark = Watermark.none

  @inlinable
  init() {}

  /// A key is in a window now.
  @inlinable
  func enter(_ key: Key, _ window: TimeWindow, isDue: Bool) {
    let place = slots.lastIndex { $0.window.start <= window.start }
    if let place, slots[place].window == window {
      slots[place].keys.append(key)
      if isDue { slots[place].isDue = true }
    } else {
      let slot = Slot(window: window, keys: [key], isDue: isDue)
      slots.insert(slot, at: place.map { $0 + 1 } ?? 0)
    }
  }

  /// A key that had fired in a window is due once more.
  @inlinable
  func becomesDue(_ window: TimeWindow) {
    if let place = slots.lastIndex(where: { $0.window == window }) { slots[place].isDue = true }
  }
}

/// What one key's windows keep: the latest one where the key is, which most records fall into, and
/// those before it, by their beginning.
@usableFromInline
struct KeyWindows<Accumulator> {
  @usableFromInline var latest: WindowEntry<Accumulator>?
  @usableFromInline var earlier: ContiguousArray<WindowEntry<Accumulator>> = []

  @inlinable
  init() {}

  /// Whether there are none.
  @inlinable var isEmpty: Bool { latest == nil && earlier.isEmpty }

  /// All of them, by their beginning.
  @inlinable var entries: [WindowEntry<Accumulator>] { earlier + (latest.map { [$0] } ?? []) }

  /// Changes what the window that begins then keeps, if there is such a window.
  @inlinable
  mutating func change<Result>(
    _ start: Int64,
    _ body: (inout WindowEntry<Accumulator>) throws -> Result
  ) rethrows -> Result? {
    if latest?.start == start { return try latest?.change(body) }
    guard let place = earlier.lastIndex(where: { $0.start == start }) else { return nil }
    return try body(&earlier[place])
  }

  /// Takes the window that begins then out, if there is such a window.
  @inlinable
  mutating func remove(_ start: Int64) -> WindowEntry<Accumulator>? {
    if let found = latest, found.start == start {
      latest = earlier.popLast()
      return found
    }
    return earlier.firstIndex { $0.start == start }.map { earlier.remove(at: $0) }
  }

  /// Adds a window that is not there yet.
  @inlinable
  mutating func insert(_ entry: WindowEntry<Accumulator>) {
    guard let newest = latest else { return latest = entry }
    if entry.start > newest.start {
      earlier.append(newest)
      latest = entry
    } else {
      var place = earlier.count
      while place > 0, earlier[place - 1].start > entry.start { place -= 1 }
      earlier.insert(entry, at: place)
    }
  }
}

/// What a window keeps for one key, and whether the end of the window still makes it fire.
@usableFromInline
struct WindowEntry<Accumulator> {
  @usableFromInline let start: Int64
  @usableFromInline var isDue: Bool
  @usableFromInline var contents: Accumulator

  @inlinable
  init(start: Int64, _ contents: Accumulator, isDue: Bool) {
    self.start = start
    self.isDue = isDue
    self.contents = contents
  }

  /// Changes it where it is.
  @inlinable
  mutating func change<Result>(_ body: (inout Self) throws -> Result) rethrows -> Result {
    try body(&self)
  }
}

extension KeyWindows: Codable where Accumulator: Codable {}
extension WindowEntry: Codable where Accumulator: Codable {}
