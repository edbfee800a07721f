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

  /// The ends of a pointwise edge, by the definition that the formulas must agree with.
  private func consumers(of producer: Int, _ producers: Int, _ consumers: Int) -> [Int] {
    if producers >= consumers {
      return [(0..<consumers).last { $0 * producers / consumers <= producer } ?? 0]
    }
    return (0..<consumers).filter {
      (producer * consumers + producers - 1) / producers <= $0
        && $0 < ((producer + 1) * consumers + producers - 1) / producers
    }
  }

  @Test(arguments: 1...24)
  func bothEndsOfAnEdgeSeeTheSameChannels(producers: Int) {
    for width in 1...24 {
      for strategy in [ShipStrategy.rescale, .forward, .hash] {
        let edge = JobEdge(source: 0, target: 1, input: 0, strategy: strategy, writer: NoWriter())
        let outward = (0..<producers).map {
          Array(edge.consumers(ofProducer: $0, producers: producers, consumers: width))
        }
        if strategy.distributionPattern == .pointwise {
          #expect(outward == (0..<producers).map { consumers(of: $0, producers, width) })
        }
        for index in 0..<width {
          #expect(
            Array(edge.producers(ofConsumer: index, producers: producers, consumers: width))
              == outward.indices.filter { outward[$0].contains(index) }
          )
        }
      }
    }
  }

  /// States are counted as they change.
  @Test(arguments: 1...20)
  func countsStatesAsIfItLookedAtEveryTask(seed: UInt64) {
    var random = RandomStream(seed: seed, name: "states")
    var execution = ExecutionGraph(job: job, graph: TestGraph.wordCount(parallelism: 3))
    for _ in 0..<200 {
      let subtask = execution.subtasks[random.below(6)]
      let next = ExecutionState.successors(of: execution[subtask].state)
      #expect(next.isEmpty == execution[subtask].state.isTerminal)
      if execution.areAllTerminal {
        execution.resetForNewAttempt()
      } else if next.isEmpty {
        if random.chance(1, in: 4) { execution.resetForNewAttempt(subtask) }
      } else {
        execution.transition(subtask, to: next[random.below(next.count)])
      }
      let states = execution.vertices.joined().map(\.state)
      for (state, count) in execution.taskCounts {
        #expect(count == states.count { $0 == state })
      }
      #expect(execution.areAllTerminal == states.allSatisfy(\.isTerminal))
      #expect(execution.areAllFinished == states.allSatisfy { $0 == .finished })
      #expect(execution.areAllRunning == states.allSatisfy { $0 == .running })
      #expect(execution.isAnyScheduled == states.contains(.scheduled))
    }
  }
}
