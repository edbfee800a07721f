/// The sliding windows that one would count by hand: one thread, one pass, no cluster.
///
/// Windows of sixty seconds, one every ten, count and sum by key. An event is added once, to the
/// pane of ten seconds that it lies in, as in ``WindowLoop``; a window adds six panes up when its
/// last one is closed. To add each event to six windows would be the slower way by hand, and easier
/// to keep up with.
struct SlidingLoop {
  private struct Slot {
    var key = 0
    var count = 0
    var sum = 0
  }

  private static let slots = 1 << 11
  private static let panesOfWindow: Int64 = 6
  /// Two panes are open at a time; with those of a window eight are kept.
  private static let panes: Int64 = 8

  /// Counts so many events: how many rows came out, and the sum over all of them.
  static func run(_ events: Int) -> (rows: Int, sum: Int) {
    let size: Int64 = 10_000
    // The last table adds panes up.
    let table = UnsafeMutablePointer<Slot>.allocate(capacity: (Int(panes) + 1) * slots)
    unsafe table.initialize(repeating: Slot(), count: (Int(panes) + 1) * slots)
    defer { unsafe table.deallocate() }
    var (rows, sum) = (0, 0)
    var latest: Int64 = 0
    var oldest: Int64 = 0
    for number in 0..<events {
      let event = GeneratedEvent(number: number)
      if event.time > latest {
        latest = event.time
        while (oldest + 1) * size <= latest - Int64(GeneratedEvent.disorder) {
          unsafe close(oldest, in: table, &rows, &sum)
          oldest += 1
        }
      }
      let pane = event.time / size
      if pane < oldest { continue }
      unsafe add(
        Slot(key: event.key, count: 1, sum: event.value),
        to: table + Int(pane % panes) * slots
      )
    }
    for pane in oldest...oldest + panesOfWindow { unsafe close(pane, in: table, &rows, &sum) }
    return (rows, sum)
  }

  @inline(__always)
  private static func add(_ slot: Slot, to table: UnsafeMutablePointer<Slot>) {
    let hash = UInt64(bitPattern: Int64(slot.key)) &* 0x9E37_79B9_7F4A_7C15
    var place = Int(truncatingIfNeeded: hash >> 53)
    while unsafe table[place].count > 0, unsafe table[place].key != slot.key {
      place = (place + 1) & (slots - 1)
    }
    unsafe table[place].key = slot.key
    unsafe table[place].count &+= slot.count
    unsafe table[place].sum &+= slot.sum
  }

  /// Adds up the window that ends with a pane, and clears the pane that no later one needs.
  private static func close(
    _ pane: Int64,
    in table: UnsafeMutablePointer<Slot>,
    _ rows: inout Int,
    _ sum: inout Int
  ) {
    let window = unsafe table + Int(panes) * slots
    let first = pane - panesOfWindow + 1
    for pane in max(0, first)...pane {
      let base = unsafe table + Int(pane % panes) * slots
      for slot in 0..<slots where unsafe base[slot].count > 0 {
        unsafe add(base[slot], to: window)
      }
    }
    for slot in 0..<slots where unsafe window[slot].count > 0 {
      rows += 1
      sum &+= unsafe window[slot].sum
      unsafe window[slot] = Slot()
    }
    guard first >= 0 else { return }
    unsafe (table + Int(first % panes) * slots).update(repeating: Slot(), count: slots)
  }
}
