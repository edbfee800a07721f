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

/// What a window keeps for one key, and whether the end of the window still makes it fire.
public struct WindowEntry<Accumulator> {
  @usableFromInline var contents: Accumulator
  @usableFromInline var isDue: Bool

  @inlinable
  init(_ contents: Accumulator, isDue: Bool) {
    self.contents = contents
    self.isDue = isDue
  }
}

extension WindowEntry: Encodable where Accumulator: Encodable {}
extension WindowEntry: Decodable where Accumulator: Decodable {}
