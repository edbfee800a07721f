/// One place that breaks a rule.
struct Violation: Equatable, Sendable, CustomStringConvertible {
  let path: String
  /// Counted from 1; 1 where the whole file is meant.
  let line: Int
  let message: String

  var description: String { "\(path):\(line): \(message)" }
}
