/// A record of a line of marbles: `a1` has the key `a` and the label `1`.
public struct Marble: Hashable, Sendable, Codable {
  /// What the stream is keyed by.
  public let key: String
  /// What tells it from others of its key.
  public let label: String
  /// Its place in the line: the first record is number 0.
  public let number: Int

  /// Makes a record.
  public init(key: String, label: String, number: Int) {
    self.key = key
    self.label = label
    self.number = number
  }
}
