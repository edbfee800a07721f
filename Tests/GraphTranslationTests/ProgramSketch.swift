import JobGraphs

/// Code that does nothing: these graphs are never run.
struct NoCode: OperatorFactory, EdgeWriterFactory {}

/// Builds stream graphs by hand, in the order in which a program would.
struct ProgramSketch {
  private(set) var graph: StreamGraph

  init(_ name: String, settings: JobSettings = JobSettings()) {
    graph = StreamGraph(name: name, nodes: [], edges: [], settings: settings)
  }

  /// Adds an operator that reads from none yet, and returns its id.
  mutating func add(
    _ name: String,
    _ kind: OperatorKind = .transformation,
    parallelism: Int = 2,
    change: (inout StreamNode) -> Void = { _ in }
  ) -> Int {
    let id = graph.nodes.count + 1
    var node = StreamNode(
      id: id,
      name: name,
      kind: kind,
      parallelism: parallelism,
      factory: NoCode()
    )
    change(&node)
    graph.nodes.append(node)
    return id
  }

  mutating func source(
    _ name: String,
    parallelism: Int = 2,
    change: (inout StreamNode) -> Void = { _ in }
  ) -> Int {
    add("Source: \(name)", .source, parallelism: parallelism, change: change)
  }

  /// Adds an operator that reads from an earlier one, and returns its id.
  mutating func then(
    _ name: String,
    from upstream: Int,
    by strategy: ShipStrategy = .forward,
    kind: OperatorKind = .transformation,
    parallelism: Int = 2,
    change: (inout StreamNode) -> Void = { _ in }
  ) -> Int {
    let id = add(name, kind, parallelism: parallelism, change: change)
    connect(upstream, id, by: strategy)
    return id
  }

  @discardableResult
  mutating func sink(
    _ name: String = "snk: Writer",
    from upstream: Int,
    by strategy: ShipStrategy = .forward,
    parallelism: Int = 2,
    change: (inout StreamNode) -> Void = { _ in }
  ) -> Int {
    then(name, from: upstream, by: strategy, kind: .sink, parallelism: parallelism, change: change)
  }

  mutating func connect(
    _ source: Int,
    _ target: Int,
    input: Int = 0,
    by strategy: ShipStrategy = .forward
  ) {
    graph.edges.append(
      StreamEdge(
        source: source,
        target: target,
        input: input,
        strategy: strategy,
        writer: NoCode()
      )
    )
  }
}
