import JobGraphs
import SimulationKernel
import StreamModel

/// The channels of a job's lanes: where each of them comes from.
///
/// They are worked out from the edges when they are asked for: a wide edge has a million.
struct ChannelTable: Sendable {
  /// The position of each vertex's first lane.
  let firstLanes: [Int]
  /// How many channels each lane has.
  let channelCounts: [Int]
  /// The edges, by position.
  let edges: [EdgeChannels]

  init(_ graph: JobGraph) {
    var first = 0
    let firstLanes = graph.vertices.map { vertex in
      defer { first += vertex.parallelism }
      return first
    }
    var channelCounts = Array(repeating: 0, count: first)
    var edges: [Int: EdgeChannels] = [:]
    for (target, vertex) in graph.vertices.enumerated() {
      let lanes = firstLanes[target]..<(firstLanes[target] + vertex.parallelism)
      for position in vertex.inputs {
        let channels = EdgeChannels(
          edge: graph.edges[position],
          producers: graph.vertices[graph.edges[position].source].parallelism,
          consumers: vertex.parallelism,
          firstProducer: firstLanes[graph.edges[position].source],
          firstConsumer: lanes.lowerBound,
          firstChannels: Array(channelCounts[lanes])
        )
        for lane in lanes {
          channelCounts[lane] += channels.producers(of: lane - lanes.lowerBound).count
        }
        edges[position] = channels
      }
    }
    self.firstLanes = firstLanes
    self.channelCounts = channelCounts
    self.edges = graph.edges.indices.compactMap { edges[$0] }
  }

  /// The tracks of an edge at an instant with a checkpoint's barriers, by producer and consumer.
  func tracks(
    onEdge edge: Int,
    trail: CheckpointTrail?,
    at instant: VirtualInstant,
    isHolding: Bool
  ) -> BarrierTracks {
    BarrierTracks(edges[edge], trail: trail, at: instant, isHolding: isHolding)
  }
}

/// The channels of one edge.
struct EdgeChannels: Sendable {
  let edge: JobEdge
  let producers: Int
  let consumers: Int
  /// The lanes of the first producer and of the first consumer.
  let firstProducer: Int
  let firstConsumer: Int
  /// For each consumer, where the channels of this edge begin among its own.
  let firstChannels: [Int]

  /// The producers that a consumer has channels from.
  func producers(of consumer: Int) -> Range<Int> {
    edge.producers(ofConsumer: consumer, producers: producers, consumers: consumers)
  }

  /// How many channels there are.
  var count: Int {
    switch edge.strategy.distributionPattern {
    case .allToAll: producers * consumers
    case .pointwise: max(producers, consumers)
    }
  }

  /// The two ends of a channel, counted by producer and consumer.
  func ends(of channel: Int) -> (producer: Int, consumer: Int) {
    switch edge.strategy.distributionPattern {
    case .allToAll: return (channel / consumers, channel % consumers)
    case .pointwise:
      guard producers >= consumers else {
        return (producers(of: channel).lowerBound, channel)
      }
      let consumer = edge.consumers(
        ofProducer: channel,
        producers: producers,
        consumers: consumers
      )
      return (channel, consumer.lowerBound)
    }
  }

  /// The number of a channel among those of its consumer.
  func number(from producer: Int, to consumer: Int) -> Int {
    firstChannels[consumer] + producer - producers(of: consumer).lowerBound
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
