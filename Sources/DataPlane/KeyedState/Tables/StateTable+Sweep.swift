import StreamModel

/// Where a sweep over a table has come to; it begins anew behind the last key group.
@frozen
@usableFromInline
struct SweepPlace {
  @usableFromInline var group = 0
  @usableFromInline var slot = 0
  /// How many slots the group had when the slot was looked at.
  @usableFromInline var capacity = 0

  @inlinable
  init() {}

  /// How many entries one access to a state lets a sweep look at.
  ///
  /// *Source:* Flink `StateTtlConfig.IncrementalCleanupStrategy`.
  @inlinable static var entriesAtOnce: Int { 5 }
  /// How many slots, empty or not, and empty key groups it passes at most meanwhile.
  @inlinable static var stepsAtOnce: Int { 32 }

  /// Finds the place again when the group has moved to more or fewer slots: entries lie in the
  /// order of their hashes whatever the capacity.
  @inlinable
  mutating func follow(_ present: Int) {
    if capacity != present, capacity > 0 { slot = slot * present / capacity }
    capacity = present
  }

  @inlinable
  mutating func goOn(groupCount: Int) {
    group = group + 1 == groupCount ? 0 : group + 1
    slot = 0
    capacity = 0
  }
}

/// What becomes of an entry that a sweep looks at.
@frozen
@usableFromInline
enum SweepVerdict<Value> {
  case keep
  case replace(Value)
  case remove
}

extension StateTable {
  /// Looks at the next few entries, and does with each as the judge says; gives the pages of groups
  /// back that have become empty.
  ///
  /// Entries that move meanwhile may be looked at twice or only in the next round. Every entry that
  /// has been removed is shown to `removed`, which may use the table again; the judge may not.
  @inlinable
  func sweep(
    _ place: inout SweepPlace,
    judge: (Value) -> SweepVerdict<Value>,
    removed: (Key, Value) -> Void = { _, _ in }
  ) {
    var left = SweepPlace.entriesAtOnce
    var steps = SweepPlace.stepsAtOnce
    while left > 0, steps > 0 {
      steps -= 1
      let group = unsafe groups + place.group
      place.follow(unsafe Int(group.pointee.capacity))
      if unsafe group.pointee.count == 0 && place.capacity > 0 {
        unsafe group.pointee.releaseAll()
      }
      guard let list = unsafe group.pointee.list, place.slot < place.capacity else {
        place.goOn(groupCount: Int(groupCount))
        continue
      }
      let page = unsafe Group.page(list, place.slot)
      let at = place.slot & PageLayout.placeMask
      guard unsafe page.tags[at] != 0 else {
        place.slot += 1
        continue
      }
      left -= 1
      switch judge(unsafe page.entries[at].value) {
      case .keep:
        place.slot += 1
      case .replace(let value):
        unsafe replace(value, at: place.slot, in: group)
        place.slot += 1
      case .remove:
        // The slot is looked at again: what followed may have been shifted back into it.
        let entry = unsafe page.entries[at]
        if unsafe group.pointee.needsPreparation { unsafe group.pointee.prepareForWriting() }
        _ = unsafe group.pointee.remove(at: place.slot)
        removed(entry.key, entry.value)
      }
    }
  }

  @unsafe
  @inlinable
  func replace(_ value: Value, at slot: Int, in group: UnsafeMutablePointer<Group>) {
    if unsafe group.pointee.needsPreparation { unsafe group.pointee.prepareForWriting() }
    guard let list = unsafe group.pointee.list else { return }
    let page = unsafe group.pointee.writablePage(list, slot)
    unsafe page.entries[slot & PageLayout.placeMask].value = value
  }
}
