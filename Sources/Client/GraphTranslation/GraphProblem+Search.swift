import JobGraphs
import StreamModel

extension GraphProblem {
  /// Everything that is wrong with a graph: its nodes first, then its streams, then its shape.
  static func problems(of graph: StreamGraph) -> [GraphProblem] {
    guard !graph.nodes.isEmpty else { return [.noOperators] }
    let local = nodeProblems(of: graph) + repeatedNames(in: graph) + edgeProblems(of: graph)
    guard local.isEmpty else { return local }
    return GraphOutline(of: graph).firstCycle().map { [.cycle(operatorNames: $0)] } ?? []
  }

  private static func nodeProblems(of graph: StreamGraph) -> [GraphProblem] {
    let fed = Set(graph.edges.map(\.target))
    return graph.nodes.flatMap { node -> [GraphProblem] in
      var problems: [GraphProblem] = []
      let maximum = node.maxParallelism ?? highestMaxParallelism
      if !(1...highestMaxParallelism).contains(maximum) {
        problems.append(.maxParallelismOutOfRange(operatorName: node.name, maximum: maximum))
      } else if node.parallelism > maximum {
        problems.append(
          .parallelismAboveMaximum(
            operatorName: node.name,
            parallelism: node.parallelism,
            maximum: maximum
          )
        )
      }
      if node.parallelism < 1 {
        problems.append(
          .parallelismTooLow(operatorName: node.name, parallelism: node.parallelism)
        )
      }
      if graph.settings.isBatch, node.kind == .source, node.boundedness != .bounded {
        problems.append(.unboundedSourceInBatch(operatorName: node.name))
      }
      if node.kind != .source, !fed.contains(node.id) {
        problems.append(.nothingToRead(operatorName: node.name))
      }
      return problems
    }
  }

  private static func repeatedNames(in graph: StreamGraph) -> [GraphProblem] {
    var byID: [Int: StreamNode] = [:]
    var byUID: [OperatorID: StreamNode] = [:]
    var problems: [GraphProblem] = []
    for node in graph.nodes {
      if let first = byID.updateValue(node, forKey: node.id) {
        problems.append(.duplicateNode(id: node.id, first: first.name, second: node.name))
      }
      if let uid = node.uid, let first = byUID.updateValue(node, forKey: OperatorID(uid: uid)) {
        problems.append(.duplicateUID(uid: uid, first: first.name, second: node.name))
      }
    }
    return problems
  }

  private static func edgeProblems(of graph: StreamGraph) -> [GraphProblem] {
    let nodes = Dictionary(graph.nodes.map { ($0.id, $0) }) { first, _ in first }
    return graph.edges.flatMap { edge -> [GraphProblem] in
      let source = nodes[edge.source]
      let target = nodes[edge.target]
      guard let source, let target else {
        let missing = source == nil ? edge.source : edge.target
        return [.unknownNode(id: missing, neighbour: source?.name ?? target?.name)]
      }
      return problems(ofStreamFrom: source, to: target, strategy: edge.strategy)
    }
  }

  private static func problems(
    ofStreamFrom source: StreamNode,
    to target: StreamNode,
    strategy: ShipStrategy
  ) -> [GraphProblem] {
    var problems: [GraphProblem] = []
    if target.kind == .source {
      problems.append(.sourceWithInputs(operatorName: target.name, upstream: source.name))
    }
    if source.kind == .sink {
      problems.append(.sinkWithOutputs(operatorName: source.name, downstream: target.name))
    }
    if strategy == .forward, source.parallelism != target.parallelism {
      problems.append(
        .forwardChangesParallelism(
          upstream: source.name,
          upstreamParallelism: source.parallelism,
          downstream: target.name,
          downstreamParallelism: target.parallelism
        )
      )
    }
    return problems
  }
}
