import Checkpointing
import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel

/// Code that no test of the checkpoints ever opens.
struct NoOperator: OperatorFactory {}

/// Distribution that no test of the checkpoints ever does.
struct NoWriter: EdgeWriterFactory {}

/// A source and a count, each twice, and what is done with them by hand.
struct CheckpointGraph {
  static let job = JobID(seed: 1, submission: 1)
  static let source = [SubtaskID(vertex: 0, index: 0), SubtaskID(vertex: 0, index: 1)]
  static let count = [SubtaskID(vertex: 1, index: 0), SubtaskID(vertex: 1, index: 1)]
  static let all = source + count

  static func graph(_ strategy: ShipStrategy = .hash) -> JobGraph {
    JobGraph(
      name: "counting",
      vertices: [
        vertex("source", inputs: [], outputs: [0]), vertex("count", inputs: [0], outputs: []),
      ],
      edges: [JobEdge(source: 0, target: 1, input: 0, strategy: strategy, writer: NoWriter())],
      settings: JobSettings()
    )
  }

  static func vertex(_ name: String, inputs: [Int], outputs: [Int]) -> JobVertex {
    let node = StreamNode(
      id: 1,
      name: name,
      uid: name,
      kind: .transformation,
      parallelism: 2,
      factory: NoOperator()
    )
    return JobVertex(
      id: JobVertexID(head: node.operatorID),
      name: name,
      parallelism: 2,
      configuredMaxParallelism: nil,
      slotSharingGroup: node.slotSharingGroup,
      chain: [ChainedOperator(node: node, chainedOutputs: [], edgeOutputs: [])],
      inputs: inputs,
      outputs: outputs
    )
  }

  /// The job with all tasks RUNNING, except those that have finished or that still begin.
  static func execution(
    _ strategy: ShipStrategy = .hash,
    finished: [SubtaskID] = [],
    starting: [SubtaskID] = []
  ) -> ExecutionGraph {
    var execution = ExecutionGraph(job: job, graph: graph(strategy))
    for subtask in all {
      execution.transition(subtask, to: .scheduled)
      execution.transition(subtask, to: .deploying)
      guard !starting.contains(subtask) else { continue }
      execution.transition(subtask, to: .running)
      if finished.contains(subtask) { execution.transition(subtask, to: .finished) }
    }
    return execution
  }

  /// A task's part, with keyed state in an object of its own.
  static func handle(
    _ subtask: SubtaskID,
    checkpoint: Int = 1,
    isFinished: Bool = false
  ) -> TaskSnapshotHandle {
    TaskSnapshotHandle(
      subtask: subtask,
      operators: [
        OperatorSnapshotHandle(
          operatorID: OperatorID(uid: subtask.vertex == 0 ? "source" : "count"),
          keyed: [
            KeyedHandle(
              path: path(subtask, checkpoint: checkpoint),
              byteCount: 100,
              keyGroups: KeyGroupRange(
                operatorIndex: subtask.index,
                parallelism: 2,
                maxParallelism: 128
              )
            )
          ],
          operatorState: [7, UInt8(subtask.index)]
        )
      ],
      isFinished: isFinished
    )
  }

  static func path(_ subtask: SubtaskID, checkpoint: Int) -> String {
    "state/\(checkpoint)/\(subtask.vertex)-\(subtask.index)"
  }

  static func checkpoint(_ number: Int = 1, finished: [SubtaskID] = []) -> CompletedCheckpoint {
    CompletedCheckpoint(
      job: job,
      id: CheckpointID(number),
      triggeredAt: .zero,
      acknowledgedAt: VirtualInstant(nanoseconds: 5_000_000),
      vertices: CompletedCheckpoint.Width.widths(of: graph()),
      handles: all.map { handle($0, checkpoint: number, isFinished: finished.contains($0)) }
    )
  }
}
