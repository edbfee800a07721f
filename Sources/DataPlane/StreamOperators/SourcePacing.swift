public import SimulationKernel

/// How many elements a source emits per second of virtual time, over all of its subtasks.
///
/// *Source:* Flink `RateLimiterStrategy.perSecond`, which divides the rate in the same way.
public struct SourceRate: Sendable, Equatable {
  /// Elements per virtual second.
  public let elementsPerSecond: Int

  /// Makes a rate.
  ///
  /// - Precondition: `elementsPerSecond` is positive.
  public init(elementsPerSecond: Int) {
    invariant(elementsPerSecond > 0, "a rate of \(elementsPerSecond) elements a second")
    self.elementsPerSecond = elementsPerSecond
  }
}

/// Decides how many elements of one subtask are due.
///
/// The clock starts when the source is opened: what a failed attempt missed is not caught up with.
public struct SourcePacing: Sendable {
  private let rate: SourceRate?
  private let parallelism: Int
  private let start: VirtualInstant
  private var emitted = 0

  /// Makes the pacing of one of `parallelism` subtasks; without a rate everything is due at once.
  public init(rate: SourceRate?, parallelism: Int, start: VirtualInstant) {
    self.rate = rate
    self.parallelism = parallelism
    self.start = start
  }

  /// How many elements may be emitted at `now`, at most `limit`.
  public func due(at now: VirtualInstant, limit: Int) -> Int {
    guard let rate else { return limit }
    let elapsed = (now - start).nanoseconds
    let period = Int64(parallelism) * 1_000_000_000
    let (quotient, remainder) = elapsed.quotientAndRemainder(dividingBy: period)
    let total =
      quotient * Int64(rate.elementsPerSecond)
      + remainder * Int64(rate.elementsPerSecond) / period
    return min(limit, Int(total) - emitted)
  }

  /// Says that so many elements were emitted.
  public mutating func emit(_ count: Int) {
    emitted += count
  }

  /// The instant at which the next element is due.
  public var nextInstant: VirtualInstant {
    guard let rate else { return start }
    let period = Int64(parallelism) * 1_000_000_000
    let next = Int64(emitted) + 1
    let elements = Int64(rate.elementsPerSecond)
    let (whole, part) = next.quotientAndRemainder(dividingBy: elements)
    return start + .nanoseconds(whole * period + (part * period + elements - 1) / elements)
  }
}
