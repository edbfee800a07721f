import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel

/// A checkpoint that is under way.
///
/// *Source:* Flink `PendingCheckpoint`.
struct PendingCheckpoint: Sendable {
  /// How far it has come.
  enum Phase: Equatable {
    /// Tasks take their snapshots.
    case collecting
    /// Every part is there and the metadata is being written.
    case storing
  }

  let id: CheckpointID
  let plan: CheckpointPlan
  let triggeredAt: VirtualInstant
  private(set) var phase = Phase.collecting
  private(set) var handles: [TaskSnapshotHandle] = []
  /// The tasks whose parts are still to come.
  private var awaited: Set<SubtaskID>

  init(id: CheckpointID, plan: CheckpointPlan, triggeredAt: VirtualInstant) {
    self.id = id
    self.plan = plan
    self.triggeredAt = triggeredAt
    awaited = Set(plan.toAcknowledge)
  }

  /// Whether the task's part is still to come.
  func awaits(_ subtask: SubtaskID) -> Bool {
    awaited.contains(subtask)
  }

  /// Takes a task's part; true once every part is there.
  mutating func take(_ handle: TaskSnapshotHandle) -> Bool {
    handles.append(handle)
    awaited.remove(handle.subtask)
    guard handles.count == plan.toAcknowledge.count else { return false }
    phase = .storing
    return true
  }

  /// The whole checkpoint; tasks that had finished bring what they left in `previous`.
  func completed(
    of job: JobID,
    graph: JobGraph,
    previous: CompletedCheckpoint?,
    at instant: VirtualInstant
  ) -> CompletedCheckpoint {
    let finished = Set(plan.finished)
    let known = (previous?.handles ?? []).filter { finished.contains($0.subtask) }
    let left = Dictionary(known.map { ($0.subtask, $0) }) { first, _ in first }
    let carried = plan.finished.map { subtask in
      var handle =
        left[subtask]
        ?? TaskSnapshotHandle(subtask: subtask, operators: [], isFinished: true)
      handle.isFinished = true
      return handle
    }
    return CompletedCheckpoint(
      job: job,
      id: id,
      triggeredAt: triggeredAt,
      acknowledgedAt: instant,
      vertices: CompletedCheckpoint.Width.widths(of: graph),
      handles: handles + carried
    )
  }
}
