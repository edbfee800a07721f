package import ClusterProtocol
import StreamModel

/// Who gets what of a checkpoint when a job is deployed from it.
///
/// At the same parallelism each task gets its own part back. At another, a task gets the parts that
/// hold key groups of its own, and operator state is dealt out part by part, round robin. What is
/// shared goes to every task, which takes from it what is its own.
/// *Source:* Flink `StateAssignmentOperation` and `RoundRobinOperatorStateRepartitioner`.
package struct StateAssignment {
  private let checkpoint: CompletedCheckpoint

  /// Makes the assignment of that checkpoint's state.
  package init(_ checkpoint: CompletedCheckpoint) {
    self.checkpoint = checkpoint
  }

  /// What each subtask of a vertex is restored from when it runs that many times.
  ///
  /// - Precondition: The vertex has as many key groups as when the checkpoint was taken, and
  ///   `parallelism` does not exceed them.
  package func restores(ofVertex vertex: Int, parallelism: Int) -> [TaskRestore] {
    let parts = checkpoint.handles.filter { $0.subtask.vertex == vertex }
    guard checkpoint.vertices.indices.contains(vertex), !parts.isEmpty else {
      return Array(repeating: restore([], isFinished: false), count: parallelism)
    }
    let width = checkpoint.vertices[vertex]
    if width.parallelism == parallelism { return ownParts(parts, parallelism: parallelism) }
    let areAllFinished = parts.allSatisfy(\.isFinished)
    return (0..<parallelism).map { index in
      let range = KeyGroupRange(
        operatorIndex: index,
        parallelism: parallelism,
        maxParallelism: width.maxParallelism
      )
      return restore(
        parts.compactMap { part in
          share(
            of: part,
            range: range,
            withOperatorState: part.subtask.index % parallelism == index
          )
        },
        isFinished: areAllFinished
      )
    }
  }

  /// Each task's own part, and what the others share.
  private func ownParts(_ parts: [TaskSnapshotHandle], parallelism: Int) -> [TaskRestore] {
    var own: [[TaskSnapshotHandle]] = Array(repeating: [], count: parallelism)
    for part in parts where own.indices.contains(part.subtask.index) {
      own[part.subtask.index].append(part)
    }
    let shared = parts.compactMap(\.sharedOnly)
    return own.indices.map { index in
      let others = shared.filter { $0.subtask.index != index }
      return restore(own[index] + others, isFinished: own[index].first?.isFinished ?? false)
    }
  }

  private func restore(_ parts: [TaskSnapshotHandle], isFinished: Bool) -> TaskRestore {
    TaskRestore(checkpoint: checkpoint.id, snapshots: parts, isFinished: isFinished)
  }

  private func share(
    of part: TaskSnapshotHandle,
    range: KeyGroupRange,
    withOperatorState: Bool
  ) -> TaskSnapshotHandle? {
    let operators = part.operators.compactMap { handle -> OperatorSnapshotHandle? in
      var share = handle
      share.keyed.removeAll { $0.keyGroups.intersection(range) == nil }
      if !withOperatorState { share.operatorState = [] }
      return share.isEmpty ? nil : share
    }
    guard !operators.isEmpty else { return nil }
    return TaskSnapshotHandle(
      subtask: part.subtask,
      operators: operators,
      isFinished: part.isFinished
    )
  }
}

extension OperatorSnapshotHandle {
  /// Whether nothing of the operator is in it.
  fileprivate var isEmpty: Bool { keyed.isEmpty && operatorState.isEmpty && sharedState.isEmpty }
}

extension TaskSnapshotHandle {
  /// What other subtasks are shown of it; nil for nothing.
  fileprivate var sharedOnly: TaskSnapshotHandle? {
    let shared = operators.filter { !$0.sharedState.isEmpty }
    guard !shared.isEmpty else { return nil }
    return TaskSnapshotHandle(
      subtask: subtask,
      operators: shared.map {
        OperatorSnapshotHandle(
          operatorID: $0.operatorID,
          keyed: [],
          operatorState: [],
          sharedState: $0.sharedState
        )
      },
      isFinished: isFinished
    )
  }
}
