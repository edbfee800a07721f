/// The events that are pending, in their order.
///
/// Each lives in a slot of a table until it is taken. Free slots are used again, the last freed
/// first, since that is still at hand; after many events were pending at once they are put in
/// order, so that the next many are written one beside the other.
@usableFromInline
struct PendingEvents<Event> {
  /// How many slots are worth being put in order.
  @usableFromInline static var manySlots: Int { 65_536 }

  @usableFromInline var queue = EventQueue()
  @usableFromInline var slots: [Event?] = []
  @usableFromInline var freeSlots: [Int] = []
  /// Whether most slots were in use since they were in order.
  @usableFromInline var isScattered = false

  @inlinable
  init() {}

  /// How many there are.
  @inlinable var count: Int { queue.count }

  /// The instant of the next one, or nil when there is none.
  @inlinable var nextInstant: VirtualInstant? { queue.nextInstant }

  /// Adds an event.
  @inlinable
  mutating func insert(_ event: consuming Event, at instant: VirtualInstant) {
    if let slot = freeSlots.popLast() {
      slots[slot] = event
      queue.insert(slot: slot, at: instant)
      if freeSlots.count < slots.count / 2 { isScattered = true }
    } else {
      slots.append(event)
      queue.insert(slot: slots.count - 1, at: instant)
      isScattered = true
    }
  }

  /// Takes the next one out.
  ///
  /// - Precondition: There is one.
  @inlinable
  mutating func takeNext() -> Event? {
    let slot = queue.takeNext()
    let event = slots[slot].take()
    freeSlots.append(slot)
    if isScattered, freeSlots.count > Self.manySlots, freeSlots.count > slots.count / 16 * 15 {
      tidy()
    }
    return event
  }

  /// Puts the free slots in order, the first last.
  @usableFromInline
  mutating func tidy() {
    isScattered = false
    var isFree = Array(repeating: false, count: slots.count)
    for slot in freeSlots { isFree[slot] = true }
    freeSlots.removeAll(keepingCapacity: true)
    for slot in slots.indices.reversed() where isFree[slot] { freeSlots.append(slot) }
  }
}
