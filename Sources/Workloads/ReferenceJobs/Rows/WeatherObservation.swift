package import DataStreamAPI

/// A row of the dataset `weather`: what holds at an airport until the next row of it.
package struct WeatherObservation: Codable, Sendable {
  /// The airport.
  package var origin: String
  /// From when on it holds.
  package var hour: EventTime
  /// Degrees Fahrenheit.
  package var temperature: Double
  /// Gusts in miles per hour, where there were any.
  package var gust: Double?
  /// Millibars, where they were measured.
  package var pressure: Double?
  /// How far one could see, in miles.
  package var visibility: Double

  enum CodingKeys: String, CodingKey {
    case origin
    case hour = "observed_hour"
    case temperature = "temp_f"
    case gust = "gust_mph"
    case pressure = "pressure_mb"
    case visibility = "visib_mi"
  }
}
