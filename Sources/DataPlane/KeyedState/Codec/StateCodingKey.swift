/// The name of a field or the number of an element, where the format needs a coding key of its own.
struct StateCodingKey: CodingKey {
  var stringValue: String
  var intValue: Int?

  init(stringValue: String) {
    self.stringValue = stringValue
  }

  init(intValue: Int) {
    self.intValue = intValue
    stringValue = "\(intValue)"
  }

  /// The key under which a superclass encodes itself.
  static var parent: StateCodingKey { StateCodingKey(stringValue: "super") }
}
