import StreamModel

/// An instant in the world, in milliseconds since 1970, as datasets write it.
package struct UTCTime: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Milliseconds since 1970 began in UTC.
  package let milliseconds: Int

  /// When the generated datasets begin: 2023-11-15, at midnight.
  package static let syntheticStart = UTCTime(milliseconds: 1_700_006_400_000)

  /// Makes an instant.
  package init(milliseconds: Int) {
    self.milliseconds = milliseconds
  }

  /// Reads `2013-03-04T10:15:00Z`, or with milliseconds `2013-03-04T10:15:00.250Z`.
  package init?(_ text: String) {
    guard let time = EventTime(parsing: text) else { return nil }
    milliseconds = Int(time.milliseconds)
  }

  /// The instant so many milliseconds later.
  package static func + (time: UTCTime, milliseconds: Int) -> UTCTime {
    UTCTime(milliseconds: time.milliseconds + milliseconds)
  }

  /// Whether one instant comes before another.
  package static func < (first: UTCTime, second: UTCTime) -> Bool {
    first.milliseconds < second.milliseconds
  }

  /// Appends the text with its milliseconds: `2013-03-04T10:15:00.250Z`.
  package func write(to text: inout [UInt8]) {
    eventTime.write(to: &text, withMilliseconds: true)
  }

  /// The text, with milliseconds where there are some.
  package var description: String { eventTime.description }

  private var eventTime: EventTime { EventTime(milliseconds: Int64(milliseconds)) }
}
