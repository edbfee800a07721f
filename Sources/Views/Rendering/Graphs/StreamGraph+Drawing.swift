package import JobGraphs

extension StreamGraph {
  /// The graph as lines of text: operators on rails, streams between them.
  ///
  /// - Parameters:
  ///   - width: The columns that no line exceeds; at least 60.
  ///   - style: With which characters, and whether in colour.
  /// - Returns: The lines, from the top.
  package func drawing(width: Int, style: TextStyle) -> [String] {
    let order = nodes.indices.sorted { nodes[$0].id < nodes[$1].id }
    let sorted = sortedFromSources(order)
    let positions = Dictionary(
      sorted.enumerated().map { (nodes[$1].id, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let streams = edges.compactMap { edge -> RailLayout.Stream? in
      guard let source = positions[edge.source], let target = positions[edge.target] else {
        return nil
      }
      return RailLayout.Stream(source: source, target: target)
    }
    let layout = RailLayout(nodeCount: sorted.count, streams: streams, style: style)
    var page = GraphPage(
      title: GraphPhrase.streamGraph(name: name, operators: nodes.count),
      width: width,
      style: style,
      layout: layout
    )
    let widths = [11, 14]
    page.addHeadings(
      GraphPhrase.operatorHeading,
      [GraphPhrase.parallelismHeading, GraphPhrase.groupHeading],
      widths: widths
    )
    for row in layout.rows {
      switch row.subject {
      case .node(let position):
        add(nodes[sorted[position]], beside: row.rails, to: &page, widths: widths)
      case .belowNode: page.addText(TextLine(), beside: row.rails)
      case .stream(let stream):
        let target = streams[stream].target
        let inputs = streams.count { $0.target == target }
        let isPlain = streams[stream].source + 1 == target && inputs == 1
        let source = isPlain ? nil : nodes[sorted[streams[stream].source]].name
        page.addStream(
          edges[stream].strategy,
          beside: row.rails,
          from: source,
          note: GraphPhrase.meaning(edges[stream].strategy).english
        )
      }
    }
    return page.lines.rendered(width: width, style)
  }

  private func add(
    _ node: StreamNode,
    beside rails: String,
    to page: inout GraphPage,
    widths: [Int]
  ) {
    var cells = TextLine()
    cells.add("  ")
    cells.add(String(node.parallelism), columns: widths[0], page.style, alignsRight: true)
    cells.add("  ")
    cells.add(node.slotSharingGroup, columns: widths[1], page.style, .faint, alignsRight: true)
    page.addText(TextLine(node.name, .strong), beside: rails, right: cells)
  }

  /// The positions of the nodes, each after those that it reads from, otherwise as given.
  private func sortedFromSources(_ order: [Int]) -> [Int] {
    var sorted: [Int] = []
    var placed: Set<Int> = []
    var rest = order
    while !rest.isEmpty {
      // In a circle none is ready: the first is taken, and the circle is drawn open.
      let next =
        rest.firstIndex { position in
          edges.allSatisfy { $0.target != nodes[position].id || placed.contains($0.source) }
        } ?? 0
      let position = rest.remove(at: next)
      placed.insert(nodes[position].id)
      sorted.append(position)
    }
    return sorted
  }
}
