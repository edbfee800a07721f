/// A row of the dataset `airlines`.
package struct Airline: Codable, Sendable {
  /// The code.
  package var carrier: String
  /// The name.
  package var name: String
}
