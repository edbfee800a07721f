import ClusterProtocol
import Deployment
import Sandbox
import SimulationKernel
import StreamModel

/// How much keyed state a run's checkpoints held, by its journal.
struct StateEntries: CustomStringConvertible {
  /// The entries of the largest checkpoint.
  private(set) var most = 0
  /// The entries of the last checkpoint.
  private(set) var last = 0

  init() {}

  /// The entries of a run that has ended.
  init(of run: JobRun) {
    var checkpoint: CheckpointID?
    for item in run.cluster.simulation.journal.items {
      guard case .snapshotTaken(_, let taken, _, let entries) = item.entry else { continue }
      if taken != checkpoint { last = 0 }
      checkpoint = taken
      last += entries
      most = max(most, last)
    }
  }

  var description: String { "at most \(most) entries, \(last) at the end" }
}
