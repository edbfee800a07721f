public import StreamModel

/// A stretch of time: from its start up to its end, excluded, in milliseconds since 1970.
///
/// ```swift
/// let window = TimeWindow(start: 0, end: 60_000)
/// print(window.maxTimestamp == 59_999)
/// ```
///
/// *Source:* Flink `TimeWindow`.
public struct TimeWindow: Hashable, Sendable, Codable, Comparable {
  /// Its first millisecond.
  public let start: Int64
  /// The first millisecond after it.
  public let end: Int64

  /// Makes a window.
  @inlinable
  public init(start: Int64, end: Int64) {
    self.start = start
    self.end = end
  }

  /// The last millisecond that belongs to it: what a watermark must reach before it is complete.
  ///
  /// The one window of everything has no last millisecond: it is complete at the end of time.
  @inlinable
  public var maxTimestamp: Int64 { end == .max ? .max : end &- 1 }

  /// Orders by start, then by end.
  @inlinable
  public static func < (left: TimeWindow, right: TimeWindow) -> Bool {
    (left.start, left.end) < (right.start, right.end)
  }

  /// Whether two windows overlap or touch: then sessions are one.
  ///
  /// *Source:* Flink `TimeWindow.intersects`.
  @inlinable
  public func intersects(_ other: TimeWindow) -> Bool {
    start <= other.end && end >= other.start
  }

  /// The window that covers both.
  @inlinable
  public func cover(_ other: TimeWindow) -> TimeWindow {
    TimeWindow(start: min(start, other.start), end: max(end, other.end))
  }

  /// The start of the window of that size that holds a timestamp.
  ///
  /// *Source:* Flink `TimeWindow.getWindowStartWithOffset`.
  @inlinable
  public static func start(of timestamp: Int64, offset: Int64, size: Int64) -> Int64 {
    let remainder = (timestamp &- offset) % size
    return remainder < 0 ? timestamp &- (remainder &+ size) : timestamp &- remainder
  }
}

extension TimeWindow {
  /// The one window of ``WindowShape/global``.
  public static let global = TimeWindow(start: .min, end: .max)

  /// Puts windows together that overlap or touch.
  ///
  /// - Returns: The windows that remain, by their start, each with those that it was made of.
  ///
  /// *Source:* Flink `TimeWindow.mergeWindows`.
  public static func merged(_ windows: [TimeWindow]) -> [(window: TimeWindow, parts: [TimeWindow])]
  {
    var merged: [(window: TimeWindow, parts: [TimeWindow])] = []
    for window in windows.sorted() {
      if let last = merged.last, last.window.intersects(window) {
        merged[merged.count - 1].window = last.window.cover(window)
        merged[merged.count - 1].parts.append(window)
      } else {
        merged.append((window, [window]))
      }
    }
    return merged
  }
}

extension TimeWindow: StreamKey {
  /// *Source:* Flink `TimeWindow.hashCode`, by `MathUtils.longToIntWithBitMixing`.
  @inlinable
  public var javaHash: Int32 {
    var bits = UInt64(bitPattern: start &+ end)
    bits = (bits ^ (bits &>> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits &>> 27)) &* 0x94d0_49bb_1331_11eb
    bits ^= bits &>> 31
    return Int32(truncatingIfNeeded: bits)
  }

  /// Whether both bounds are equal.
  @inlinable
  public static func isSame(_ left: TimeWindow, _ right: TimeWindow) -> Bool { left == right }
}
