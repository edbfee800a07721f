import SimulationKernel
public import StreamModel

/// A job while it runs: its state, and the current attempt of each of its tasks.
///
/// A value that knows nothing of messages. Every change of state is checked against the tables of
/// ``JobState`` and ``ExecutionState``.
/// *Source:* Flink `ExecutionGraph`, with `ExecutionJobVertex` and `ExecutionVertex` folded in.
public struct ExecutionGraph: Sendable {
  /// The job's id.
  public let job: JobID
  /// What is executed.
  public let graph: JobGraph
  /// The state of the job.
  public private(set) var state = JobState.initializing
  /// The current attempt of each task, by vertex and by index.
  public private(set) var vertices: [[Execution]]
  /// How many tasks are in each state: asked at every change of one.
  private var tally: [ExecutionState: Int]

  /// Makes the graph of a job of which nothing runs yet.
  public init(job: JobID, graph: JobGraph) {
    self.job = job
    self.graph = graph
    vertices = graph.vertices.map { Array(repeating: Execution(), count: $0.parallelism) }
    tally = [.created: graph.subtaskCount]
  }

  /// How many tasks there are.
  var taskCount: Int { graph.subtaskCount }

  /// How many tasks' current attempts are in that state.
  public func count(in state: ExecutionState) -> Int { tally[state, default: 0] }

  /// The current attempt of a task.
  public subscript(subtask: SubtaskID) -> Execution {
    vertices[subtask.vertex][subtask.index]
  }

  /// The id of the current attempt of a task.
  public func attemptID(of subtask: SubtaskID) -> ExecutionAttemptID {
    ExecutionAttemptID(job: job, subtask: subtask, attempt: self[subtask].attempt)
  }

  /// Whether the attempt is of this job and its task's current one.
  public func isCurrent(_ attempt: ExecutionAttemptID) -> Bool {
    guard attempt.job == job, vertices.indices.contains(attempt.subtask.vertex) else {
      return false
    }
    let executions = vertices[attempt.subtask.vertex]
    guard executions.indices.contains(attempt.subtask.index) else { return false }
    return executions[attempt.subtask.index].attempt == attempt.attempt
  }
}

extension ExecutionGraph {
  /// Changes the state of the job.
  ///
  /// - Returns: The state before.
  /// - Precondition: ``JobState/successors(of:)`` allows it.
  @discardableResult
  public mutating func transition(to next: JobState) -> JobState {
    let previous = state
    invariant(
      JobState.successors(of: previous).contains(next),
      "the job \(graph.name) must not go from \(previous.rawValue) to \(next.rawValue)"
    )
    state = next
    return previous
  }

  /// Whether the task's current attempt may change to that state.
  public func mayTransition(_ subtask: SubtaskID, to next: ExecutionState) -> Bool {
    ExecutionState.successors(of: self[subtask].state).contains(next)
  }

  /// Changes the state of a task's current attempt.
  ///
  /// - Returns: The state before.
  /// - Precondition: ``ExecutionState/successors(of:)`` allows it.
  @discardableResult
  public mutating func transition(
    _ subtask: SubtaskID,
    to next: ExecutionState
  ) -> ExecutionState {
    let previous = self[subtask].state
    invariant(
      mayTransition(subtask, to: next),
      "the task \(graph.taskName(of: subtask)) must not go from \(previous.rawValue) to "
        + next.rawValue
    )
    vertices[subtask.vertex][subtask.index].state = next
    count(previous, next)
    return previous
  }

  /// Says where a task's current attempt will run.
  public mutating func assign(_ slot: AssignedSlot, to subtask: SubtaskID) {
    vertices[subtask.vertex][subtask.index].slot = slot
  }

  /// Begins a new attempt of one task.
  ///
  /// - Precondition: Its current attempt has reached a state that nothing follows.
  public mutating func resetForNewAttempt(_ subtask: SubtaskID) {
    invariant(
      self[subtask].state.isTerminal,
      "the task \(graph.taskName(of: subtask)) still runs while it is deployed anew"
    )
    let previous = self[subtask]
    vertices[subtask.vertex][subtask.index] = Execution(attempt: previous.attempt + 1)
    count(previous.state, .created)
  }

  /// Begins a new attempt of every task.
  ///
  /// - Precondition: Every current attempt has reached a state that nothing follows.
  public mutating func resetForNewAttempt() {
    invariant(areAllTerminal, "tasks of \(graph.name) still run while it is deployed anew")
    for vertex in vertices.indices {
      for index in vertices[vertex].indices {
        let attempt = vertices[vertex][index].attempt + 1
        vertices[vertex][index] = Execution(attempt: attempt)
      }
    }
    tally = [.created: graph.subtaskCount]
  }

  private mutating func count(_ previous: ExecutionState, _ next: ExecutionState) {
    tally[previous, default: 0] -= 1
    tally[next, default: 0] += 1
  }
}
