import Testing

/// A repository of a few lines, and the places in it that a rule must find.
struct Canary: Sendable, CustomTestStringConvertible {
  let title: String
  let rule: any Rule
  let texts: [(path: String, text: String)]
  /// `file:line` of every violation, in order; empty where the rule must keep still.
  let places: [String]

  /// One file, and the lines of it that must be found.
  init(
    _ title: String,
    _ rule: any Rule,
    in path: String,
    _ text: String,
    finds lines: [Int] = []
  ) {
    self.init(title, rule, [(path, text)], finds: lines.map { "\(path):\($0)" })
  }

  init(
    _ title: String,
    _ rule: any Rule,
    _ texts: [(path: String, text: String)],
    finds places: [String]
  ) {
    self.title = title
    self.rule = rule
    self.texts = texts
    self.places = places
  }

  var testDescription: String { title }
}
