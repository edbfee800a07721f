package import JobGraphs

extension StreamGraph {
  /// The graph in sentences: each operator, and what it reads.
  package func describe() -> [String] {
    let title = GraphPhrase.streamGraph(name: name, operators: nodes.count)
    return [Wording.sentence(title.english)]
      + nodes.sorted { $0.id < $1.id }.map { node in
        let inputs = edges.filter { $0.target == node.id }.compactMap { edge in
          nodes.first { $0.id == edge.source }.map { (edge.strategy, from: $0.name) }
        }
        return GraphTwinPhrase.graphOperator(
          name: node.name,
          parallelism: node.parallelism,
          group: node.slotSharingGroup,
          inputs: inputs
        ).english
      }
  }
}
