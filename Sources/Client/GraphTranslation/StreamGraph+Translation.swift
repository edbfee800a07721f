package import JobGraphs

extension StreamGraph {
  /// The job graph that a client submits: operators chained into vertices, streams into edges.
  ///
  /// Three stages, each a function of the one before: the graph with its neighbours looked up, the
  /// plan of what shares a task, the vertices and edges.
  /// *Source:* Flink `StreamingJobGraphGenerator`.
  /// - Throws: every problem that makes the graph impossible, not only the first.
  package func translated() throws(TranslationError) -> JobGraph {
    let problems = GraphProblem.problems(of: self)
    guard problems.isEmpty else { throw TranslationError(problems: problems) }
    let outline = GraphOutline(of: self)
    let plan = ChainPlan(for: outline)
    return JobGraph(of: outline, by: plan)
  }
}
