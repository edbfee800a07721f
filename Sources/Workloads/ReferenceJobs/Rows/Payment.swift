package import DataStreamAPI

/// A record of the dataset `payments`.
package struct Payment: Codable, Sendable {
  /// 1, 2, 3 and so on, in the order of time.
  package var id: Int
  /// When it was made.
  package var eventTime: EventTime
  /// The card.
  package var card: String
  /// The amount, in cents.
  package var cents: Int
  /// The schema that it follows; records of the first one do not tell.
  package var schema: Int?

  enum CodingKeys: String, CodingKey {
    case id, card, schema
    case eventTime = "event_time"
    case cents = "amount_cents"
  }
}
