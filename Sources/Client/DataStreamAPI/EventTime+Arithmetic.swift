public import SimulationKernel
public import StreamModel

extension EventTime {
  /// The time so much later, in whole milliseconds.
  ///
  /// ```swift
  /// let deadline = reading.time + .hours(8)
  /// ```
  public static func + (time: EventTime, duration: VirtualDuration) -> EventTime {
    EventTime(milliseconds: time.milliseconds + duration.milliseconds)
  }

  /// The time so much earlier, in whole milliseconds.
  ///
  /// ```swift
  /// let yesterday = reading.time - .days(1)
  /// ```
  public static func - (time: EventTime, duration: VirtualDuration) -> EventTime {
    EventTime(milliseconds: time.milliseconds - duration.milliseconds)
  }

  /// How much later the first time is than the second.
  ///
  /// ```swift
  /// let lag = deadline - yesterday
  /// ```
  public static func - (left: EventTime, right: EventTime) -> VirtualDuration {
    .milliseconds(left.milliseconds - right.milliseconds)
  }
}
