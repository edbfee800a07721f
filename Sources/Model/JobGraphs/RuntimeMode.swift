/// How a job is executed.
///
/// *Source:* Flink `RuntimeExecutionMode`, `execution.runtime-mode`.
public enum RuntimeMode: String, Sendable, CaseIterable {
  /// All tasks at once; results come as records do, and checkpoints guard them.
  case streaming
  /// One stage after the other; only final results, and what failed is repeated.
  case batch
  /// Batch where every source is bounded, else streaming.
  case automatic
}

/// Whether a source comes to an end of its own accord.
///
/// *Source:* Flink `Boundedness`.
public enum Boundedness: Sendable {
  /// It does.
  case bounded
  /// It may bring records for ever.
  case continuousUnbounded
}
