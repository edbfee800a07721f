public import StreamModel

/// An operator inside of a vertex.
public struct ChainedOperator: Sendable {
  /// The operator.
  public var node: StreamNode
  /// The positions in the chain of the operators that it feeds by function calls.
  public var chainedOutputs: [Int]
  /// The positions in ``JobVertex/outputs`` of the edges that it feeds.
  public var edgeOutputs: [Int]
  /// Which of those carry a side output, and which; the others carry the operator's results.
  public var sideOutputs: [SideOutputRoute]

  /// Makes a member of a chain.
  public init(
    node: StreamNode,
    chainedOutputs: [Int],
    edgeOutputs: [Int],
    sideOutputs: [SideOutputRoute] = []
  ) {
    self.node = node
    self.chainedOutputs = chainedOutputs
    self.edgeOutputs = edgeOutputs
    self.sideOutputs = sideOutputs
  }
}

/// Where a side output goes.
public struct SideOutputRoute: Sendable, Equatable {
  /// A way out of an operator.
  public enum Way: Sendable, Equatable {
    /// To the operator at that position in the chain.
    case chained(Int)
    /// Over the edge at that position in ``JobVertex/outputs``.
    case edge(Int)
  }

  /// The name of the side output.
  public var tag: String
  /// Where it goes.
  public var way: Way

  /// Makes a route.
  public init(tag: String, way: Way) {
    self.tag = tag
    self.way = way
  }
}

/// A chain of operators that runs as one task.
///
/// *Source:* Flink `JobVertex`.
public struct JobVertex: Sendable {
  /// The vertex's id.
  public var id: JobVertexID
  /// The names of the chain: `a -> b`, and `a -> (b, c)` where it branches.
  public var name: String
  /// How many subtasks it runs as.
  public var parallelism: Int
  /// How many key groups were asked for, or nil.
  public var configuredMaxParallelism: Int?
  /// The group whose subtasks may share a slot.
  public var slotSharingGroup: String
  /// The operators, head first, each before those that it feeds.
  public var chain: [ChainedOperator]
  /// The positions in ``JobGraph/edges`` of what it reads, in the order of its inputs.
  public var inputs: [Int]
  /// The positions in ``JobGraph/edges`` of what it writes.
  public var outputs: [Int]

  /// Makes a vertex.
  public init(
    id: JobVertexID,
    name: String,
    parallelism: Int,
    configuredMaxParallelism: Int?,
    slotSharingGroup: String,
    chain: [ChainedOperator],
    inputs: [Int] = [],
    outputs: [Int] = []
  ) {
    self.id = id
    self.name = name
    self.parallelism = parallelism
    self.configuredMaxParallelism = configuredMaxParallelism
    self.slotSharingGroup = slotSharingGroup
    self.chain = chain
    self.inputs = inputs
    self.outputs = outputs
  }

  /// How many key groups it has.
  public var maxParallelism: Int {
    configuredMaxParallelism
      ?? KeyGroupAssignment.defaultMaxParallelism(forParallelism: parallelism)
  }

  /// Whether it reads from outside.
  public var isSource: Bool { inputs.isEmpty }
}

/// A stream between two vertices.
///
/// *Source:* Flink `JobEdge` and `IntermediateDataSet`.
public struct JobEdge: Sendable {
  /// The position of the producing vertex.
  public var source: Int
  /// The position of the consuming vertex.
  public var target: Int
  /// Which input of the consumer's head it feeds.
  public var input: Int
  /// How records are distributed.
  public var strategy: ShipStrategy
  /// The code that distributes them.
  public var writer: any EdgeWriterFactory

  /// Makes an edge.
  public init(
    source: Int,
    target: Int,
    input: Int,
    strategy: ShipStrategy,
    writer: any EdgeWriterFactory
  ) {
    self.source = source
    self.target = target
    self.input = input
    self.strategy = strategy
    self.writer = writer
  }
}

/// A program after chaining: what a client submits.
///
/// *Source:* Flink `JobGraph`.
public struct JobGraph: Sendable {
  /// The name of the job.
  public var name: String
  /// The vertices, each after those that it reads from.
  public var vertices: [JobVertex]
  /// The streams between them.
  public var edges: [JobEdge]
  /// How the job is to be executed.
  public var settings: JobSettings

  /// Makes a graph.
  public init(name: String, vertices: [JobVertex], edges: [JobEdge], settings: JobSettings) {
    self.name = name
    self.vertices = vertices
    self.edges = edges
    self.settings = settings
  }

  /// The slot sharing groups in order of appearance.
  public var slotSharingGroups: [String] {
    vertices.reduce(into: []) { groups, vertex in
      if !groups.contains(vertex.slotSharingGroup) { groups.append(vertex.slotSharingGroup) }
    }
  }

  /// How many slots a group needs: its largest parallelism.
  public func slotsNeeded(byGroup group: String) -> Int {
    vertices.filter { $0.slotSharingGroup == group }.map(\.parallelism).max() ?? 0
  }

  /// How many slots the job needs: the sum over its slot sharing groups.
  public var slotsNeeded: Int {
    slotSharingGroups.reduce(0) { $0 + slotsNeeded(byGroup: $1) }
  }

  /// How many tasks it runs as: the sum of the vertices' parallelism.
  public var subtaskCount: Int {
    vertices.reduce(0) { $0 + $1.parallelism }
  }

  /// Every subtask, by vertex and index.
  public var subtasks: [SubtaskID] {
    vertices.indices.flatMap { vertex in
      (0..<vertices[vertex].parallelism).map { SubtaskID(vertex: vertex, index: $0) }
    }
  }

  /// The subtasks that one reads from, by the positions of its inputs and then of its channels.
  public func producers(of subtask: SubtaskID) -> [SubtaskID] {
    vertices[subtask.vertex].inputs.flatMap { position in
      let edge = edges[position]
      return edge.producers(
        ofConsumer: subtask.index,
        producers: vertices[edge.source].parallelism,
        consumers: vertices[edge.target].parallelism
      ).map { SubtaskID(vertex: edge.source, index: $0) }
    }
  }

  /// A task's name for people, such as `count (2/4)`.
  public func taskName(of subtask: SubtaskID) -> String {
    let vertex = vertices[subtask.vertex]
    return "\(vertex.name) (\(subtask.index + 1)/\(vertex.parallelism))"
  }
}

extension JobEdge {
  /// The consumers, by index, that a producer's subtask has channels to, in channel order.
  ///
  /// *Source:* Flink `VertexInputInfoComputationUtils` for pointwise edges.
  public func consumers(ofProducer index: Int, producers: Int, consumers: Int) -> Range<Int> {
    switch strategy.distributionPattern {
    case .allToAll: return 0..<consumers
    case .pointwise:
      if producers >= consumers {
        let consumer = ((index + 1) * consumers - 1) / producers
        return consumer..<(consumer + 1)
      }
      return (index * consumers + producers - 1)
        / producers..<((index + 1) * consumers + producers - 1) / producers
    }
  }

  /// The producers, by index, that a consumer's subtask has channels from, in channel order.
  public func producers(ofConsumer index: Int, producers: Int, consumers: Int) -> Range<Int> {
    switch strategy.distributionPattern {
    case .allToAll: return 0..<producers
    case .pointwise:
      let first = index * producers / consumers
      guard producers >= consumers else { return first..<(first + 1) }
      return first..<(index + 1) * producers / consumers
    }
  }
}
