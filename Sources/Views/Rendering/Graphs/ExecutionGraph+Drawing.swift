package import JobGraphs
import StreamModel

extension ExecutionGraph {
  /// The graph as lines of text: vertices on rails with the current attempt of each task.
  ///
  /// - Parameters:
  ///   - width: The columns that no line exceeds; at least 60.
  ///   - style: With which characters, and whether in colour.
  /// - Returns: The lines, from the top.
  package func drawing(width: Int, style: TextStyle) -> [String] {
    let layout = graph.rails(style)
    var page = GraphPage(
      title: GraphPhrase.executionGraph(
        name: graph.name,
        state: state,
        tasks: graph.subtaskCount
      ),
      width: width,
      style: style,
      layout: layout
    )
    for row in layout.rows {
      switch row.subject {
      case .node(let vertex):
        page.addText(TextLine(graph.vertices[vertex].name, .strong), beside: row.rails)
        for subtask in graph.subtasks where subtask.vertex == vertex {
          page.addText(line(of: subtask, style), beside: row.plainRails, indent: 1)
        }
      case .belowNode: page.addText(TextLine(), beside: row.rails)
      case .stream(let edge):
        page.addStream(
          graph.edges[edge].strategy,
          beside: row.rails,
          from: graph.distantSource(of: edge),
          note: channels(of: edge).english
        )
      }
    }
    return page.lines.rendered(width: width, style)
  }

  private func line(of subtask: SubtaskID, _ style: TextStyle) -> TextLine {
    let execution = self[subtask]
    let parallelism = graph.vertices[subtask.vertex].parallelism
    let digits = String(parallelism).utf8.count
    let place: GraphPhrase =
      execution.slot.map { .place(taskManager: $0.taskManager, slot: $0.slot) } ?? .noPlace
    let names = graph.subtasks.compactMap { self[$0].slot?.taskManager }
    let placeColumns = min(20, 7 + (names.map { DisplayWidth.of($0) }.max() ?? 4))
    var line = TextLine()
    line.add(
      GraphPhrase.lane(subtask, of: parallelism).english,
      columns: 2 * digits + 1,
      style,
      alignsRight: true
    )
    line.add("  ")
    line.add(style(execution.state.mark), execution.state.ink)
    line.add(" ")
    line.add(execution.state.rawValue, columns: 12, style, execution.state.ink)
    line.add("  ")
    line.add(place.english, columns: placeColumns, style)
    line.add("  ")
    line.add(GraphPhrase.attempt(execution.attempt), .faint)
    return line
  }

  func channels(of position: Int) -> GraphPhrase {
    let edge = graph.edges[position]
    let producers = graph.vertices[edge.source].parallelism
    let consumers = graph.vertices[edge.target].parallelism
    let count = (0..<producers).reduce(0) {
      $0 + edge.consumers(ofProducer: $1, producers: producers, consumers: consumers).count
    }
    return .channels(count, edge.strategy.distributionPattern)
  }
}
