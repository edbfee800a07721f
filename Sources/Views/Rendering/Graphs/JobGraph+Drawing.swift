package import JobGraphs

extension JobGraph {
  /// The graph as lines of text: vertices on rails with the trees of their chains.
  ///
  /// - Parameters:
  ///   - width: The columns that no line exceeds; at least 60.
  ///   - style: With which characters, and whether in colour.
  /// - Returns: The lines, from the top.
  package func drawing(width: Int, style: TextStyle) -> [String] {
    let layout = rails(style)
    var page = GraphPage(
      title: GraphPhrase.jobGraph(
        name: name,
        vertices: vertices.count,
        tasks: subtaskCount,
        slots: slotsNeeded
      ),
      width: width,
      style: style,
      layout: layout
    )
    let widths = width >= 80 ? [11, 10, 14] : [11, 10]
    page.addHeadings(
      GraphPhrase.vertexHeading,
      [
        GraphPhrase.parallelismHeading, GraphPhrase.maxParallelismHeading,
        GraphPhrase.groupHeading,
      ],
      widths: widths
    )
    for row in layout.rows {
      switch row.subject {
      case .node(let vertex):
        addVertex(vertex, beside: row, to: &page, widths: widths)
      case .belowNode: page.addText(TextLine(), beside: row.rails)
      case .stream(let edge):
        page.addStream(
          edges[edge].strategy,
          beside: row.rails,
          from: distantSource(of: edge),
          note: GraphPhrase.meaning(edges[edge].strategy).english
        )
      }
    }
    return page.lines.rendered(width: width, style)
  }

  /// The rails of this graph's streams.
  func rails(_ style: TextStyle) -> RailLayout {
    RailLayout(
      nodeCount: vertices.count,
      streams: edges.map { RailLayout.Stream(source: $0.source, target: $0.target) },
      style: style
    )
  }

  /// The producer's name where it is not the vertex just above; nil where a reader sees it anyway.
  func distantSource(of edge: Int) -> String? {
    let inputs = vertices[edges[edge].target].inputs.count
    return edges[edge].source + 1 == edges[edge].target && inputs == 1
      ? nil : vertices[edges[edge].source].name
  }

  private func addVertex(
    _ position: Int,
    beside row: RailLayout.Row,
    to page: inout GraphPage,
    widths: [Int]
  ) {
    let vertex = vertices[position]
    var cells = TextLine()
    let texts = [
      String(vertex.parallelism), String(vertex.maxParallelism), vertex.slotSharingGroup,
    ]
    for (column, text) in zip(widths, texts) {
      cells.add("  ")
      cells.add(
        text,
        columns: column,
        page.style,
        text == texts[0] ? .plain : .faint,
        alignsRight: true
      )
    }
    page.addText(TextLine(vertex.name, .strong), beside: row.rails, right: cells)
    guard vertex.chain.count > 1 else { return }
    for leaf in vertex.leaves(page.style) {
      page.addText(TextLine(leaf, .faint), beside: row.plainRails, indent: 1)
    }
  }
}

extension JobVertex {
  /// The chain as a tree, one line for each operator.
  fileprivate func leaves(_ style: TextStyle) -> [String] {
    guard let head = chain.first else { return [] }
    return [head.node.name] + branches(of: 0, indent: "", style)
  }

  private func branches(of member: Int, indent: String, _ style: TextStyle) -> [String] {
    let following = chain[member].chainedOutputs
    return following.enumerated().flatMap { order, next -> [String] in
      let isLast = order == following.count - 1
      let stem = style(isLast ? .lastLeaf : .leaf) + style(.horizontal) + " "
      let rest = isLast ? "   " : style(.vertical) + "  "
      return [indent + stem + chain[next].node.name]
        + branches(of: next, indent: indent + rest, style)
    }
  }
}
