/// Figures of a task for people.
package struct TaskMetrics: Sendable, Equatable {
  /// Records taken in; for a source, elements read.
  package var recordsIn: Int
  /// Records sent on; for a sink, records written.
  package var recordsOut: Int
  /// Elements that wait in its channels.
  package var queuedElements: Int
  /// Whether it cannot go on because its consumers have no room.
  package var isBackPressured: Bool
  /// Rows that its source skipped because they were bad.
  package var rowsSetAside: Int
}
