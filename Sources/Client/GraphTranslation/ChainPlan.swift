import JobGraphs

/// Which operators share a task: each chain becomes one vertex.
struct ChainPlan {
  /// Operators that run as one task, by their positions in the graph.
  struct Chain {
    /// The operators, head first, each before those that it feeds.
    var nodes: [Int]
    /// The edges that leave the chain: those of an operator's chained branches before its own.
    var outputs: [Int]
  }

  /// The chains in Flink's order of making: what a chain feeds comes before it.
  let chains: [Chain]
  /// Whether the edge at a position is a function call inside of a chain.
  let isChained: [Bool]

  /// Plans the chains of a graph without circles, beginning at its sources in the order of ids.
  init(for outline: GraphOutline) {
    let isChained = outline.graph.edges.indices.map { Self.isChainable(edge: $0, in: outline) }
    var chains: [Chain] = []
    var planned: Set<Int> = []

    func plan(from head: Int) {
      guard planned.insert(head).inserted else { return }
      var chain = Chain(nodes: [], outputs: [])
      extend(&chain, by: head)
      chains.append(chain)
    }

    func extend(_ chain: inout Chain, by node: Int) {
      chain.nodes.append(node)
      let edges = outline.edgesOut[node]
      for edge in edges where isChained[edge] { extend(&chain, by: outline.target(of: edge)) }
      for edge in edges where !isChained[edge] {
        chain.outputs.append(edge)
        plan(from: outline.target(of: edge))
      }
    }

    for node in outline.entryNodes { plan(from: node) }
    self.chains = chains
    self.isChained = isChained
  }

  /// Whether an edge can be a function call.
  ///
  /// *Source:* Flink `isChainable`.
  static func isChainable(edge: Int, in outline: GraphOutline) -> Bool {
    let upstream = outline.graph.nodes[outline.source(of: edge)]
    let downstream = outline.graph.nodes[outline.target(of: edge)]
    return outline.edgesIn[outline.target(of: edge)].count == 1
      && outline.graph.settings.isChainingEnabled
      && upstream.chaining != .never
      && downstream.chaining == .always
      && upstream.slotSharingGroup == downstream.slotSharingGroup
      && upstream.parallelism == downstream.parallelism
      && outline.graph.edges[edge].strategy == .forward
  }
}
