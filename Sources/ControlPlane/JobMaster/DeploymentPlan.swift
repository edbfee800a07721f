package import Checkpointing
package import ClusterProtocol
package import JobGraphs
import SimulationKernel
package import StreamModel

/// What each task is deployed with: its channels and what it is restored from.
///
/// *Source:* Flink `TaskDeploymentDescriptorFactory`.
package struct DeploymentPlan {
  private let execution: ExecutionGraph
  private let assignment: StateAssignment?
  private let jobMaster: Endpoint

  /// Makes the plan of a job whose tasks all have their slots.
  package init(
    _ execution: ExecutionGraph,
    from checkpoint: CompletedCheckpoint?,
    jobMaster: Endpoint
  ) {
    self.execution = execution
    self.jobMaster = jobMaster
    assignment = checkpoint.map { StateAssignment($0) }
  }

  /// What a task is deployed with; nil when a task that it is connected to has no slot.
  package func deployment(of subtask: SubtaskID) -> TaskDeployment? {
    guard let slot = execution[subtask].slot, let inputs = inputs(of: subtask) else { return nil }
    let parallelism = execution.graph.vertices[subtask.vertex].parallelism
    return TaskDeployment(
      attempt: execution.attemptID(of: subtask),
      allocation: AllocationID(number: slot.allocation),
      graph: execution.graph,
      inputs: inputs,
      restore: assignment?.restore(of: subtask, parallelism: parallelism),
      jobMaster: jobMaster
    )
  }

  /// The inputs in the order of the vertex's; channels are numbered through all of them.
  private func inputs(of subtask: SubtaskID) -> [TaskDeployment.Input]? {
    var inputs: [TaskDeployment.Input] = []
    var channel = 0
    for position in execution.graph.vertices[subtask.vertex].inputs {
      var channels: [(id: ChannelID, process: ProcessID)] = []
      for producer in producers(of: subtask, along: position) {
        guard let slot = execution[producer].slot else { return nil }
        let id = self.channel(channel, from: producer, to: subtask, along: position)
        channels.append((id, slot.process))
        channel += 1
      }
      inputs.append(TaskDeployment.Input(edge: position, channels: channels))
    }
    return inputs
  }

  private func producers(of subtask: SubtaskID, along position: Int) -> [SubtaskID] {
    let edge = execution.graph.edges[position]
    return edge.producers(
      ofConsumer: subtask.index,
      producers: execution.graph.vertices[edge.source].parallelism,
      consumers: execution.graph.vertices[edge.target].parallelism
    ).map { SubtaskID(vertex: edge.source, index: $0) }
  }

  private func channel(
    _ channel: Int,
    from producer: SubtaskID,
    to consumer: SubtaskID,
    along position: Int
  ) -> ChannelID {
    let edge = execution.graph.edges[position]
    let source = execution.graph.vertices[edge.source]
    let consumers = edge.consumers(
      ofProducer: producer.index,
      producers: source.parallelism,
      consumers: execution.graph.vertices[edge.target].parallelism
    )
    return ChannelID(
      producer: execution.attemptID(of: producer),
      output: source.outputs.firstIndex(of: position) ?? 0,
      subpartition: consumer.index - consumers.lowerBound,
      consumer: execution.attemptID(of: consumer),
      channel: channel
    )
  }
}
