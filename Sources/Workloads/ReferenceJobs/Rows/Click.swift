package import DataStreamAPI

/// A row of the dataset `clicks`.
package struct Click: Codable, Sendable {
  /// One for each click; twice where a record came twice.
  package var id: String
  /// When the user clicked.
  package var eventTime: EventTime
  /// The user.
  package var user: String
  /// The page.
  package var page: String

  enum CodingKeys: String, CodingKey {
    case user, page
    case id = "event_id"
    case eventTime = "event_time"
  }
}
