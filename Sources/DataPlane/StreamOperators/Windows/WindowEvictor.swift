public import SimulationKernel

/// Takes elements out of a window before or after its function sees them.
///
/// ```swift
/// /// Lets a function see what is warm only.
/// struct WarmEvictor: WindowEvictor {
///   func evictBefore(_ elements: inout [TimestampedElement<Reading>], window: TimeWindow) {
///     elements.removeAll { $0.element.degrees < 15 }
///   }
/// }
/// ```
///
/// *Source:* Flink `Evictor`.
public protocol WindowEvictor<Element> {
  /// What comes to the windows.
  associatedtype Element

  /// Takes elements out that the function is not to see.
  mutating func evictBefore(_ elements: inout [TimestampedElement<Element>], window: TimeWindow)
  /// Takes elements out that the function has seen.
  mutating func evictAfter(_ elements: inout [TimestampedElement<Element>], window: TimeWindow)
}

extension WindowEvictor {
  /// Keeps all.
  public mutating func evictAfter(
    _ elements: inout [TimestampedElement<Element>],
    window: TimeWindow
  ) {}
}

/// Keeps the last elements, so many of them.
///
/// ```swift
/// readings.windowAll(.tumblingEventTime(.hours(1))).evictor(CountEvictor(100))
///   .sum(\.degrees).print()
/// ```
///
/// *Source:* Flink `CountEvictor`, which evicts before the function.
public struct CountEvictor<Element>: WindowEvictor {
  private let limit: Int

  /// Makes the evictor.
  ///
  /// - Precondition: The number is not negative.
  public init(_ limit: Int) {
    invariant(limit >= 0, "a window that keeps \(limit) elements")
    self.limit = limit
  }

  /// Takes the first elements out.
  public func evictBefore(
    _ elements: inout [TimestampedElement<Element>],
    window: TimeWindow
  ) {
    if elements.count > limit { elements.removeFirst(elements.count - limit) }
  }
}

/// Keeps the elements that are no older than so much before the youngest.
///
/// ```swift
/// readings.windowAll(.tumblingEventTime(.hours(1))).evictor(TimeEvictor(.minutes(10)))
///   .sum(\.degrees).print()
/// ```
///
/// *Source:* Flink `TimeEvictor`, which evicts before the function.
public struct TimeEvictor<Element>: WindowEvictor {
  private let span: Int64

  /// Makes the evictor of a span.
  public init(_ span: VirtualDuration) {
    self.span = span.milliseconds
  }

  /// Takes out what is at least that much older; nothing if the first element has no time.
  public func evictBefore(
    _ elements: inout [TimestampedElement<Element>],
    window: TimeWindow
  ) {
    guard let first = elements.first, first.timestamp != .min else { return }
    let youngest = elements.reduce(Int64.min) { max($0, $1.timestamp) }
    elements.removeAll { $0.timestamp <= youngest &- span }
  }
}

/// Keeps the elements whose distance from the last one is below a threshold.
///
/// ```swift
/// readings.windowAll(.tumblingEventTime(.hours(1)))
///   .evictor(DeltaEvictor(threshold: 10) { Double(abs($0.degrees - $1.degrees)) })
///   .sum(\.degrees).print()
/// ```
///
/// *Source:* Flink `DeltaEvictor`, which evicts before the function.
public struct DeltaEvictor<Element>: WindowEvictor {
  private let threshold: Double
  private let distance: @Sendable (Element, Element) -> Double

  /// Makes the evictor.
  public init(
    threshold: Double,
    distance: @escaping @Sendable (Element, Element) -> Double
  ) {
    self.threshold = threshold
    self.distance = distance
  }

  /// Takes out what is at least that far from the last element.
  public func evictBefore(
    _ elements: inout [TimestampedElement<Element>],
    window: TimeWindow
  ) {
    guard let last = elements.last else { return }
    elements.removeAll { distance($0.element, last.element) >= threshold }
  }
}
