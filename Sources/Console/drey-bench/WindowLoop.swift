/// An event of the windows' benchmark.
struct GeneratedEvent: Codable {
  /// What it belongs to, below 1,000.
  var key: Int
  /// When it happened, in milliseconds since 1970.
  var time: Int64
  /// What is added up.
  var value: Int

  static let keyCount = 1_000
  /// How far events are out of order, in milliseconds.
  static let disorder = 2_000
  /// How many there are in a second of event time.
  static let perSecond = 10_000

  /// The event of a number: the same one every time.
  @inline(__always)
  init(number: Int) {
    // splitmix64: Vigna, "Further scramblings of Marsaglia's xorshift generators", 2017.
    var mixed = UInt64(bitPattern: Int64(number)) &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    key = Int(truncatingIfNeeded: ((mixed >> 32) &* UInt64(Self.keyCount)) >> 32)
    let late = Int64(truncatingIfNeeded: (mixed & 0xFFFF) &* UInt64(Self.disorder) >> 16)
    time = Int64(number / (Self.perSecond / 1_000)) + Int64(Self.disorder) - late
    value = number & 15
  }
}

/// The windows that one would count by hand: one thread, one pass, no cluster.
///
/// Tumbling windows of ten seconds, count and sum by key, for any keys: open addressing over 2¹¹
/// slots a window, as in ``WordLoop``. A window is closed when an event comes whose time is two
/// seconds after its end; an event of a closed window would be dropped. It is what every figure is
/// held against, measured in the same run.
struct WindowLoop {
  private struct Slot {
    var key = 0
    var count = 0
    var sum = 0
  }

  private static let slots = 1 << 11

  /// Counts so many events: how many rows came out, and the sum over all of them.
  static func run(_ events: Int) -> (rows: Int, sum: Int) {
    let size: Int64 = 10_000
    // Two windows are open at a time.
    let table = UnsafeMutablePointer<Slot>.allocate(capacity: 2 * slots)
    unsafe table.initialize(repeating: Slot(), count: 2 * slots)
    defer { unsafe table.deallocate() }
    var rows = 0
    var sum = 0
    var latest: Int64 = 0
    var oldest: Int64 = 0

    func close(_ window: Int64) {
      let base = Int(window & 1) * slots
      for slot in base..<base + slots where unsafe table[slot].count > 0 {
        rows += 1
        sum &+= unsafe table[slot].sum
        unsafe table[slot] = Slot()
      }
    }

    for number in 0..<events {
      let event = GeneratedEvent(number: number)
      if event.time > latest {
        latest = event.time
        while (oldest + 1) * size <= latest - Int64(GeneratedEvent.disorder) {
          close(oldest)
          oldest += 1
        }
      }
      let window = event.time / size
      if window < oldest { continue }
      let base = Int(window & 1) * slots
      let hash = UInt64(bitPattern: Int64(event.key)) &* 0x9E37_79B9_7F4A_7C15
      var place = Int(truncatingIfNeeded: hash >> 53)
      while unsafe table[base + place].count > 0, unsafe table[base + place].key != event.key {
        place = (place + 1) & (slots - 1)
      }
      unsafe table[base + place].key = event.key
      unsafe table[base + place].count &+= 1
      unsafe table[base + place].sum &+= event.value
    }
    close(oldest)
    close(oldest + 1)
    return (rows, sum)
  }
}
