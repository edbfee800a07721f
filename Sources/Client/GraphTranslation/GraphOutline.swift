import JobGraphs

/// A stream graph with its neighbours looked up: nodes and edges by position instead of by id.
///
/// Its edges have both ends in the graph; everything else may still be wrong.
struct GraphOutline {
  let graph: StreamGraph
  /// Positions of edges, by the position of the node that reads from them, in program order.
  let edgesIn: [[Int]]
  /// Positions of edges, by the position of the node that writes to them, in program order.
  let edgesOut: [[Int]]

  private let positions: [Int: Int]

  init(of graph: StreamGraph) {
    let positions = Dictionary(
      zip(graph.nodes.map(\.id), graph.nodes.indices),
      uniquingKeysWith: { first, _ in first }
    )
    var edgesIn: [[Int]] = Array(repeating: [], count: graph.nodes.count)
    var edgesOut = edgesIn
    for (edge, stream) in graph.edges.enumerated() {
      guard let source = positions[stream.source], let target = positions[stream.target] else {
        continue
      }
      edgesOut[source].append(edge)
      edgesIn[target].append(edge)
    }
    self.graph = graph
    self.edgesIn = edgesIn
    self.edgesOut = edgesOut
    self.positions = positions
  }

  /// The position of the node that an edge begins at.
  func source(of edge: Int) -> Int { positions[graph.edges[edge].source] ?? 0 }

  /// The position of the node that an edge ends at.
  func target(of edge: Int) -> Int { positions[graph.edges[edge].target] ?? 0 }

  /// The positions of the nodes that read from no other, in the order of their ids.
  var entryNodes: [Int] {
    graph.nodes.indices.filter { edgesIn[$0].isEmpty }
      .sorted { graph.nodes[$0].id < graph.nodes[$1].id }
  }

  /// The names along the first circle, each operator after one that it reads from; nil without any.
  func firstCycle() -> [String]? {
    var waiting = edgesIn.map(\.count)
    var ready = graph.nodes.indices.filter { waiting[$0] == 0 }
    while let node = ready.popLast() {
      for target in edgesOut[node].map(target(of:)) {
        waiting[target] -= 1
        if waiting[target] == 0 { ready.append(target) }
      }
    }
    guard var node = waiting.firstIndex(where: { $0 > 0 }) else { return nil }
    var path: [Int] = []
    while !path.contains(node) {
      path.append(node)
      guard let edge = edgesIn[node].first(where: { waiting[source(of: $0)] > 0 }) else { break }
      node = source(of: edge)
    }
    let start = path.firstIndex(of: node) ?? 0
    return path[start...].reversed().map { graph.nodes[$0].name }
  }
}
