import JobGraphs
import StreamModel

extension JobGraph {
  /// Makes the vertices and edges of a plan.
  ///
  /// Vertices are ordered as Flink lists them: the sources by their operators' ids, then, starting
  /// from each vertex in turn, what it feeds as soon as everything that that reads from is listed.
  /// Edges are ordered by their producers. A vertex lists its inputs in the order in which Flink
  /// connects them, that of the making of the producers' chains; which input of the operator each
  /// one feeds is said by ``JobEdge/input``.
  init(of outline: GraphOutline, by plan: ChainPlan) {
    let order = plan.topologicalOrder(in: outline)
    var position = Array(repeating: 0, count: plan.chains.count)
    for (vertex, chain) in order.enumerated() { position[chain] = vertex }
    let chainOfNode = plan.chainsByNode(count: outline.graph.nodes.count)

    var edges: [JobEdge] = []
    var vertices: [JobVertex] = order.map { chain in
      let outputs = plan.chains[chain].outputs
      var vertex = outline.vertex(of: plan.chains[chain], by: plan)
      vertex.outputs = Array(edges.count..<(edges.count + outputs.count))
      edges += outputs.map { output in
        let stream = outline.graph.edges[output]
        return JobEdge(
          source: position[chain],
          target: position[chainOfNode[outline.target(of: output)]],
          input: stream.input,
          strategy: stream.strategy,
          writer: stream.writer
        )
      }
      return vertex
    }
    for chain in plan.chains.indices {
      for edge in vertices[position[chain]].outputs {
        vertices[edges[edge].target].inputs.append(edge)
      }
    }
    self.init(
      name: outline.graph.name,
      vertices: vertices,
      edges: edges,
      settings: outline.graph.settings
    )
  }
}

extension ChainPlan {
  /// The chain that each node is in, by the node's position.
  fileprivate func chainsByNode(count: Int) -> [Int] {
    var owners = Array(repeating: 0, count: count)
    for (chain, members) in chains.enumerated() {
      for node in members.nodes { owners[node] = chain }
    }
    return owners
  }

  /// The chains, each after those that it reads from.
  ///
  /// *Source:* Flink `JobGraph.getVerticesSortedTopologicallyFromSources`.
  fileprivate func topologicalOrder(in outline: GraphOutline) -> [Int] {
    let owners = chainsByNode(count: outline.graph.nodes.count)
    var waiting = Array(repeating: 0, count: chains.count)
    let consumers = chains.map { $0.outputs.map { owners[outline.target(of: $0)] } }
    for consumer in consumers.joined() { waiting[consumer] += 1 }
    var order = chains.indices.filter { waiting[$0] == 0 }

    func listConsumers(of chain: Int) {
      for consumer in consumers[chain] {
        waiting[consumer] -= 1
        guard waiting[consumer] == 0 else { continue }
        order.append(consumer)
        listConsumers(of: consumer)
      }
    }

    for source in order { listConsumers(of: source) }
    return order
  }
}

extension GraphOutline {
  /// The vertex of a chain, without its inputs and outputs.
  fileprivate func vertex(of chain: ChainPlan.Chain, by plan: ChainPlan) -> JobVertex {
    let members = chain.nodes.map { node in
      let ways = edgesOut[node].compactMap { edge -> (edge: Int, way: SideOutputRoute.Way)? in
        plan.isChained[edge]
          ? chain.nodes.firstIndex(of: target(of: edge)).map { (edge, .chained($0)) }
          : chain.outputs.firstIndex(of: edge).map { (edge, .edge($0)) }
      }
      return ChainedOperator(
        node: graph.nodes[node],
        chainedOutputs: ways.compactMap {
          if case .chained(let next) = $0.way { next } else { nil }
        },
        edgeOutputs: ways.compactMap { if case .edge(let output) = $0.way { output } else { nil } },
        sideOutputs: ways.compactMap { entry in
          graph.edges[entry.edge].sideOutput.map { SideOutputRoute(tag: $0, way: entry.way) }
        }
      )
    }
    let head = members[0].node
    return JobVertex(
      id: JobVertexID(head: head.operatorID),
      name: members.chainName,
      parallelism: head.parallelism,
      configuredMaxParallelism: head.maxParallelism,
      slotSharingGroup: head.slotSharingGroup,
      chain: members
    )
  }
}
