/// A moment of virtual time: nanoseconds since the run began; negative while its world is set up.
///
/// Virtual time moves only when an event is taken from the queue; it has nothing to do with the
/// wall clock, and nothing to do with event time, which belongs to the data.
public struct VirtualInstant: Comparable, Hashable, Sendable {
  /// Nanoseconds since the run began.
  public var nanoseconds: Int64

  /// Makes the instant that many nanoseconds after the beginning.
  @inlinable
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// The beginning of the run.
  public static let zero = VirtualInstant(nanoseconds: 0)

  /// An instant before every event that a run can hold.
  public static let distantPast = VirtualInstant(nanoseconds: .min)

  /// An instant after every event that a run can hold.
  public static let distantFuture = VirtualInstant(nanoseconds: .max)

  /// Whole milliseconds since the run began, rounded down.
  @inlinable
  public var milliseconds: Int64 { nanoseconds / 1_000_000 }

  /// Orders by time.
  @inlinable
  public static func < (left: VirtualInstant, right: VirtualInstant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The instant that much later; saturates at the distant future.
  @inlinable
  public static func + (instant: VirtualInstant, duration: VirtualDuration) -> VirtualInstant {
    let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(duration.nanoseconds)
    return VirtualInstant(nanoseconds: overflow ? .max : sum)
  }

  /// The time that passed from `right` to `left`.
  @inlinable
  public static func - (left: VirtualInstant, right: VirtualInstant) -> VirtualDuration {
    VirtualDuration(nanoseconds: left.nanoseconds - right.nanoseconds)
  }
}

/// A span of virtual time in nanoseconds.
public struct VirtualDuration: Comparable, Hashable, Sendable {
  /// The length of the span in nanoseconds.
  public var nanoseconds: Int64

  /// Makes a span of that many nanoseconds.
  @inlinable
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// No time at all.
  public static let zero = VirtualDuration(nanoseconds: 0)

  /// A span of nanoseconds.
  @inlinable
  public static func nanoseconds(_ count: Int64) -> VirtualDuration {
    VirtualDuration(nanoseconds: count)
  }

  /// A span of microseconds.
  @inlinable
  public static func microseconds(_ count: Int64) -> VirtualDuration {
    VirtualDuration(nanoseconds: count * 1000)
  }

  /// A span of milliseconds.
  @inlinable
  public static func milliseconds(_ count: Int64) -> VirtualDuration {
    VirtualDuration(nanoseconds: count * 1_000_000)
  }

  /// A span of seconds.
  @inlinable
  public static func seconds(_ count: Int64) -> VirtualDuration {
    VirtualDuration(nanoseconds: count * 1_000_000_000)
  }

  /// A span of minutes.
  @inlinable
  public static func minutes(_ count: Int64) -> VirtualDuration {
    .seconds(count * 60)
  }

  /// A span of hours.
  @inlinable
  public static func hours(_ count: Int64) -> VirtualDuration {
    .minutes(count * 60)
  }

  /// A span of days of 24 hours.
  @inlinable
  public static func days(_ count: Int64) -> VirtualDuration {
    .hours(count * 24)
  }

  /// Whole milliseconds, rounded down.
  @inlinable
  public var milliseconds: Int64 { nanoseconds / 1_000_000 }

  /// Orders by length.
  @inlinable
  public static func < (left: VirtualDuration, right: VirtualDuration) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The sum of two spans.
  @inlinable
  public static func + (left: VirtualDuration, right: VirtualDuration) -> VirtualDuration {
    VirtualDuration(nanoseconds: left.nanoseconds + right.nanoseconds)
  }

  /// The difference of two spans.
  @inlinable
  public static func - (left: VirtualDuration, right: VirtualDuration) -> VirtualDuration {
    VirtualDuration(nanoseconds: left.nanoseconds - right.nanoseconds)
  }

  /// The span repeated `count` times.
  @inlinable
  public static func * (span: VirtualDuration, count: Int64) -> VirtualDuration {
    VirtualDuration(nanoseconds: span.nanoseconds * count)
  }

  /// The span divided into `count` parts, rounded down.
  @inlinable
  public static func / (span: VirtualDuration, count: Int64) -> VirtualDuration {
    VirtualDuration(nanoseconds: span.nanoseconds / count)
  }

  /// The span scaled by a whole percentage, rounded down.
  @inlinable
  public func scaled(percent: Int64) -> VirtualDuration {
    VirtualDuration(nanoseconds: nanoseconds / 100 * percent + nanoseconds % 100 * percent / 100)
  }
}
