import StreamModel

/// The windows that a moment belongs to, whatever kind of time it is of.
///
/// Sizes and offsets are in milliseconds. *Source:* Flink's window assigners.
public enum WindowShape: Sendable, Equatable {
  /// Windows of one size, one after the other.
  case tumbling(size: Int64, offset: Int64)
  /// Windows of one size that begin at every slide.
  case sliding(size: Int64, slide: Int64, offset: Int64)
  /// Windows that end when no record has come for a gap; those that touch are one.
  case session(gap: Int64)
  /// One window for everything, which no time ever ends.
  case global

  /// The windows of a moment, those that begin last first, as Flink lists them.
  ///
  /// - Throws: ``WindowFailure/noTimestamp`` when the record has no event time.
  public func windows(of timestamp: Int64) throws(WindowFailure) -> [TimeWindow] {
    if self == .global { return [.global] }
    guard timestamp != Watermark.noTimestamp else { throw .noTimestamp }
    switch self {
    case .global: return [.global]
    case .tumbling(let size, let offset):
      let start = TimeWindow.start(of: timestamp, offset: offset, size: size)
      return [TimeWindow(start: start, end: start &+ size)]
    case .sliding(let size, let slide, let offset):
      var windows: [TimeWindow] = []
      var start = TimeWindow.start(of: timestamp, offset: offset, size: slide)
      while start > timestamp &- size {
        windows.append(TimeWindow(start: start, end: start &+ size))
        start &-= slide
      }
      return windows
    case .session(let gap): return [TimeWindow(start: timestamp, end: timestamp &+ gap)]
    }
  }

  /// Checks the numbers.
  ///
  /// - Throws: ``WindowFailure/wrongSize(_:)`` with the condition that they break.
  public func check() throws(WindowFailure) {
    switch self {
    case .global: break
    case .tumbling(let size, let offset):
      guard offset.magnitude < size.magnitude, size > 0 else {
        throw .wrongSize(
          "TumblingEventTimeWindows parameters must satisfy abs(offset) < size"
        )
      }
    case .sliding(let size, let slide, let offset):
      guard slide > 0, offset.magnitude < slide.magnitude, size > 0 else {
        throw .wrongSize(
          "SlidingEventTimeWindows parameters must satisfy abs(offset) < slide and size > 0"
        )
      }
    case .session(let gap):
      guard gap > 0 else {
        throw .wrongSize("EventTimeSessionWindows parameters must satisfy 0 < size")
      }
    }
  }

  /// Whether windows become one when they touch.
  public var isMerging: Bool {
    if case .session = self { true } else { false }
  }
}
