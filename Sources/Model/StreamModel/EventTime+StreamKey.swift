extension EventTime: StreamKey {
  /// *Source:* Java `Instant.hashCode`: the hash of the seconds and 51 times the nanoseconds.
  public var javaHash: Int32 { seconds.javaHash &+ 51 &* nanosecondsOfSecond }

  /// Whether the times are equal.
  public static func isSame(_ left: EventTime, _ right: EventTime) -> Bool { left == right }

  /// The seconds, then the nanoseconds.
  ///
  /// *Source:* Flink `InstantSerializer`.
  public func writeKey(to bytes: inout [UInt8]) {
    seconds.writeKey(to: &bytes)
    nanosecondsOfSecond.writeKey(to: &bytes)
  }

  /// Whole seconds since 1970, rounded down.
  private var seconds: Int64 {
    milliseconds >= 0 ? milliseconds / 1000 : (milliseconds + 1) / 1000 - 1
  }

  private var nanosecondsOfSecond: Int32 { Int32(milliseconds - seconds * 1000) * 1_000_000 }
}
