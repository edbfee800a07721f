/// What the texts inside a lesson must look like, asked from whoever knows.
///
/// Commands, expectations, measures and instants belong to the sandbox; a lesson only carries
/// them. Each closure gets the text and returns nil, or one clause that says what is wrong with
/// it; a full stop is added where it has no end.
package struct LessonSyntax {
  /// Judges a command of a `do` block.
  package var command: (String) -> String?
  /// Judges what a `check` block expects.
  package var expectation: (String) -> String?
  /// Judges a number that the sandbox can tell.
  package var measure: (String) -> String?
  /// Judges an expression for a moment of the run.
  package var instant: (String) -> String?

  /// Makes a syntax of four judgements.
  package init(
    command: @escaping (String) -> String?,
    expectation: @escaping (String) -> String?,
    measure: @escaping (String) -> String?,
    instant: @escaping (String) -> String?
  ) {
    self.command = command
    self.expectation = expectation
    self.measure = measure
    self.instant = instant
  }
}
