/// What is wrong with what a user wrote.
package struct UsageError: Error, Equatable, CustomStringConvertible {
  /// One clear sentence.
  package let description: String

  /// Makes the error.
  package init(_ description: String) {
    self.description = description
  }

  /// Makes the error from the catalogue.
  package init(_ phrase: SandboxPhrase) {
    self.init(phrase.english)
  }
}
