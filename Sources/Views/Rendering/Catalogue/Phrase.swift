/// Something that a reader is told: an id with its arguments, and its text in English.
///
/// Every text of the views is one of these, so that a second language is another property of the
/// enumerations in this folder and no hunt through the code.
package protocol Phrase: Sendable {
  /// The text in English.
  var english: String { get }
}

extension TextLine {
  /// Makes a line of a phrase.
  package init(_ phrase: some Phrase, _ ink: Ink = .plain) {
    self.init(phrase.english, ink)
  }

  /// Appends a phrase.
  package mutating func add(_ phrase: some Phrase, _ ink: Ink = .plain) {
    add(phrase.english, ink)
  }
}

/// Pieces of text that phrases are made of.
package enum Wording {
  /// A number with its noun: `1 task`, `4 tasks`.
  package static func count(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(Quantity.grouped(number)) \(number == 1 ? singular : plural ?? singular + "s")"
  }

  /// Names in a row: `a`, `a and b`, `a, b and c`.
  package static func list(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// A text as a sentence: with a capital letter and a full stop.
  package static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }
}
