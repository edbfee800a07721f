import SimulationKernel
import StreamModel

import Rendering

/// Streams that a seed draws.
enum DrawnMarbles {
  /// A stream as tumbling windows with allowed lateness would treat it, taken down as it happens.
  static func honest(seed: UInt64) -> Marbles {
    var random = RandomStream(seed: seed, name: "honest marbles")
    var marbles = Marbles()
    let size = Int64([1_000, 5_000, 60_000][random.below(3)])
    let lateness = size * Int64(random.below(3)) / 2
    let origin = size * Int64(random.below(5) - 2)
    var clock = Int64?.none
    var open: [(start: Int64, key: String, count: Int)] = []
    func span(_ start: Int64) -> Marbles.Window.Extent {
      .span(EventTime(milliseconds: start), EventTime(milliseconds: start + size))
    }
    for number in 1...16 {
      let time = origin + Int64(random.below(Int(size) * 3))
      if random.chance(1, in: 3) {
        let now = max(clock ?? time, time)
        marbles.advances(to: EventTime(milliseconds: now))
        for (start, key, count) in open
        where start + size - 1 <= now && start + size - 1 > clock ?? .min {
          marbles.fires(span(start), of: key, result: "\(count)")
        }
        for (start, key, _) in open where start + size - 1 + lateness <= now {
          marbles.clears(span(start), of: key)
        }
        open.removeAll { $0.start + size - 1 + lateness <= now }
        clock = now
        continue
      }
      let start = time - ((time % size) + size) % size
      let isGone = clock.map { start + size - 1 + lateness <= $0 } ?? false
      var record = Marbles.Record(
        key: ["a", "b"][random.below(2)],
        label: "\(number)",
        time: EventTime(milliseconds: time)
      )
      if let clock, time <= clock { record.lateness = isGone ? .dropped : .late }
      marbles.arrives(record, into: isGone ? [] : [span(start)])
      guard !isGone else { continue }
      var index = open.firstIndex { $0.start == start && $0.key == record.key }
      if index == nil {
        open.append((start, record.key, 0))
        index = open.count - 1
      }
      open[index ?? 0].count += 1
      if let clock, start + size - 1 <= clock {
        marbles.fires(span(start), of: record.key, result: "\(open[index ?? 0].count)")
      }
    }
    return marbles
  }

  /// Whatever the types allow: times far apart, names of all kinds, nothing in its right order.
  static func odd(seed: UInt64) -> Marbles {
    var random = RandomStream(seed: seed, name: "odd marbles")
    var marbles = Marbles(
      inputs: [[""], ["in"], ["jfk", "ewr"], ["", "x y", "松鼠"]][random.below(4)]
    )
    let far = random.chance(1, in: 3)
    let keys = 1 + random.below(names.count)
    for _ in 0..<random.below(6) {
      marbles.windows.append(
        Marbles.Window(key: names[random.below(keys)], extent: extent(&random, far: far))
      )
    }
    for _ in 0..<random.below(30) {
      marbles.events.append(event(&random, marbles, keys: keys, far: far))
    }
    let records = marbles.records.count
    for index in marbles.windows.indices where records > 0 {
      marbles.windows[index].holds = (0..<random.below(4)).map { _ in random.below(records) }
    }
    if records > 0, random.chance(1, in: 2) { marbles.times = .timeOfDay }
    return marbles
  }

  private static func event(
    _ random: inout RandomStream,
    _ marbles: Marbles,
    keys: Int,
    far: Bool
  ) -> Marbles.Event {
    let input = random.below(marbles.inputs.count)
    let windows = marbles.windows.count
    switch random.below(windows > 0 ? 12 : 9) {
    case 0...4:
      return .record(
        Marbles.Record(
          key: names[random.below(keys)],
          label: names[random.below(names.count)],
          time: time(&random, far: far),
          input: input,
          lateness: Marbles.Lateness.allCases[random.below(3)]
        )
      )
    case 5: return .watermark(time(&random, far: far), input: input)
    case 6: return .combined(random.chance(1, in: 6) ? Marbles.end : time(&random, far: far))
    case 7: return .idle(input: input)
    case 8: return .active(input: input)
    case 9:
      return .fires(window: random.below(windows), result: names[random.below(names.count)])
    case 10: return .clears(window: random.below(windows))
    default: return .joins(window: random.below(windows), into: random.below(windows))
    }
  }

  private static func extent(_ random: inout RandomStream, far: Bool) -> Marbles.Window.Extent {
    switch random.below(4) {
    case 0: return .count(random.below(3))
    case 1: return .global
    default:
      let times = [time(&random, far: far), time(&random, far: far)].sorted()
      return .span(times[0], times[1])
    }
  }

  private static func time(_ random: inout RandomStream, far: Bool) -> EventTime {
    let near = Int64(random.below(20_000)) - 5_000
    guard far else { return EventTime(milliseconds: near) }
    let times: [Int64] = [.min, .min + 1, -86_400_000, 0, near, 1 << 40, .max - 1, .max]
    return EventTime(milliseconds: times[random.below(times.count)])
  }

  private static let names = [
    "a", "b", "", "1", "a1", "EWR", "x-y", ".", "->", "#1", "{", "|", "end", "a b", "\"\\", "\n",
    "\u{1B}[31m", "e\u{301}", "松鼠", "🐿️", "日本語のとても長い名前です、本当に長い", "cleared", "!", "@9",
    "a key that goes on and on without an end in sight",
  ]
}
