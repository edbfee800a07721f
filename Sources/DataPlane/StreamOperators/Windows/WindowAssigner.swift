public import SimulationKernel

/// Puts records into windows, and says by which kind of operator that is carried out.
///
/// ```swift
/// readings.keyBy(\.room).window(TumblingEventTimeWindows.of(.seconds(5))).sum(\.degrees).print()
/// readings.keyBy(\.room).window(.tumblingEventTime(.seconds(5))).sum(\.degrees).print()
/// ```
///
/// Written by Flink's names or, shorter, with a dot:
/// `.window(TumblingEventTimeWindows.of(.seconds(5)))` is
/// `.window(.tumblingEventTime(.seconds(5)))`. *Source:* Flink `WindowAssigner`.
public protocol WindowAssigner: Sendable {
  /// How its windows are carried out while the program names no trigger and no evictor.
  associatedtype Kind: WindowKind
  /// Which windows a record belongs to.
  var assignment: WindowAssignment { get }
  /// The trigger that it brings along beside the usual ones of its windows; nil for none.
  func makeTrigger<Element>(for type: Element.Type) -> (any WindowTrigger<Element>)?
}

extension WindowAssigner {
  /// None: windows fire when their time is over.
  public func makeTrigger<Element>(for type: Element.Type) -> (any WindowTrigger<Element>)? { nil }
}

/// Windows of one size, one after the other, over event time.
///
/// ```swift
/// readings.keyBy(\.room).window(.tumblingEventTime(.hours(1), offset: .minutes(15)))
///   .sum(\.degrees).print()
/// ```
///
/// *Source:* Flink `TumblingEventTimeWindows`.
public struct TumblingEventTimeWindows: WindowAssigner {
  /// They are the same for all keys.
  public typealias Kind = AlignedWindowKind
  /// Which windows a record belongs to.
  public let assignment: WindowAssignment

  /// Windows of a size, which begin at whole multiples of it, moved by an offset.
  public static func of(
    _ size: VirtualDuration,
    offset: VirtualDuration = .zero
  ) -> TumblingEventTimeWindows {
    TumblingEventTimeWindows(assignment: .tumblingEventTime(size, offset: offset))
  }
}

/// Windows of one size, one after the other, over processing time.
///
/// ```swift
/// readings.keyBy(\.room).window(.tumblingProcessingTime(.seconds(5))).sum(\.degrees).print()
/// ```
///
/// *Source:* Flink `TumblingProcessingTimeWindows`.
public struct TumblingProcessingTimeWindows: WindowAssigner {
  /// They need timers.
  public typealias Kind = TriggeredWindowKind
  /// Which windows a record belongs to.
  public let assignment: WindowAssignment

  /// Windows of a size, which begin at whole multiples of it, moved by an offset.
  public static func of(
    _ size: VirtualDuration,
    offset: VirtualDuration = .zero
  ) -> TumblingProcessingTimeWindows {
    TumblingProcessingTimeWindows(assignment: .tumblingProcessingTime(size, offset: offset))
  }
}

/// Windows of one size that begin at every slide, over event time.
///
/// ```swift
/// readings.keyBy(\.room).window(.slidingEventTime(.minutes(5), slide: .minutes(1)))
///   .sum(\.degrees).print()
/// ```
///
/// *Source:* Flink `SlidingEventTimeWindows`.
public struct SlidingEventTimeWindows: WindowAssigner {
  /// They are the same for all keys.
  public typealias Kind = AlignedWindowKind
  /// Which windows a record belongs to.
  public let assignment: WindowAssignment

  /// Windows of a size, one every `slide`, moved by an offset.
  public static func of(
    _ size: VirtualDuration,
    slide: VirtualDuration,
    offset: VirtualDuration = .zero
  ) -> SlidingEventTimeWindows {
    SlidingEventTimeWindows(assignment: .slidingEventTime(size, slide: slide, offset: offset))
  }
}

/// Windows of one size that begin at every slide, over processing time.
///
/// ```swift
/// readings.keyBy(\.room).window(.slidingProcessingTime(.minutes(5), slide: .minutes(1)))
///   .sum(\.degrees).print()
/// ```
///
/// *Source:* Flink `SlidingProcessingTimeWindows`.
public struct SlidingProcessingTimeWindows: WindowAssigner {
  /// They need timers.
  public typealias Kind = TriggeredWindowKind
  /// Which windows a record belongs to.
  public let assignment: WindowAssignment

  /// Windows of a size, one every `slide`, moved by an offset.
  public static func of(
    _ size: VirtualDuration,
    slide: VirtualDuration,
    offset: VirtualDuration = .zero
  ) -> SlidingProcessingTimeWindows {
    SlidingProcessingTimeWindows(
      assignment: .slidingProcessingTime(size, slide: slide, offset: offset)
    )
  }
}

/// Windows that end when no record has come for a gap of event time.
///
/// ```swift
/// readings.keyBy(\.room).window(.eventTimeSession(gap: .seconds(30))).sum(\.degrees).print()
/// ```
///
/// *Source:* Flink `EventTimeSessionWindows`.
public struct EventTimeSessionWindows: WindowAssigner {
  /// They merge.
  public typealias Kind = TriggeredWindowKind
  /// Which windows a record belongs to.
  public let assignment: WindowAssignment

