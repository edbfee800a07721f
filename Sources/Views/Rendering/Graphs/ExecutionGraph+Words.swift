package import JobGraphs
import StreamModel

extension ExecutionGraph {
  /// The graph in sentences: each vertex, and the current attempt of each of its tasks.
  package func describe() -> [String] {
    let title = GraphPhrase.executionGraph(
      name: graph.name,
      state: state,
      tasks: graph.subtaskCount
    )
    return [Wording.sentence(title.english)]
      + graph.vertices.indices.flatMap { position -> [String] in
        let vertex = graph.vertices[position]
        let tasks = graph.subtasks.filter { $0.vertex == position }.map { subtask in
          let execution = self[subtask]
          return GraphTwinPhrase.task(
            name: graph.taskName(of: subtask),
            state: execution.state,
            place: execution.slot.map {
              .place(taskManager: $0.taskManager, slot: $0.slot)
            } ?? .noPlace,
            attempt: .attempt(execution.attempt)
          ).english
        }
        let streams = vertex.inputs.map { edge in
          GraphTwinPhrase.stream(
            graph.edges[edge].strategy,
            from: graph.vertices[graph.edges[edge].source].name,
            to: vertex.name,
            channels: channels(of: edge)
          ).english
        }
        return streams + tasks
      }
  }
}
