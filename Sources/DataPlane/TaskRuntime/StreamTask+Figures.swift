package import KeyedState
import StreamOperators

/// What can be seen of a task without its taking notice.
extension StreamTask {
  /// Figures for people.
  package var metrics: TaskMetrics {
    let isBackPressured = !partitions.allSatisfy(\.isAvailable)
    return TaskMetrics(
      recordsIn: chain.source?.offset
        ?? chain.operators.first?.instance.inputs.reduce(0) { $0 + $1.receivedRecords } ?? 0,
      recordsOut: chain.writers.isEmpty
        ? chain.operators.last?.instance.inputs.reduce(0) { $0 + $1.receivedRecords } ?? 0
        : chain.emittedRecords,
      queuedElements: gate.queuedElements,
      isBackPressured: isBackPressured,
      rowsSetAside: chain.source?.rowsSetAside ?? 0
    )
  }

  /// The keyed state of its operators as it is now, retained to be looked at.
  package var keyedState: [KeyedSnapshotWriter] { chain.keyedState }
}
