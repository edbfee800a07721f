import Testing

/// A rule that the whole repository keeps.
///
/// It sees text only, so that a canary can hand it a repository made of a few lines.
protocol Rule: Sendable, CustomTestStringConvertible {
  /// What holds, as a sentence.
  var statement: String { get }

  func violations(in repository: Repository) -> [Violation]
}

extension Rule {
  var testDescription: String { statement }
}
