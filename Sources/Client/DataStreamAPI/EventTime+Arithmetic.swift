public import SimulationKernel
public import StreamModel

extension EventTime {
  /// The time so much later, in whole milliseconds.
  public static func + (time: EventTime, duration: VirtualDuration) -> EventTime {
    EventTime(milliseconds: time.milliseconds + duration.milliseconds)
  }

  /// The time so much earlier, in whole milliseconds.
  public static func - (time: EventTime, duration: VirtualDuration) -> EventTime {
    EventTime(milliseconds: time.milliseconds - duration.milliseconds)
  }

  /// How much later the first time is than the second.
  public static func - (left: EventTime, right: EventTime) -> VirtualDuration {
    .milliseconds(left.milliseconds - right.milliseconds)
  }
}
