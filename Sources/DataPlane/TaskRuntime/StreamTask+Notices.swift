package import StreamModel
import StreamOperators

// What a task only passes on to its operators.

extension StreamTask {
  /// The slowest source of an alignment group is that far.
  package func align(group: String, slowest: Watermark) {
    tellOperators { $0.align(group: group, slowest: slowest) }
  }

  /// The rows of a transaction are visible.
  package func commitDone(at path: String) {
    tellOperators { $0.commitDone(at: path) }
  }
}
