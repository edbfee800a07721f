import JobGraphs
import SimulationKernel
import StreamModel
import Testing

@Suite("ExecutionGraph")
struct ExecutionGraphTests {
  private let job = JobID(seed: 1, submission: 1)
  private let first = SubtaskID(vertex: 0, index: 0)

  private func execution() -> ExecutionGraph {
    ExecutionGraph(job: job, graph: TestGraph.wordCount())
  }

  @Test
  func followsTheTables() {
    var execution = execution()
    #expect(execution.transition(first, to: .scheduled) == .created)
    #expect(!execution.mayTransition(first, to: .running))
    #expect(execution.mayTransition(first, to: .deploying))
    #expect(execution.transition(to: .created) == .initializing)
    #expect(execution.state == .created)
  }

  @Test
  func aNewAttemptKnowsNothingOfTheOldOne() {
    var execution = execution()
    for subtask in execution.subtasks {
      execution.assign(
        AssignedSlot(taskManager: "tm-1", process: ProcessID(index: 1), slot: 0, allocation: 1),
        to: subtask
      )
      execution.transition(subtask, to: .failed)
    }
    let old = execution.attemptID(of: first)
    #expect(execution.areAllTerminal)
    execution.resetForNewAttempt()
    #expect(execution[first].attempt == 1)
    #expect(execution[first].state == .created)
    #expect(execution[first].slot == nil)
    #expect(!execution.isCurrent(old))
    #expect(execution.isCurrent(execution.attemptID(of: first)))
  }

  @Test
  func knowsWhatRunsWhere() {
    var execution = execution()
    for subtask in execution.subtasks {
      let process = ProcessID(index: subtask.index)
      execution.assign(
        AssignedSlot(taskManager: "tm", process: process, slot: 0, allocation: 1),
        to: subtask
      )
      execution.transition(subtask, to: .scheduled)
      execution.transition(subtask, to: .deploying)
    }
    execution.transition(first, to: .finished)
    #expect(
      execution.liveSubtasks(on: ProcessID(index: 0)) == [SubtaskID(vertex: 1, index: 0)]
    )
    #expect(execution.producers(of: SubtaskID(vertex: 1, index: 0)).map(\.index) == [0, 1])
    #expect(execution.taskCounts.first { $0.state == .deploying }?.count == 3)
  }
}
