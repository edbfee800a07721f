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
    var last: CheckpointPlace?
    for item in items {
      if case .checkpointCompleted(let job, let id, _, _) = item.entry {
        last = CheckpointPlace(job: job, checkpoint: id)
      }
    }
    guard let last else { return [] }
    var entries: [[UInt8]] = []
    for path in try cluster.simulation.storage.list(last.prefix) where last.isState(path) {
      let bytes = try cluster.simulation.storage.read(path)
      entries += try KeyedStateReader(KeyedStateBytes(finding: bytes)).sortedEntries()
    }
    return entries.sorted { $0.lexicographicallyPrecedes($1) }
  }
}
