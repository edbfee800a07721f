public import SimulationKernel
import StreamModel

/// Which windows a record belongs to, and by which kind of time.
///
/// What an assigner comes to when the program is planned.
public struct WindowAssignment: Sendable, Equatable {
  /// What the windows look like.
  public let shape: WindowShape
  /// Whether the time of a record counts, or the time at which it is processed.
  public let isEventTime: Bool

  /// Windows of a shape over a kind of time.
  public init(_ shape: WindowShape, isEventTime: Bool) {
    self.shape = shape
    self.isEventTime = isEventTime
  }

  /// Windows of one size, one after the other, over event time.
  public static func tumblingEventTime(
    _ size: VirtualDuration,
    offset: VirtualDuration = .zero
  ) -> WindowAssignment {
    WindowAssignment(
      .tumbling(size: size.milliseconds, offset: offset.milliseconds),
      isEventTime: true
    )
  }

  /// Windows of one size, one after the other, over processing time.
  public static func tumblingProcessingTime(
    _ size: VirtualDuration,
    offset: VirtualDuration = .zero
  ) -> WindowAssignment {
    WindowAssignment(
      .tumbling(size: size.milliseconds, offset: offset.milliseconds),
      isEventTime: false
    )
  }

  /// Windows of one size that begin at every slide, over event time.
  public static func slidingEventTime(
    _ size: VirtualDuration,
    slide: VirtualDuration,
    offset: VirtualDuration = .zero
  ) -> WindowAssignment {
    WindowAssignment(
      .sliding(
        size: size.milliseconds,
        slide: slide.milliseconds,
        offset: offset.milliseconds
      ),
      isEventTime: true
    )
  }

  /// Windows of one size that begin at every slide, over processing time.
  public static func slidingProcessingTime(
    _ size: VirtualDuration,
    slide: VirtualDuration,
    offset: VirtualDuration = .zero
  ) -> WindowAssignment {
    WindowAssignment(
      .sliding(
        size: size.milliseconds,
        slide: slide.milliseconds,
        offset: offset.milliseconds
      ),
      isEventTime: false
    )
  }

  /// Windows that end when no record has come for a gap of event time.
  public static func eventTimeSession(gap: VirtualDuration) -> WindowAssignment {
    WindowAssignment(.session(gap: gap.milliseconds), isEventTime: true)
  }

  /// Windows that end when no record has come for a gap of processing time.
  public static func processingTimeSession(gap: VirtualDuration) -> WindowAssignment {
    WindowAssignment(.session(gap: gap.milliseconds), isEventTime: false)
  }

  /// One window for everything, which fires only when a trigger says so; nothing is late for it.
  ///
  /// *Source:* Flink `GlobalWindows`, which is not of event time.
  public static let global = WindowAssignment(.global, isEventTime: false)

  /// Flink's name of the assigner, which its operator bears until a program names it.
  public var name: String {
    let time = isEventTime ? "EventTime" : "ProcessingTime"
    return switch shape {
    case .tumbling: "Tumbling\(time)Windows"
    case .sliding: "Sliding\(time)Windows"
    case .session: "\(time)SessionWindows"
    case .global: "GlobalWindows"
    }
  }

  /// Whether windows become one when they touch.
  public var isMerging: Bool { shape.isMerging }
}