  /// Sessions with a gap between them.
  public static func withGap(_ gap: VirtualDuration) -> EventTimeSessionWindows {
    EventTimeSessionWindows(assignment: .eventTimeSession(gap: gap))
  }
}

/// Windows that end when no record has come for a gap of processing time.
///
/// ```swift
/// readings.keyBy(\.room).window(.processingTimeSession(gap: .seconds(30)))
///   .sum(\.degrees).print()
/// ```
///
/// *Source:* Flink `ProcessingTimeSessionWindows`.
public struct ProcessingTimeSessionWindows: WindowAssigner {
  /// They merge.
  public typealias Kind = TriggeredWindowKind
  /// Which windows a record belongs to.
  public let assignment: WindowAssignment

  /// Sessions with a gap between them.
  public static func withGap(_ gap: VirtualDuration) -> ProcessingTimeSessionWindows {
    ProcessingTimeSessionWindows(assignment: .processingTimeSession(gap: gap))
  }
}

/// One window for everything; nothing is late for it.
///
/// ```swift
/// readings.keyBy(\.room).window(.untilEndOfStream).sum(\.degrees).print()
/// readings.keyBy(\.room).window(.global).trigger(CountTrigger(2)).sum(\.degrees).print()
/// ```
///
/// *Source:* Flink `GlobalWindows`, which is not of event time.
public struct GlobalWindows: WindowAssigner {
  /// It fires when a trigger says so.
  public typealias Kind = TriggeredWindowKind
  private let firesAtEnd: Bool

  /// Which windows a record belongs to: the one.
  public var assignment: WindowAssignment { .global }

  /// A window that fires only when the program's own trigger says so.
  public static func create() -> GlobalWindows { GlobalWindows(firesAtEnd: false) }

  /// A window that fires when no more records will come; its rows have the last time there is.
  ///
  /// *Source:* Flink `GlobalWindows.createWithEndOfStreamTrigger`.
  public static func createWithEndOfStreamTrigger() -> GlobalWindows {
    GlobalWindows(firesAtEnd: true)
  }

  /// The trigger of the end, where that was asked for.
  public func makeTrigger<Element>(for type: Element.Type) -> (any WindowTrigger<Element>)? {
    firesAtEnd ? EventTimeTrigger<Element>() : nil
  }
}

// MARK: Written with a dot

extension WindowAssigner where Self == TumblingEventTimeWindows {
  /// Windows of one size, one after the other, over event time.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.tumblingEventTime(.hours(1), offset: .minutes(15)))
  ///   .sum(\.degrees).print()
  /// ```
  public static func tumblingEventTime(
    _ size: VirtualDuration,
    offset: VirtualDuration = .zero
  ) -> TumblingEventTimeWindows { .of(size, offset: offset) }
}

extension WindowAssigner where Self == TumblingProcessingTimeWindows {
  /// Windows of one size, one after the other, over processing time.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.tumblingProcessingTime(.seconds(5))).sum(\.degrees).print()
  /// ```
  public static func tumblingProcessingTime(
    _ size: VirtualDuration,
    offset: VirtualDuration = .zero
  ) -> TumblingProcessingTimeWindows { .of(size, offset: offset) }
}

extension WindowAssigner where Self == SlidingEventTimeWindows {
  /// Windows of one size that begin at every slide, over event time.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.slidingEventTime(.minutes(5), slide: .minutes(1)))
  ///   .sum(\.degrees).print()
  /// ```
  public static func slidingEventTime(
    _ size: VirtualDuration,
    slide: VirtualDuration,
    offset: VirtualDuration = .zero
  ) -> SlidingEventTimeWindows { .of(size, slide: slide, offset: offset) }
}

extension WindowAssigner where Self == SlidingProcessingTimeWindows {
  /// Windows of one size that begin at every slide, over processing time.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.slidingProcessingTime(.minutes(5), slide: .minutes(1)))
  ///   .sum(\.degrees).print()
  /// ```
  public static func slidingProcessingTime(
    _ size: VirtualDuration,
    slide: VirtualDuration,
    offset: VirtualDuration = .zero
  ) -> SlidingProcessingTimeWindows { .of(size, slide: slide, offset: offset) }
}

extension WindowAssigner where Self == EventTimeSessionWindows {
  /// Windows that end when no record has come for a gap of event time.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.eventTimeSession(gap: .seconds(30))).sum(\.degrees).print()
  /// ```
  public static func eventTimeSession(gap: VirtualDuration) -> EventTimeSessionWindows {
    .withGap(gap)
  }
}

extension WindowAssigner where Self == ProcessingTimeSessionWindows {
  /// Windows that end when no record has come for a gap of processing time.
  ///
  /// ```swift
  /// readings.keyBy(\.room).window(.processingTimeSession(gap: .seconds(30)))
  ///   .sum(\.degrees).print()
  /// ```
  public static func processingTimeSession(gap: VirtualDuration) -> ProcessingTimeSessionWindows {
    .withGap(gap)
  }
}

extension WindowAssigner where Self == GlobalWindows {
  /// One window for everything, which fires when the program's own trigger says so.
  public static var global: GlobalWindows { .create() }

  /// One window for everything, which fires when no more records will come.
  public static var untilEndOfStream: GlobalWindows { .createWithEndOfStreamTrigger() }
}
