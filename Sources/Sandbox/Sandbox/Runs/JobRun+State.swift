import ClusterProtocol
import Deployment
import KeyedState
import SimulationKernel
import StreamModel

extension JobRun {
  /// The keyed state in the last completed checkpoint, entry by entry as bytes, sorted; empty when
  /// there is none.
  ///
  /// - Throws: `StateCodecError` or `StorageError` when the checkpoint cannot be read.
  package func checkpointedState() throws -> [[UInt8]] {
    let items = cluster.simulation.journal.items
    var last: (job: JobID, id: CheckpointID)?
    for item in items {
      if case .checkpointCompleted(let job, let id, _, _) = item.entry { last = (job, id) }
    }
    guard let last else { return [] }
    var entries: [[UInt8]] = []
    let prefix = "checkpoints/\(last.job)/chk-\(last.id)/"
    for path in try cluster.simulation.storage.list(prefix) where !path.hasSuffix("_metadata") {
      let bytes = try cluster.simulation.storage.read(path)
      entries += try KeyedStateReader(KeyedStateBytes(finding: bytes)).sortedEntries()
    }
    return entries.sorted { $0.lexicographicallyPrecedes($1) }
  }
}
