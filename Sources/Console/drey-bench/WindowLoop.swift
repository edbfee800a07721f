/// An event of the windows' benchmark.
struct GeneratedEvent: Codable {
  /// What it belongs to, below 1,000.
  var key: Int
  /// When it happened, in milliseconds since 1970.
  var time: Int64
  /// What is added up.
  var value: Int

  static let keys = 1_000
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
    key = Int(truncatingIfNeeded: (mixed >> 32) &* 1_000 >> 32)
    let late = Int64(truncatingIfNeeded: (mixed & 0xFFFF) &* UInt64(Self.disorder) >> 16)
    time = Int64(number / (Self.perSecond / 1_000)) + Int64(Self.disorder) - late
    value = number & 15
  }
}

/// The windows that one would count by hand: one thread, one pass, no cluster.
///
/// Tumbling windows of ten seconds, count and sum by key; a window is closed when an event comes
/// whose time is two seconds after its end. It is what every figure is held against, measured in the
/// same run.
struct WindowLoop {
  private struct Slot {
    var count = 0
    var sum = 0
  }

  /// Counts so many events: how many rows came out, and the sum over all of them.
  static func run(_ events: Int) -> (rows: Int, sum: Int) {
    let size: Int64 = 10_000
    // Two windows are open at a time; each has a slot for each key.
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: 2 * GeneratedEvent.keys)
    unsafe slots.initialize(repeating: Slot(), count: 2 * GeneratedEvent.keys)
    defer { unsafe slots.deallocate() }
    var rows = 0
    var sum = 0
    var latest: Int64 = 0
    var oldest: Int64 = 0

    func close(_ window: Int64) {
      let base = Int(window & 1) * GeneratedEvent.keys
      for key in 0..<GeneratedEvent.keys where unsafe slots[base + key].count > 0 {
        rows += 1
        sum &+= unsafe slots[base + key].sum
        unsafe slots[base + key] = Slot()
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
      let index = Int(window & 1) * GeneratedEvent.keys + event.key
      unsafe slots[index].count &+= 1
      unsafe slots[index].sum &+= event.value
    }
    close(oldest)
    close(oldest + 1)
    return (rows, sum)
  }
}
