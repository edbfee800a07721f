package import DataStreamAPI

/// A row of the dataset `sensors`.
package struct SensorReading: Codable, Sendable {
  /// When it was taken.
  package var eventTime: EventTime
  /// When it arrived.
  package var knownAt: EventTime
  /// The sensor.
  package var sensor: String
  /// The partition in which it lies, from 0.
  package var partition: Int
  /// Thousandths of a degree Celsius.
  package var milliCelsius: Int

  enum CodingKeys: String, CodingKey {
    case sensor, partition
    case eventTime = "event_time"
    case knownAt = "known_at"
    case milliCelsius = "milli_c"
  }
}
