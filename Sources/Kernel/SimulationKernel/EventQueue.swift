/// The order of events: by instant, and among equal instants by the order of scheduling.
///
/// It holds places in a table, never the events themselves. Nothing is scheduled before the event
/// that was taken last, so events can wait in heaps of time: in one all of that instant, in the
/// next ones those further and further from it, each twice as far as the one before. Only the
/// nearest is sorted into smaller ones when its turn comes. Each holds equal instants in the order
/// of scheduling, since it is filled and emptied from one end to the other. Nothing is compared, or
/// moved about in memory, which matters when a wide job has a million events pending.
/// *Source:* Ahuja, Mehlhorn, Orlin, and Tarjan, "Faster Algorithms for the Shortest Path Problem",
/// 1990: the radix heap.
@usableFromInline
struct EventQueue {
  private struct Place {
    var instant: VirtualInstant
    var slot: Int
  }

  private struct Heap {
    var places: [Place] = []
    var earliest = VirtualInstant.distantFuture
  }

  /// How many places a heap keeps room for while it is empty.
  private static let keptRoom = 4096

  /// The events at the present instant, of which some were taken.
  private var present: [Place] = []
  private var taken = 0
  /// The other events, by the highest bit in which their instants differ from the present one.
  private var heaps = Array(repeating: Heap(), count: 64)
  /// Which heaps are not empty, a bit each.
  private var filled: UInt64 = 0
  /// The instant of the event that was taken last.
  private var instant = VirtualInstant.distantPast

  /// How many events are pending.
  @usableFromInline private(set) var count = 0

  @usableFromInline
  init() {}

  /// The instant of the next event, or nil when none is pending.
  @usableFromInline
  var nextInstant: VirtualInstant? {
    if taken < present.count { return instant }
    return filled == 0 ? nil : heaps[filled.trailingZeroBitCount].earliest
  }

  /// Adds an event that lives in `slot`.
  ///
  /// - Precondition: It is not before the event that was taken last.
  @usableFromInline
  mutating func insert(slot: Int, at instant: VirtualInstant) {
    invariant(instant >= self.instant, "an event is scheduled in the past")
    count += 1
    add(Place(instant: instant, slot: slot))
  }

  /// Takes the next event: the slot that it lives in.
  ///
  /// - Precondition: One is pending.
  @usableFromInline
  mutating func takeNext() -> Int {
    if taken == present.count, let next = nextInstant { advance(to: next) }
    defer { taken += 1 }
    count -= 1
    return present[taken].slot
  }

  private mutating func add(_ place: Place) {
    let distance = UInt64(bitPattern: place.instant.nanoseconds ^ instant.nanoseconds)
    guard distance != 0 else { return present.append(place) }
    let number = 63 - distance.leadingZeroBitCount
    heaps[number].places.append(place)
    heaps[number].earliest = min(heaps[number].earliest, place.instant)
    filled |= 1 << UInt64(number)
  }

  /// Makes an instant the present one: sorts the heap that it is in, before which all are empty.
  private mutating func advance(to next: VirtualInstant) {
    present.removeAll(keepingCapacity: present.count <= Self.keptRoom)
    taken = 0
    instant = next
    let number = filled.trailingZeroBitCount
    filled &= filled - 1
    var heap = Heap()
    swap(&heap, &heaps[number])
    for place in heap.places { add(place) }
    guard heap.places.count <= Self.keptRoom else { return }
    heap.places.removeAll(keepingCapacity: true)
    heaps[number].places = heap.places
  }
}
