package import ClusterProtocol
package import JobGraphs
package import SimulationKernel
package import StreamModel

/// A checkpoint that can be recovered from.
///
/// *Source:* Flink `CompletedCheckpoint`.
package struct CompletedCheckpoint: Sendable, Equatable {
  /// How wide a vertex was when the checkpoint was taken.
  package struct Width: Sendable, Equatable {
    /// How many subtasks it ran as.
    package var parallelism: Int
    /// How many key groups it had.
    package var maxParallelism: Int

    /// Makes a width.
    package init(parallelism: Int, maxParallelism: Int) {
      self.parallelism = parallelism
      self.maxParallelism = maxParallelism
    }
  }

  /// The job that took it.
  package var job: JobID
  /// Its number.
  package var id: CheckpointID
  /// When it was triggered.
  package var triggeredAt: VirtualInstant
  /// When the last task acknowledged it.
  package var acknowledgedAt: VirtualInstant
  /// The vertices of the job, by position.
  package var vertices: [Width]
  /// The tasks' parts, by vertex and index.
  package var handles: [TaskSnapshotHandle]

  /// Makes a checkpoint; the handles are put in order.
  package init(
    job: JobID,
    id: CheckpointID,
    triggeredAt: VirtualInstant,
    acknowledgedAt: VirtualInstant,
    vertices: [Width],
    handles: [TaskSnapshotHandle]
  ) {
    self.job = job
    self.id = id
    self.triggeredAt = triggeredAt
    self.acknowledgedAt = acknowledgedAt
    self.vertices = vertices
    self.handles = handles.sorted {
      ($0.subtask.vertex, $0.subtask.index) < ($1.subtask.vertex, $1.subtask.index)
    }
  }

  /// The bytes of all parts together.
  package var byteCount: Int { handles.reduce(0) { $0 + $1.byteCount } }

  /// The objects that hold its state, in order, each once.
  package var statePaths: [String] { Self.statePaths(of: handles) }

  /// The objects that hold the state of these parts, in order, each once.
  package static func statePaths(of handles: [TaskSnapshotHandle]) -> [String] {
    var seen: Set<String> = []
    return handles.flatMap { $0.operators.flatMap(\.keyed).map(\.path) }
      .filter { seen.insert($0).inserted }
  }

  /// Where its metadata lies in storage.
  package var metadataPath: String { CheckpointPlace(job: job, checkpoint: id).metadata }
}

extension CompletedCheckpoint.Width {
  /// The widths of a job's vertices.
  package static func widths(of graph: JobGraph) -> [Self] {
    graph.vertices.map { Self(parallelism: $0.parallelism, maxParallelism: $0.maxParallelism) }
  }
}
