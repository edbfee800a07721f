import SimulationKernel
import StreamModel

/// The promises of a source's splits taken together.
struct SplitWatermarks<Element>: WatermarkGenerator {
  private struct Split {
    var generator: any WatermarkGenerator<Element>
    var watermark = Watermark.none
    var lastRecord: VirtualInstant
  }

  private let split: @Sendable (Element) -> Int
  private let clock: TaskClock
  private let idleAfter: VirtualDuration?
  private var splits: [Split]

  init(
    _ count: Int,
    _ split: @escaping @Sendable (Element) -> Int,
    _ makeGenerator: () -> any WatermarkGenerator<Element>,
    clock: TaskClock,
    idleAfter: VirtualDuration?
  ) {
    guard count > 0 else { fatalError("a source needs at least one split") }
    self.split = split
    self.clock = clock
    self.idleAfter = idleAfter
    splits = (0..<count).map { _ in Split(generator: makeGenerator(), lastRecord: clock.now) }
  }

  mutating func onEvent(_ element: Element, timestamp: Int64) -> Watermark? {
    let index = split(element)
    guard splits.indices.contains(index) else {
      fatalError("a record of split \(index), but there are \(splits.count) splits")
    }
    splits[index].lastRecord = clock.now
    guard let promise = splits[index].generator.onEvent(element, timestamp: timestamp) else {
      return nil
    }
    splits[index].watermark = max(splits[index].watermark, promise)
    return slowest
  }

  mutating func onPeriodicEmit() -> Watermark? {
    for index in splits.indices {
      guard let promise = splits[index].generator.onPeriodicEmit() else { continue }
      splits[index].watermark = max(splits[index].watermark, promise)
    }
    return slowest
  }

  /// The least promise of the splits that are not idle; nil when that is none.
  private var slowest: Watermark? {
    // Asked for every record where promises are made after each: no lists are made for it.
    var slowest: Watermark?
    for split in splits {
      if let idleAfter, clock.now - split.lastRecord >= idleAfter { continue }
      slowest = min(slowest ?? split.watermark, split.watermark)
    }
    return slowest.flatMap { $0 > .none ? $0 : nil }
  }
}
