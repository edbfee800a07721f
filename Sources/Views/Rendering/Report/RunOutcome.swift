/// What is known of a run once it is over, besides what its picture shows.
package struct RunOutcome: Sendable, Equatable {
  /// The state in which it ended: one of Flink's job states, `STUCK` or `LIMIT`.
  package var state: String
  /// Whether the run did what was asked.
  package var isSuccess: Bool
  /// Source elements, each once however often it was read.
  package var recordsIn: Int
  /// Committed rows, each once however often it was written.
  package var recordsOut: Int
  /// The run's digest as it is printed; nil where it is not to be shown.
  package var digest: String?
  /// The names of the rows' columns, and the first rows; empty where they are not to be shown.
  package var header: [String]
  /// The first rows, a text for each column.
  package var firstRows: [[String]]

  /// Makes an outcome.
  package init(
    state: String,
    isSuccess: Bool,
    recordsIn: Int,
    recordsOut: Int,
    digest: String? = nil,
    header: [String] = [],
    firstRows: [[String]] = []
  ) {
    self.state = state
    self.isSuccess = isSuccess
    self.recordsIn = recordsIn
    self.recordsOut = recordsOut
    self.digest = digest
    self.header = header
    self.firstRows = firstRows
  }
}
