package import JobGraphs
package import StreamModel

/// A job's graph while it runs: the vertices with their lanes, and the barriers on the channels.
package struct LiveGraph: PictureComponent, Equatable {
  /// A subtask.
  package struct Lane: Sendable, Equatable {
    /// Its number within the vertex, counted from zero.
    package let index: Int
    /// The state of its current attempt.
    package let state: ExecutionState
    /// Where it is; nil where it is nowhere yet.
    package let place: Place?
    /// How far a source has read; nil for what is no source.
    package let offset: Int?
    /// The records that its current attempt took in.
    package let recordsIn: Int
    /// The records that its current attempt gave out.
    package let recordsOut: Int
    /// What its state has to do with a checkpoint.
    package let gauge: LaneGauge
  }

  /// Where a lane is.
  package struct Place: Sendable, Equatable {
    /// The TaskManager.
    package let taskManager: String
    /// The slot; nil where the TaskManager has but one, or it is not known.
    package let slot: Int?
    /// Whether the TaskManager is dead or lost.
    package let isGone: Bool
  }

  /// A stream into a vertex.
  package struct Input: Sendable, Equatable {
    /// The vertex that it comes from.
    package let source: String
    /// Whether that is not the vertex just above.
    package let isDistant: Bool
    /// How records are distributed.
    package let strategy: ShipStrategy
    /// How many lanes write to it.
    package let producers: Int
    /// How many lanes read from it.
    package let consumers: Int
    /// Its channels, by producer and consumer.
    package let tracks: BarrierTracks
    /// How many barriers are where on them.
    let tally: TrackTally
  }

  /// A vertex.
  package struct Vertex: Sendable, Equatable {
    /// Its name.
    package let name: String
    /// The streams that it reads.
    package let inputs: [Input]
    /// Its lanes.
    package let lanes: [Lane]
  }

  /// The vertices, each after those that it reads from.
  package let vertices: [Vertex]
  /// The checkpoint whose barriers are on the channels; nil where none is under way.
  package let checkpoint: CheckpointID?
  /// The names of all TaskManagers that a lane might be on.
  let taskManagers: [String]
  /// Whether slots are worth naming.
  let hasSeveralSlots: Bool

  /// Makes the graph of a run at the moment that its picture shows.
  package init(_ picture: RunPicture) {
    checkpoint = picture.checkpoints.current?.id
    taskManagers = picture.taskManagers.map(\.name)
    hasSeveralSlots = picture.taskManagers.contains { $0.slots > 1 }
    vertices = picture.graph.vertices.indices.map { position in
      Vertex(
        name: picture.graph.vertices[position].name,
        inputs: picture.graph.vertices[position].inputs.map { edge in
          Input(
            edge: edge,
            of: picture.graph,
            tracks: picture.channelTable.tracks(
              onEdge: edge,
              trail: picture.checkpoints.current,
              at: picture.now,
              isHolding: picture.graph.isAligning
            )
          )
        },
        lanes: picture.lanes(ofVertex: position).map { Lane($0, picture) }
      )
    }
  }
}

extension LiveGraph.Input {
  init(edge position: Int, of graph: JobGraph, tracks: BarrierTracks) {
    let edge = graph.edges[position]
    source = graph.vertices[edge.source].name
    isDistant = graph.distantSource(of: position) != nil
    strategy = edge.strategy
    producers = graph.vertices[edge.source].parallelism
    consumers = graph.vertices[edge.target].parallelism
    self.tracks = tracks
    tally = tracks.tally
  }
}

extension LiveGraph.Lane {
  fileprivate init(_ lane: Int, _ picture: RunPicture) {
    let task = picture.lanes[lane]
    index = task.id.index
    state = task.state
    place = task.taskManager.map { name in
      let light = picture.taskManager(ofLane: lane)
      return LiveGraph.Place(
        taskManager: name,
        slot: (light?.slots ?? 1) > 1 ? picture.slot(ofLane: lane) : nil,
        isGone: light?.isGone ?? false
      )
    }
    offset = task.sourceOffset
    recordsIn = task.recordsIn
    recordsOut = task.recordsOut
    gauge = picture.gauge(ofLane: lane)
  }
}

extension RunPicture {
  /// The job's graph at this moment, with the barriers on its channels.
  package var liveGraph: LiveGraph { LiveGraph(self) }

  /// What a lane's state has to do with a checkpoint at this moment.
  fileprivate func gauge(ofLane index: Int) -> LaneGauge {
    let lane = lanes[index]
    if let trail = checkpoints.current {
      // What has finished takes no part any more.
      let isOut = lane.state == .finished && trail.parts[index].stage == .untouched
      return isOut ? .idle : LaneGauge(trail.id, trail.parts[index])
    }
    // Until a later checkpoint is complete.
    guard let restored = checkpoints.restored, lane.attempt > 0,
      checkpoints.latest.map({ $0.id <= restored }) ?? true
    else { return .idle }
    switch lane.state {
    case .created, .scheduled, .deploying: return .toRestore(restored)
    case .initializing: return .restoring(restored)
    case .running, .finished:
      guard let offset = lane.sourceOffset, let furthest = lane.furthestOffset, offset < furthest
      else { return .restored(restored) }
      return .readsAgain(restored, upTo: furthest)
    case .canceling, .canceled, .failed: return .idle
    }
  }
}
