public import SimulationKernel
public import StreamModel

/// Makes promises about event time from the records that pass.
///
/// ```swift
/// /// Promises at each full minute that nothing from before will come.
/// struct OnEachMinute: WatermarkGenerator {
///   func onEvent(_ reading: Reading, timestamp: Int64) -> Watermark? {
///     timestamp % 60_000 == 0 ? Watermark(timestamp - 1) : nil
///   }
///
///   func onPeriodicEmit() -> Watermark? { nil }
/// }
/// ```
///
/// A value made anew for each subtask attempt; what it knows is not part of a checkpoint, as in
/// Flink. *Source:* Flink `WatermarkGenerator`.
public protocol WatermarkGenerator<Element> {
  /// What passes.
  associatedtype Element
  /// A record passed; what is promised at once, if anything.
  mutating func onEvent(_ element: Element, timestamp: Int64) -> Watermark?
  /// It is time to promise something; nil for nothing.
  mutating func onPeriodicEmit() -> Watermark?
}

/// Promises that no record is more than a bound behind the latest one.
///
/// *Source:* Flink `BoundedOutOfOrdernessWatermarks`: the latest timestamp less the bound less 1.
public struct BoundedOutOfOrderness<Element>: WatermarkGenerator {
  @usableFromInline let bound: Int64
  @usableFromInline var latest: Int64

  /// Makes the generator of a bound in milliseconds; with 0 timestamps only ascend.
  ///
  /// - Precondition: The bound is not negative.
  @inlinable
  public init(milliseconds bound: Int64) {
    invariant(bound >= 0, "records are \(bound) ms out of order")
    self.bound = bound
    latest = .min + bound + 1
  }

  /// Remembers the latest timestamp.
  @inlinable
  public mutating func onEvent(_ element: Element, timestamp: Int64) -> Watermark? {
    if timestamp > latest { latest = timestamp }
    return nil
  }

  /// The latest timestamp less the bound, less one.
  @inlinable
  public mutating func onPeriodicEmit() -> Watermark? { Watermark(latest - bound - 1) }
}

/// The same after each record: what the periodic one would promise if its interval were nothing.
public struct PerRecordBoundedOutOfOrderness<Element>: WatermarkGenerator {
  @usableFromInline var bounded: BoundedOutOfOrderness<Element>

  /// Makes the generator of a bound in milliseconds.
  @inlinable
  public init(milliseconds bound: Int64) {
    bounded = BoundedOutOfOrderness(milliseconds: bound)
  }

  /// The latest timestamp less the bound, less one.
  @inlinable
  public mutating func onEvent(_ element: Element, timestamp: Int64) -> Watermark? {
    _ = bounded.onEvent(element, timestamp: timestamp)
    return bounded.onPeriodicEmit()
  }

  /// Nothing more.
  @inlinable
  public mutating func onPeriodicEmit() -> Watermark? { nil }
}

/// Promises nothing, ever: event-time windows fire at the end of the input.
///
/// *Source:* Flink `NoWatermarksGenerator`.
public struct NoWatermarks<Element>: WatermarkGenerator {
  /// Makes the generator.
  @inlinable
  public init() {}

  /// Nothing.
  @inlinable
  public mutating func onEvent(_ element: Element, timestamp: Int64) -> Watermark? { nil }

  /// Nothing.
  @inlinable
  public mutating func onPeriodicEmit() -> Watermark? { nil }
}
