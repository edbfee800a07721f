/// Something that must hold of Drey, and how it is tried.
///
/// Proofs run whole jobs, many times: too much for a unit test, little for a released program.
package struct Proof: Sendable {
  /// What came of a proof.
  package struct Outcome: Sendable {
    /// What was done, in a line.
    package var summary: String
    /// What is wrong; empty where it holds.
    package var problems: [String] = []

    /// Describes an outcome.
    package init(_ summary: String, problems: [String] = []) {
      self.summary = summary
      self.problems = problems
    }
  }

  /// What it is about.
  package let name: String
  /// Tries it.
  package let run: @Sendable () throws -> Outcome

  /// Describes a proof.
  package init(_ name: String, run: @escaping @Sendable () throws -> Outcome) {
    self.name = name
    self.run = run
  }

  /// What came of it; an error that it throws is a problem.
  package func outcome() -> Outcome {
    do {
      return try run()
    } catch {
      return Outcome("broke off", problems: ["\(error)"])
    }
  }
}
