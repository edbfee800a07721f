package import SimulationKernel
package import StreamModel

/// What became of a run's checkpoints.
package struct CheckpointLedger: Sendable, Equatable {
  /// A checkpoint that a recovery can start from.
  package struct Completed: Sendable, Equatable {
    /// The checkpoint.
    package let id: CheckpointID
    /// When it was complete.
    package let at: VirtualInstant
    /// Its size.
    package let bytes: Int
    /// How long it took.
    package let duration: VirtualDuration
  }

  /// How many checkpoints that have ended are remembered.
  static let capacity = 4

  /// The one under way.
  package internal(set) var current: CheckpointTrail?
  /// The latest that is complete: a recovery would start from it.
  package internal(set) var latest: Completed?
  /// The one that the tasks were restored from last; nil where they started afresh.
  package internal(set) var restored: CheckpointID?
  /// How many were completed.
  package internal(set) var completed = 0
  /// How many were given up or could not even begin.
  package internal(set) var failed = 0
  /// The last that ended, and the one that the tasks were restored from last, in their order.
  package private(set) var past: [CheckpointTrail] = []

  /// Remembers how the one under way ended, and what it was like.
  mutating func close(_ ending: CheckpointTrail.Ending, at instant: VirtualInstant) {
    guard var trail = current else { return }
    trail.end(ending, at: instant)
    current = nil
    past.append(trail)
    // The one to recover from must outlast any number that fail.
    let kept = [restored, latest?.id]
    while past.count > Self.capacity + past.count(where: { kept.contains($0.id) }),
      let oldest = past.firstIndex(where: { !kept.contains($0.id) })
    {
      past.remove(at: oldest)
    }
  }

  /// What is remembered of a checkpoint.
  package func trail(of id: CheckpointID) -> CheckpointTrail? {
    current?.id == id ? current : past.last { $0.id == id }
  }
}
