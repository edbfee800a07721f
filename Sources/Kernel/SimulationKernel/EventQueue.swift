import HeapModule

/// The order of events: by instant, and among equal instants by the order of scheduling.
///
/// It holds places in a table of the simulation's, never the events themselves, so that the heap
/// moves 24 bytes and is not generic.
@usableFromInline
struct EventQueue {
  private struct Place: Comparable {
    var instant: VirtualInstant
    var sequence: UInt64
    var slot: Int

    static func < (left: Place, right: Place) -> Bool {
      left.instant == right.instant
        ? left.sequence < right.sequence : left.instant < right.instant
    }
  }

  private var heap = Heap<Place>()
  private var sequence: UInt64 = 0

  @usableFromInline
  init() {}

  /// How many events are pending.
  @usableFromInline
  var count: Int { heap.count }

  /// The instant of the next event, or nil when none is pending.
  @usableFromInline
  var nextInstant: VirtualInstant? { heap.min?.instant }

  /// Adds an event that lives in `slot`.
  @usableFromInline
  mutating func insert(slot: Int, at instant: VirtualInstant) {
    sequence += 1
    heap.insert(Place(instant: instant, sequence: sequence, slot: slot))
  }

  /// Puts the event that ``next(notAfter:)`` gave last back to where it was: the first of all.
  @usableFromInline
  mutating func putBack(slot: Int, at instant: VirtualInstant) {
    heap.insert(Place(instant: instant, sequence: 0, slot: slot))
  }

  /// Takes the next event, unless it lies after `limit`.
  @usableFromInline
  mutating func next(notAfter limit: VirtualInstant) -> (slot: Int, instant: VirtualInstant)? {
    guard let place = heap.min, place.instant <= limit else { return nil }
    heap.removeMin()
    return (place.slot, place.instant)
  }
}
