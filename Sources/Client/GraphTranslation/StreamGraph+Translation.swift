package import JobGraphs

extension StreamGraph {
  /// The job graph that a client submits: operators chained into vertices, streams into edges.
  ///
  /// Three stages, each a function of the one before: the graph with its neighbours looked up, the
  /// plan of what shares a task, the vertices and edges.
  /// *Source:* Flink `StreamingJobGraphGenerator`.
  /// - Throws: every problem that makes the graph impossible, not only the first.
  package func translated() throws(TranslationError) -> JobGraph {
    let graph = resolvingRuntimeMode()
    let problems = GraphProblem.problems(of: graph)
    guard problems.isEmpty else { throw TranslationError(problems: problems) }
    let outline = GraphOutline(of: graph)
    let plan = ChainPlan(for: outline)
    return JobGraph(of: outline, by: plan)
  }

  /// The graph with its runtime mode decided, and with what batch does without taken away.
  ///
  /// *Source:* Flink `StreamGraphGenerator.shouldExecuteInBatchMode`, `configureStreamGraphBatch`.
  private func resolvingRuntimeMode() -> StreamGraph {
    var graph = self
    if settings.runtimeMode == .automatic {
      let isBounded = nodes.allSatisfy { $0.kind != .source || $0.boundedness == .bounded }
      graph.settings.runtimeMode = isBounded ? .batch : .streaming
    }
    guard graph.settings.isBatch else { return graph }
    graph.settings.checkpoints = nil
    graph.settings.restartStrategy = settings.restartStrategy ?? .defaultWithCheckpoints
    return graph
  }
}
