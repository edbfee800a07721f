package import DataStreamAPI

/// A row of the dataset `departures`.
package struct Departure: Codable, Sendable {
  /// What became of the flight.
  package enum Status: String, Codable, Sendable, FieldDecodable {
    case departed = "D"
    case cancelled = "C"
  }

  /// 1, 2, 3 and so on, in the order of arrival.
  package var seq: Int
  /// The flight, unique.
  package var flight: String
  /// When it was to leave.
  package var eventTime: EventTime
  /// When it left; when it was to leave, if it was cancelled.
  package var knownAt: EventTime
  /// Whether it left.
  package var status: Status
  /// Where it left from.
  package var origin: String
  /// Where it went.
  package var dest: String
  /// The airline's code.
  package var carrier: String
  /// The aircraft, where it is known.
  package var tailnum: String?
  /// How far, in miles.
  package var distance: Int
  /// How many minutes late, less than 0 for early; nil if it was cancelled.
  package var delay: Int?

  enum CodingKeys: String, CodingKey {
    case seq, status, origin, dest, carrier, tailnum
    case flight = "flight_id"
    case eventTime = "event_time"
    case knownAt = "known_at"
    case distance = "distance_mi"
    case delay = "dep_delay_min"
  }
}
