import JobGraphs
package import StreamModel

/// How offsets and state go back together after a failure.
package struct RecoveryPicture: PictureComponent, Equatable {
  /// What one source read, and reads a second time.
  package struct Source: Sendable, Equatable {
    /// The subtask's name, as in `lines (1/2)`.
    package let task: String
    /// The offset in the checkpoint: reading begins again there.
    package let checkpoint: Int
    /// The furthest offset that it had read before the failure.
    package let furthest: Int
    /// How far it has read since; nil where it has not begun again.
    package let now: Int?

    /// Shows what a source read.
    package init(task: String, checkpoint: Int, furthest: Int, now: Int?) {
      self.task = task
      self.checkpoint = checkpoint
      self.furthest = max(checkpoint, furthest)
      self.now = now
    }

    /// How many records go through twice.
    package var readTwice: Int { furthest - checkpoint }
  }

  /// The checkpoint that the job goes back to; nil where it starts afresh.
  package let checkpoint: CheckpointID?
  /// The sources.
  package let sources: [Source]
  /// The state of some keys.
  package let readings: [StateReading]
  /// Whether every task runs again.
  package let isRestored: Bool
  /// Whether state goes back with the offsets, so that what is read twice counts once.
  package let countsOnce: Bool

  /// Shows a recovery.
  package init(
    checkpoint: CheckpointID?,
    sources: [Source],
    readings: [StateReading] = [],
    isRestored: Bool,
    countsOnce: Bool
  ) {
    self.checkpoint = checkpoint
    self.sources = sources
    self.readings = readings
    self.isRestored = isRestored
    self.countsOnce = countsOnce
  }

  /// How many records go through twice.
  package var readTwice: Int { sources.reduce(0) { $0 + $1.readTwice } }
}

extension RunPicture {
  /// What the last failure sent back.
  ///
  /// - Parameter readings: The state of some keys, which no journal holds.
  /// - Returns: The picture; nil where nothing has failed.
  package func recovery(readings: [StateReading] = []) -> RecoveryPicture? {
    // A loss that no task felt is no recovery.
    guard let story = stories.last(where: { $0.restarts > 0 || !$0.wentBack.isEmpty }) else {
      return nil
    }
    let hasGoneBack = !story.wentBack.isEmpty
    let checkpoint = hasGoneBack ? story.checkpoint : checkpoints.latest?.id
    let trail = checkpoint.flatMap { checkpoints.trail(of: $0) }
    let sources = lanes.indices.compactMap { index -> RecoveryPicture.Source? in
      let lane = lanes[index]
      guard graph.vertices[lane.id.vertex].isSource else { return nil }
      let gone = story.wentBack.first { $0.subtask == lane.id }
      // Until a source begins again, its offset is known from the checkpoint itself.
      let offset = gone?.from ?? trail?.parts[index].offset ?? 0
      return RecoveryPicture.Source(
        task: graph.taskName(of: lane.id),
        checkpoint: offset,
        furthest: gone?.to ?? lane.furthestOffset ?? offset,
        now: gone == nil ? nil : lane.sourceOffset
      )
    }
    return RecoveryPicture(
      checkpoint: checkpoint,
      sources: sources,
      readings: readings,
      isRestored: story.isRestored,
      countsOnce: graph.countsOnce
    )
  }
}
