public import JobGraphs
public import StreamOperators

/// What a program has said so far; settings that depend on each other are resolved at the end.
@usableFromInline
struct Plan {
  /// An edge whose strategy may still follow from the parallelism at its ends.
  @usableFromInline
  struct Edge {
    var source: Int
    var target: Int
    var input: Int
    var partitioning: Partitioning
    var sideOutput: String?
  }

  private var nodes: [StreamNode] = []
  private var groups: [String?] = []
  private var edges: [Edge] = []

  @usableFromInline
  init() {}

  /// Adds an operator and returns its id, counted from 1.
  mutating func add(
    name: String,
    kind: OperatorKind,
    parallelism: Int,
    factory: StreamOperatorFactory
  ) -> Int {
    nodes.append(
      StreamNode(
        id: nodes.count + 1,
        name: name,
        kind: kind,
        parallelism: parallelism,
        maxParallelism: nil,
        factory: factory
      )
    )
    nodes[nodes.count - 1].boundedness = factory.boundedness
    groups.append(nil)
    return nodes.count
  }

  /// Adds a stream between two operators.
  mutating func connect(_ origin: StreamOrigin, to target: Int, input: Int) {
    edges.append(
      Edge(
        source: origin.id,
        target: target,
        input: input,
        partitioning: origin.partitioning,
        sideOutput: origin.sideOutput
      )
    )
  }

  /// Changes an operator's settings.
  mutating func change(_ id: Int, _ body: (inout StreamNode) -> Void) {
    body(&nodes[id - 1])
  }

  /// Gives an operator a slot sharing group of its own choice.
  mutating func setSlotSharingGroup(_ group: String, of id: Int) {
    groups[id - 1] = group
  }

  /// The graph, with every setting that depends on others.
  ///
  /// An operator without a slot sharing group inherits that of its inputs when they agree, one
  /// without a number of key groups has `maxParallelism`; a stream without a strategy is forwarded
  /// between equal parallelisms, else rebalanced.
  ///
  /// *Source:* Flink `StreamGraphGenerator.determineSlotSharingGroup` and `addEdge`.
  func streamGraph(
    named name: String,
    maxParallelism: Int?,
    settings: JobSettings
  ) -> StreamGraph {
    var resolved = nodes
    for index in resolved.indices {
      resolved[index].maxParallelism = resolved[index].maxParallelism ?? maxParallelism
      let inputs = edges.filter { $0.target == index + 1 }
        .map { resolved[$0.source - 1].slotSharingGroup }
      let inherited = inputs.first.flatMap { first in
        inputs.allSatisfy { $0 == first } ? first : nil
      }
      resolved[index].slotSharingGroup =
        groups[index] ?? inherited ?? StreamGraph.defaultSlotSharingGroup
    }
    let streams = edges.map { edge in
      let isEven = resolved[edge.source - 1].parallelism == resolved[edge.target - 1].parallelism
      let strategy = edge.partitioning.strategy ?? (isEven ? .forward : .rebalance)
      return StreamEdge(
        source: edge.source,
        target: edge.target,
        input: edge.input,
        strategy: strategy,
        writer: edge.partitioning.makeWriter(strategy),
        sideOutput: edge.sideOutput
      )
    }
    return StreamGraph(name: name, nodes: resolved, edges: streams, settings: settings)
  }
}

/// An operator whose elements a stream carries, and how they are distributed to the next.
@usableFromInline
struct StreamOrigin {
  @usableFromInline let id: Int
  @usableFromInline let partitioning: Partitioning
  /// The side output that is meant; nil for the operator's results.
  @usableFromInline let sideOutput: String?

  @usableFromInline
  init(id: Int, partitioning: Partitioning, sideOutput: String? = nil) {
    self.id = id
    self.partitioning = partitioning
    self.sideOutput = sideOutput
  }
}

/// How a stream is to be distributed: a strategy if the program chose one, and the typed code.
public struct Partitioning: Sendable {
  let strategy: ShipStrategy?
  let makeWriter: @Sendable (ShipStrategy) -> StreamEdgeWriterFactory

  /// Makes a partitioning.
  @usableFromInline
  init(
    _ strategy: ShipStrategy?,
    makeWriter: @escaping @Sendable (ShipStrategy) -> StreamEdgeWriterFactory
  ) {
    self.strategy = strategy
    self.makeWriter = makeWriter
  }
}
