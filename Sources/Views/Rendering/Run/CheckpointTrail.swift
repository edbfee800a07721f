package import SimulationKernel
package import StreamModel

/// A checkpoint on its way: which tasks its barrier has reached, and what they have done since.
package struct CheckpointTrail: Sendable, Equatable {
  /// How far one task has come.
  package enum Stage: Int, Sendable, Comparable {
    /// The barrier has not arrived on any channel.
    case untouched
    /// The barrier has arrived on a channel; the task waits for the others.
    case reached
    /// The task has taken its snapshot and passed the barrier on.
    case taken
    /// The snapshot is durable, and the JobMaster knows.
    case saved

    /// Orders by progress.
    package static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
  }

  /// The checkpoint.
  package let id: CheckpointID
  /// When it was begun.
  package let begun: VirtualInstant
  /// The stage of each lane.
  package private(set) var stages: [Stage]
  /// The channels of each lane on which the barrier has arrived.
  private(set) var arrivals: [Set<Int>]

  init(id: CheckpointID, begun: VirtualInstant, lanes: Int) {
    self.id = id
    self.begun = begun
    stages = Array(repeating: .untouched, count: lanes)
    arrivals = Array(repeating: [], count: lanes)
  }

  mutating func arrive(at lane: Int, channel: Int) {
    arrivals[lane].insert(channel)
    advance(lane, to: .reached)
  }

  mutating func advance(_ lane: Int, to stage: Stage) {
    stages[lane] = max(stages[lane], stage)
  }

  /// How many lanes have come that far, or further.
  func count(atLeast stage: Stage) -> Int {
    stages.count { $0 >= stage }
  }
}

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

  /// The one under way.
  package var current: CheckpointTrail?
  /// The latest that is complete: a recovery would start from it.
  package var latest: Completed?
  /// The one that the tasks were restored from last; nil where they started afresh.
  package var restored: CheckpointID?
  /// How many were completed.
  package var completed = 0
  /// How many were given up or could not even begin.
  package var failed = 0
}
