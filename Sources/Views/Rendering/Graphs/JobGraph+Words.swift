package import JobGraphs

extension JobGraph {
  /// The graph in sentences: each vertex, what it reads and the operators of its chain.
  package func describe() -> [String] {
    let title = GraphPhrase.jobGraph(
      name: name,
      vertices: vertices.count,
      tasks: subtaskCount,
      slots: slotsNeeded
    )
    return [Wording.sentence(title.english)]
      + vertices.flatMap { vertex -> [String] in
        let phrase = GraphTwinPhrase.vertex(
          name: vertex.name,
          parallelism: vertex.parallelism,
          keyGroups: vertex.maxParallelism,
          group: vertex.slotSharingGroup,
          inputs: inputs(of: vertex)
        )
        guard vertex.chain.count > 1 else { return [phrase.english] }
        return [phrase.english, GraphTwinPhrase.chain(vertex.chain.map(\.node.name)).english]
      }
  }

  /// What a vertex reads: how, and from which vertex.
  func inputs(of vertex: JobVertex) -> [(ShipStrategy, from: String)] {
    vertex.inputs.map { (edges[$0].strategy, from: vertices[edges[$0].source].name) }
  }
}
