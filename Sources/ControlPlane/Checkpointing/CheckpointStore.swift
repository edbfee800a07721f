/// The completed checkpoints that a job can be restored from: the latest one.
///
/// It decides what is kept; whoever owns it removes what it gives back.
/// *Source:* Flink `StandaloneCompletedCheckpointStore`, with one retained checkpoint.
package struct CheckpointStore: Sendable {
  /// The checkpoint to restore from.
  package private(set) var latest: CompletedCheckpoint?
  /// The objects that it refers to; asked, never iterated.
  private var kept: Set<String>

  /// Makes an empty store, or one that begins with a checkpoint of an earlier run.
  package init(latest: CompletedCheckpoint? = nil) {
    self.latest = latest
    kept = Set(latest?.statePaths ?? [])
  }

  /// Keeps a checkpoint in place of the one before.
  ///
  /// - Returns: The objects that nothing refers to any more, to be removed from storage.
  package mutating func add(_ checkpoint: CompletedCheckpoint) -> [String] {
    let subsumed = latest
    latest = checkpoint
    kept = Set(checkpoint.statePaths)
    guard let subsumed else { return [] }
    return subsumed.statePaths.filter { !kept.contains($0) } + [subsumed.metadataPath]
  }

  /// Which of these objects no retained checkpoint refers to.
  package func unreferenced(among paths: [String]) -> [String] {
    paths.filter { !kept.contains($0) }
  }
}
