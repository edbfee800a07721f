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
  public var areAllRunning: Bool { count(in: .running) == taskCount }

  /// Whether every task's current attempt has ended, one way or another.
  public var areAllTerminal: Bool {
    count(in: .finished) + count(in: .canceled) + count(in: .failed) == taskCount
  }

  /// Whether every task read everything and is done.
  public var areAllFinished: Bool { count(in: .finished) == taskCount }

  /// Whether some task waits for a slot.
  public var isAnyScheduled: Bool { count(in: .scheduled) > 0 }

  /// How many tasks there are in each state, in the order of ``ExecutionState/allCases``.
  public var taskCounts: [(state: ExecutionState, count: Int)] {
    ExecutionState.allCases.map { ($0, count(in: $0)) }
  }

  /// The tasks that one task reads from, by the positions of its inputs and then of its channels.
  public func producers(of subtask: SubtaskID) -> [SubtaskID] { graph.producers(of: subtask) }

  /// Whether all tasks that one task reads from fit.
  public func allProducers(
    of subtask: SubtaskID,
    satisfy fits: (SubtaskID) -> Bool
  ) -> Bool {
    graph.vertices[subtask.vertex].inputs.allSatisfy { position in
      let edge = graph.edges[position]
      return edge.producers(
        ofConsumer: subtask.index,
        producers: graph.vertices[edge.source].parallelism,
        consumers: graph.vertices[edge.target].parallelism
      ).allSatisfy { fits(SubtaskID(vertex: edge.source, index: $0)) }
    }
  }

  /// For each vertex, whether every task of every vertex that it reads from is done.
  public var haveProducersFinished: [Bool] {
    let isDone = vertices.map { $0.allSatisfy { $0.state == .finished } }
    return graph.vertices.map { vertex in
      vertex.inputs.allSatisfy { isDone[graph.edges[$0].source] }
    }
  }
}
