import JobGraphs
import SimulationKernel
import StreamModel

/// Code that does nothing: these graphs are only drawn.
struct NoCode: OperatorFactory, EdgeWriterFactory {}

/// Graphs to draw.
enum SampleGraphs {
  /// Source and split in one vertex, count and sink in the next.
  static func wordCount(
    parallelism: Int = 2,
    name: String = "word-count",
    vertexName: String? = nil
  ) -> JobGraph {
    var settings = JobSettings()
    settings.checkpoints = CheckpointSettings(interval: .seconds(1))
    return JobGraph(
      name: name,
      vertices: [
        vertex(
          ["Source: " + (vertexName ?? "the-nest"), "split"],
          parallelism: parallelism,
          inputs: [],
          outputs: [0]
        ),
        vertex(["count", "words: Writer"], parallelism: parallelism, inputs: [0], outputs: []),
      ],
      edges: [edge(0, 1, .hash)],
      settings: settings
    )
  }

  /// Two sources into one vertex, one of them past another.
  static func branches() -> JobGraph {
    JobGraph(
      name: "flights with rules",
      vertices: [
        vertex(["Source: rules"], parallelism: 1, inputs: [], outputs: [0]),
        vertex(["Source: flights"], parallelism: 4, inputs: [], outputs: [1, 2]),
        vertex(["apply rules"], parallelism: 4, inputs: [0, 1], outputs: [3]),
        vertex(["late flights: Writer"], parallelism: 2, inputs: [2], outputs: []),
        vertex(["delays", "alerts: Writer"], parallelism: 3, inputs: [3], outputs: []),
      ],
      edges: [
        edge(0, 2, .broadcast, input: 1), edge(1, 2, .hash), edge(1, 3, .rescale),
        edge(2, 4, .rebalance),
      ],
      settings: JobSettings()
    )
  }

  /// The operators of a graph with a fork and a join, in the order of a program.
  static func streamGraph() -> StreamGraph {
    let names = [
      "Source: 航班数据", "parse", "Source: airports", "enrich", "late: Writer", "delays: Writer",
    ]
    let kinds: [OperatorKind] = [
      .source, .transformation, .source, .transformation, .sink, .sink,
    ]
    let nodes = zip(names, kinds).enumerated().map { index, node in
      StreamNode(
        id: index + 1,
        name: node.0,
        kind: node.1,
        parallelism: index == 2 ? 1 : 4,
        factory: NoCode()
      )
    }
    let edges: [StreamEdge] = [
      stream(1, 2, .forward), stream(2, 4, .hash), stream(3, 4, .broadcast, input: 1),
      stream(2, 5, .rebalance), stream(4, 6, .forward),
    ]
    return StreamGraph(name: "delays", nodes: nodes, edges: edges, settings: JobSettings())
  }

  /// A word count of which one half runs.
  static func executionGraph() -> ExecutionGraph {
    var graph = ExecutionGraph(
      job: JobID(seed: 1, submission: 1),
      graph: wordCount()
    )
    graph.transition(to: .created)
    graph.transition(to: .running)
    for subtask in graph.subtasks { graph.transition(subtask, to: .scheduled) }
    for subtask in graph.subtasks where subtask.index == 0 {
      graph.assign(
        AssignedSlot(
          taskManager: "tm-1",
          process: ProcessID(index: 1),
          slot: 0,
          allocation: 1
        ),
        to: subtask
      )
      graph.transition(subtask, to: .deploying)
      graph.transition(subtask, to: .initializing)
      graph.transition(subtask, to: .running)
    }
    return graph
  }

  private static func vertex(
    _ names: [String],
    parallelism: Int,
    inputs: [Int],
    outputs: [Int]
  ) -> JobVertex {
    let chain = names.enumerated().map { index, name in
      ChainedOperator(
        node: StreamNode(
          id: index + 1,
          name: name,
          kind: .transformation,
          parallelism: parallelism,
          factory: NoCode()
        ),
        chainedOutputs: index + 1 < names.count ? [index + 1] : [],
        edgeOutputs: []
      )
    }
    return JobVertex(
      id: JobVertexID(head: OperatorID(uid: names[0])),
      name: names.joined(separator: " -> "),
      parallelism: parallelism,
      configuredMaxParallelism: nil,
      slotSharingGroup: StreamGraph.defaultSlotSharingGroup,
      chain: chain,
      inputs: inputs,
      outputs: outputs
    )
  }

  private static func edge(
    _ source: Int,
    _ target: Int,
    _ strategy: ShipStrategy,
    input: Int = 0
  ) -> JobEdge {
    JobEdge(source: source, target: target, input: input, strategy: strategy, writer: NoCode())
  }

  private static func stream(
    _ source: Int,
    _ target: Int,
    _ strategy: ShipStrategy,
    input: Int = 0
  ) -> StreamEdge {
    StreamEdge(source: source, target: target, input: input, strategy: strategy, writer: NoCode())
  }
}
