/// What a source does with a row that it cannot read.
public enum BadRowPolicy: Sendable, Equatable {
  /// The task fails, and the job with it: the same row would be bad again.
  case fail
  /// The row is counted and skipped; one more than `limit` in a split, and the task fails after
  /// all.
  case setAside(limit: Int = .max)
}

/// A row that a source could not read and skipped.
public struct SetAsideRow: Sendable, Equatable {
  /// The line on which it is, from 1.
  public let line: Int
  /// What is wrong with it.
  public let reason: String

  /// Describes a row.
  public init(line: Int, reason: String) {
    self.line = line
    self.reason = reason
  }
}
