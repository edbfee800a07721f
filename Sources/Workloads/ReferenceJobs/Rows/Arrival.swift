package import DataStreamAPI

/// A row of the dataset `arrivals`.
package struct Arrival: Codable, Sendable {
  /// How the flight ended.
  package enum Status: String, Codable, Sendable, FieldDecodable {
    case arrived = "A"
    case diverted = "V"
  }

  /// The flight, as in ``Departure/flight``.
  package var flight: String
  /// When it came down.
  package var arrivedAt: EventTime
  /// How it ended.
  package var status: Status
  /// Minutes in the air; nil if it was diverted.
  package var airTime: Int?
  /// How many minutes late, less than 0 for early; nil if it was diverted.
  package var delay: Int?

  enum CodingKeys: String, CodingKey {
    case status
    case flight = "flight_id"
    case arrivedAt = "arrived_at"
    case airTime = "air_time_min"
    case delay = "arr_delay_min"
  }
}
