import JobGraphs
import SimulationKernel
import StreamModel

/// The channels of a job's lanes: where each of them comes from.
struct ChannelTable: Sendable {
  /// A channel of a lane.
  struct Channel: Sendable {
    let edge: Int
    let producer: Int
  }

  /// The position of each vertex's first lane.
  let firstLanes: [Int]
  /// For each lane its channels, in their order.
  let channels: [[Channel]]

  private let subtasks: [SubtaskID]

  init(_ graph: JobGraph) {
    var first = 0
    let firstLanes = graph.vertices.map { vertex in
      defer { first += vertex.parallelism }
      return first
    }
    self.firstLanes = firstLanes
    subtasks = graph.subtasks
    channels = graph.subtasks.map { subtask in
      graph.vertices[subtask.vertex].inputs.flatMap { position in
        let edge = graph.edges[position]
        return edge.producers(
          ofConsumer: subtask.index,
          producers: graph.vertices[edge.source].parallelism,
          consumers: graph.vertices[edge.target].parallelism
        ).map { Channel(edge: position, producer: firstLanes[edge.source] + $0) }
      }
    }
  }

  /// The tracks of an edge at an instant with a checkpoint's barriers, by producer and consumer.
  func tracks(
    onEdge edge: Int,
    trail: CheckpointTrail?,
    at instant: VirtualInstant,
    isHolding: Bool
  ) -> [BarrierTrack] {
    let unordered = channels.indices.flatMap { lane in
      channels[lane].enumerated().filter { $0.element.edge == edge }.map { channel, origin in
        BarrierTrack(
          producer: subtasks[origin.producer].index,
          consumer: subtasks[lane].index,
          place: trail?.place(
            onChannel: channel,
            ofLane: lane,
            from: origin.producer,
            at: instant,
            isHolding: isHolding
          ) ?? .absent
        )
      }
    }
    return unordered.sorted { ($0.producer, $0.consumer) < ($1.producer, $1.consumer) }
  }
}

extension JobGraph {
  /// Whether a channel whose barrier has arrived is held until the others' have.
  var isAligning: Bool {
    settings.checkpoints.map { $0.guarantee == .exactlyOnce } ?? true
  }

  /// Whether what is read a second time still counts once.
  var countsOnce: Bool { settings.checkpoints?.guarantee == .exactlyOnce }
}
