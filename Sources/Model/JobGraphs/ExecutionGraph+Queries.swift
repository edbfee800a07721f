public import SimulationKernel
public import StreamModel

extension ExecutionGraph {
  /// Every task, by vertex and index.
  public var subtasks: [SubtaskID] { graph.subtasks }

  /// The tasks whose current attempt fits, by vertex and index.
  public func subtasks(where fits: (Execution) -> Bool) -> [SubtaskID] {
    graph.subtasks.filter { fits(self[$0]) }
  }

  /// The tasks whose current attempt is in that state, by vertex and index.
  public func subtasks(in state: ExecutionState) -> [SubtaskID] {
    subtasks { $0.state == state }
  }

  /// The tasks whose current attempt runs on that TaskManager and has not ended.
  public func liveSubtasks(on process: ProcessID) -> [SubtaskID] {
    subtasks { $0.slot?.process == process && !$0.state.isTerminal }
  }

  /// Whether every task processes records.
  public var areAllRunning: Bool { areAll { $0.state == .running } }

  /// Whether every task's current attempt has ended, one way or another.
  public var areAllTerminal: Bool { areAll(\.state.isTerminal) }

  /// Whether every task read everything and is done.
  public var areAllFinished: Bool { areAll { $0.state == .finished } }

  /// Whether some task waits for a slot.
  public var isAnyScheduled: Bool { vertices.joined().contains { $0.state == .scheduled } }

  /// How many tasks there are in each state, in the order of ``ExecutionState/allCases``.
  public var taskCounts: [(state: ExecutionState, count: Int)] {
    ExecutionState.allCases.map { state in
      (state, vertices.joined().count { $0.state == state })
    }
  }

  /// The tasks that one task reads from, by the positions of its inputs and then of its channels.
  public func producers(of subtask: SubtaskID) -> [SubtaskID] {
    graph.vertices[subtask.vertex].inputs.flatMap { position in
      let edge = graph.edges[position]
      return edge.producers(
        ofConsumer: subtask.index,
        producers: graph.vertices[edge.source].parallelism,
        consumers: graph.vertices[edge.target].parallelism
      ).map { SubtaskID(vertex: edge.source, index: $0) }
    }
  }

  /// Whether every task of every vertex that a task reads from is done.
  public func haveProducersFinished(_ subtask: SubtaskID) -> Bool {
    graph.vertices[subtask.vertex].inputs.allSatisfy { position in
      vertices[graph.edges[position].source].allSatisfy { $0.state == .finished }
    }
  }

  private func areAll(_ fits: (Execution) -> Bool) -> Bool {
    vertices.joined().allSatisfy(fits)
  }
}
