import ClusterProtocol
import JobGraphs
import JobMaster
import SimulationKernel
import StreamModel
import Testing

@Suite("DeploymentPlan")
struct DeploymentPlanTests {
  private let job = JobID(seed: 1, submission: 1)

  private func plan(_ graph: JobGraph) -> (DeploymentPlan, ExecutionGraph) {
    var execution = ExecutionGraph(job: job, graph: graph)
    for subtask in execution.subtasks {
      execution.assign(
        AssignedSlot(
          taskManager: "tm-\(subtask.index + 1)",
          process: ProcessID(index: subtask.index),
          slot: 0,
          allocation: subtask.index
        ),
        to: subtask
      )
    }
    let jobMaster = Endpoint(process: ProcessID(index: 9), role: .jobMaster(job))
    return (DeploymentPlan(execution, from: nil, jobMaster: jobMaster), execution)
  }

  /// Two sources that feed one consumer by different strategies.
  private func joined() -> JobGraph {
    JobGraph(
      name: "join",
      vertices: [
        TestGraph.vertex("left", 2, inputs: [], outputs: [0]),
        TestGraph.vertex("right", 4, inputs: [], outputs: [1]),
        TestGraph.vertex("join", 2, inputs: [0, 1], outputs: []),
      ],
      edges: [
        JobEdge(source: 0, target: 2, input: 0, strategy: .hash, writer: NoWriter()),
        JobEdge(source: 1, target: 2, input: 1, strategy: .rescale, writer: NoWriter()),
      ],
      settings: JobSettings()
    )
  }

  @Test
  func channelsAreNumberedThroughAllInputs() throws {
    let (plan, _) = plan(joined())
    let deployment = try #require(plan.deployment(of: SubtaskID(vertex: 2, index: 1)))
    #expect(deployment.inputs.map(\.edge) == [0, 1])
    let channels = deployment.inputs.flatMap(\.channels)
    #expect(channels.map(\.id.channel) == [0, 1, 2, 3])
    #expect(
      channels.map(\.id.producer.subtask) == [
        SubtaskID(vertex: 0, index: 0), SubtaskID(vertex: 0, index: 1),
        SubtaskID(vertex: 1, index: 2), SubtaskID(vertex: 1, index: 3),
      ]
    )
    #expect(channels.map(\.id.subpartition) == [1, 1, 0, 0])
    #expect(channels.map(\.process.index) == [0, 1, 2, 3])
    #expect(deployment.restore == nil)
  }

  @Test
  func everyChannelHasAPlaceOfItsOwnOnBothSides() {
    let (plan, execution) = plan(joined())
    let ids = execution.subtasks.compactMap { plan.deployment(of: $0) }
      .flatMap(\.inputs).flatMap(\.channels).map(\.id)
    #expect(ids.count == 8)
    #expect(Set(ids.map { [$0.consumer.subtask.index, $0.channel] }).count == 8)
    let places = ids.map {
      [$0.producer.subtask.vertex, $0.producer.subtask.index, $0.subpartition]
    }
    #expect(Set(places).count == 8)
  }

  @Test
  func aTaskWithoutASlotIsNotDeployed() {
    let execution = ExecutionGraph(job: job, graph: TestGraph.wordCount())
    let plan = DeploymentPlan(
      execution,
      from: nil,
      jobMaster: Endpoint(process: ProcessID(index: 0), role: .jobMaster(job))
    )
    #expect(plan.deployment(of: SubtaskID(vertex: 1, index: 0)) == nil)
  }
}
