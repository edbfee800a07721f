import StreamOperators
public import SimulationKernel

/// How many elements a source emits per second of virtual time, over all of its subtasks.
///
/// ```swift
/// let rate = SourceRate(elementsPerSecond: 20)
/// print(rate.elementsPerSecond)
/// ```
///
/// *Source:* Flink `RateLimiterStrategy.perSecond`, which divides the rate in the same way.
public struct SourceRate: Sendable, Equatable {
  /// Elements per virtual second; 0 for ``unlimited``.
  public let elementsPerSecond: Int

  /// As fast as a source can, whatever rate the run has.
  public static let unlimited = SourceRate()

  private init() {
    elementsPerSecond = 0
  }

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
/// Of what a source could not emit while it was held back, at most a second's worth is made up for.
/// *Source:* Flink `GuavaRateLimiter`, whose limiter saves up permits for one second.
public struct SourcePacing: Sendable {
  private let rate: SourceRate?
  private let parallelism: Int
  private let start: VirtualInstant
  /// How many were emitted, or are not made up for.
  private var emitted = 0

  /// Makes the pacing of one of `parallelism` subtasks; without a rate everything is due at once.
  public init(rate: SourceRate?, parallelism: Int, start: VirtualInstant) {
    self.rate = rate == .unlimited ? nil : rate
    self.parallelism = parallelism
    self.start = start
  }

  /// How many elements may be emitted at `now`, at most `limit`.
  public mutating func due(at now: VirtualInstant, limit: Int) -> Int {
    guard let rate else { return limit }
    let elapsed = Int(max(.zero, now - start).nanoseconds)
    let total = Self.scale(elapsed, by: rate.elementsPerSecond, dividedBy: period).quotient
    // A second's worth, and the one that is due now.
    let saved = rate.elementsPerSecond / parallelism
    if total - emitted - 1 > saved { emitted = total - saved - 1 }
    return min(limit, total - emitted)
  }

  /// Says that so many elements were emitted.
  public mutating func emit(_ count: Int) {
    emitted += count
  }

  /// The instant at which the next element is due.
  public var nextInstant: VirtualInstant {
    guard let rate else { return start }
    let (whole, isExact) = Self.scale(emitted + 1, by: period, dividedBy: rate.elementsPerSecond)
    return start + .nanoseconds(Int64(isExact || whole == .max ? whole : whole + 1))
  }

  /// In how many nanoseconds a subtask emits as many elements as the rate is.
  private var period: Int { parallelism * 1_000_000_000 }

  /// `number` · `factor` / `divisor`, rounded down, for numbers that are not negative; the largest
  /// number where the result is beyond.
  private static func scale(
    _ number: Int,
    by factor: Int,
    dividedBy divisor: Int
  ) -> (quotient: Int, isExact: Bool) {
    let product = number.magnitude.multipliedFullWidth(by: factor.magnitude)
    guard product.high < divisor.magnitude else { return (.max, true) }
    let (quotient, remainder) = divisor.magnitude.dividingFullWidth(product)
    return (Int(clamping: quotient), remainder == 0)
  }
}
