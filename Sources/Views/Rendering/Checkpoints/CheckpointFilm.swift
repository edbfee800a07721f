import JobGraphs
package import SimulationKernel
package import StreamModel

/// One checkpoint told from its beginning to its end: its moments in order, and a few stills.
package struct CheckpointFilm: PictureComponent, Equatable {
  /// What happened at one moment.
  package enum Event: Sendable, Equatable {
    /// The checkpoint was begun.
    case begun
    /// A source put the barrier into its stream.
    case injected(task: String, offset: Int?)
    /// The barrier arrived on a channel; `held` says that what follows it waits for the others.
    case arrived(task: String, from: String, channel: Int, of: Int, held: Bool)
    /// The barrier has arrived on every channel.
    case aligned(task: String, after: VirtualDuration)
    /// A task took its snapshot, and the barrier left for its consumers.
    case taken(task: String, entries: Int)
    /// The snapshot was durable.
    case saved(task: String, bytes: Int)
    /// The checkpoint can be recovered from.
    case completed(bytes: Int)
    /// The checkpoint was given up.
    case givenUp(reason: String)
  }

  /// A moment.
  package struct Moment: Sendable, Equatable {
    /// The time since the checkpoint was begun.
    package let at: VirtualDuration
    /// What happened.
    package let event: Event
  }

  /// Why a still is worth a look.
  package enum Occasion: Sendable, Equatable {
    /// Barriers are on their way.
    case underWay
    /// Some channel is held.
    case held
    /// The last barrier is about to arrive.
    case lastBarrier
    /// Every snapshot is taken.
    case allTaken
    /// The checkpoint has ended, or this is all that is known so far.
    case last
  }

  /// The graph at one moment.
  package struct Still: Sendable, Equatable {
    /// The time since the checkpoint was begun.
    package let at: VirtualDuration
    /// What there is to see.
    package let occasion: Occasion
    /// The vertices, with the barriers at their places.
    package let vertices: [Vertex]
  }

  /// A vertex in a still.
  package struct Vertex: Sendable, Equatable {
    /// Its name.
    package let name: String
    /// The streams that it reads, with the barriers on their channels.
    package let inputs: [LiveGraph.Input]
    /// What each of its lanes did so far.
    package let gauges: [LaneGauge]
  }

  /// The checkpoint.
  package let checkpoint: CheckpointID
  /// When it was begun.
  package let begun: VirtualInstant
  /// How it ended; nil while it is under way.
  package let ending: CheckpointTrail.Ending?
  /// How long it took until its end, storing its metadata included; nil while it is under way.
  package let length: VirtualDuration?
  /// Everything that is known of it, in order.
  package let moments: [Moment]
  /// Three to five moments of it as pictures, fewer where less happened.
  package let stills: [Still]

  init(_ trail: CheckpointTrail, _ picture: RunPicture) {
    checkpoint = trail.id
    begun = trail.begun
    ending = trail.ending
    length = trail.ended.map { $0 - trail.begun }
    let script = CheckpointScript(
      trail: trail,
      graph: picture.graph,
      table: picture.channelTable,
      end: trail.ended ?? picture.now
    )
    moments = script.moments
    stills = script.stills
  }
}

extension RunPicture {
  /// The checkpoints of which a film can be made: the last few, the one that was restored from, and
  /// the one under way.
  package var filmedCheckpoints: [CheckpointID] {
    checkpoints.past.map(\.id) + (checkpoints.current.map { [$0.id] } ?? [])
  }

  /// A checkpoint told from its beginning to its end; nil where it is not remembered.
  package func film(of checkpoint: CheckpointID) -> CheckpointFilm? {
    checkpoints.trail(of: checkpoint).map { CheckpointFilm($0, self) }
  }
}
