import JobGraphs
import SimulationKernel
import StreamModel

/// Code that no test of the control plane ever opens.
struct NoOperator: OperatorFactory {}

/// Distribution that no test of the control plane ever does.
struct NoWriter: EdgeWriterFactory {}

/// Job graphs as they are known to the control plane: names, widths and edges.
enum TestGraph {
  /// A source and a counting sink behind a hash edge: the shape of the recorded jobs.
  static func wordCount(
    parallelism: Int = 2,
    checkpoints: VirtualDuration? = .seconds(1),
    restart: RestartStrategy? = nil
  ) -> JobGraph {
    var settings = JobSettings()
    settings.checkpoints = checkpoints.map { CheckpointSettings(interval: $0) }
    settings.restartStrategy = restart
    return chain(
      [("source", parallelism), ("count", parallelism)],
      strategies: [.hash],
      settings: settings
    )
  }

  /// Vertices in a row.
  static func chain(
    _ vertices: [(name: String, parallelism: Int)],
    strategies: [ShipStrategy],
    settings: JobSettings = JobSettings()
  ) -> JobGraph {
    let edges = strategies.enumerated().map { position, strategy in
      JobEdge(
        source: position,
        target: position + 1,
        input: 0,
        strategy: strategy,
        writer: NoWriter()
      )
    }
    return JobGraph(
      name: "word-count",
      vertices: vertices.enumerated().map { position, vertex in
        self.vertex(
          vertex.name,
          vertex.parallelism,
          inputs: position == 0 ? [] : [position - 1],
          outputs: position == strategies.count ? [] : [position]
        )
      },
      edges: edges,
      settings: settings
    )
  }

  /// A vertex of one operator.
  static func vertex(
    _ name: String,
    _ parallelism: Int,
    group: String = StreamGraph.defaultSlotSharingGroup,
    inputs: [Int],
    outputs: [Int]
  ) -> JobVertex {
    let node = StreamNode(
      id: 1,
      name: name,
      uid: name,
      kind: .transformation,
      parallelism: parallelism,
      slotSharingGroup: group,
      factory: NoOperator()
    )
    return JobVertex(
      id: JobVertexID(head: node.operatorID),
      name: name,
      parallelism: parallelism,
      configuredMaxParallelism: nil,
      slotSharingGroup: group,
      chain: [
        ChainedOperator(
          node: node,
          chainedOutputs: [],
          edgeOutputs: Array(outputs.indices)
        )
      ],
      inputs: inputs,
      outputs: outputs
    )
  }
}
