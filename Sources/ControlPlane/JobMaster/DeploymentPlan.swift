package import Checkpointing
package import ClusterProtocol
package import JobGraphs
import SimulationKernel
package import StreamModel

/// What each task is deployed with: its channels and what it is restored from.
///
/// What tasks have in common is worked out once, since each has a channel from each of many: where
/// everybody runs, how edges are wired, and how a checkpoint is dealt out.
/// *Source:* Flink `TaskDeploymentDescriptorFactory`.
package struct DeploymentPlan {
  /// Where a task runs, once it has a slot.
  private struct Place {
    let attempt: ExecutionAttemptID
    let process: ProcessID?
  }

  /// An edge between tasks.
  private struct Wiring {
    let edge: JobEdge
    let producers: Int
    let consumers: Int
    /// The edge's position among the outputs of its source.
    let output: Int
  }

  private let execution: ExecutionGraph
  private let jobMaster: Endpoint
  /// The tasks' places, by vertex and index.
  private let places: [[Place]]
  /// The edges, by position.
  private let wirings: [Wiring]
  /// What the tasks are restored from, by vertex and index; nil for a fresh start.
  private let restores: [[TaskRestore]]?

  /// Makes the plan of a job whose tasks all have their slots.
  package init(
    _ execution: ExecutionGraph,
    from checkpoint: CompletedCheckpoint?,
    jobMaster: Endpoint
  ) {
    let graph = execution.graph
    self.execution = execution
    self.jobMaster = jobMaster
    places = graph.vertices.indices.map { vertex in
      (0..<graph.vertices[vertex].parallelism).map { index in
        let subtask = SubtaskID(vertex: vertex, index: index)
        return Place(
          attempt: execution.attemptID(of: subtask),
          process: execution[subtask].slot?.process
        )
      }
    }
    wirings = graph.edges.enumerated().map { position, edge in
      Wiring(
        edge: edge,
        producers: graph.vertices[edge.source].parallelism,
        consumers: graph.vertices[edge.target].parallelism,
        output: graph.vertices[edge.source].outputs.firstIndex(of: position) ?? 0
      )
    }
    restores = checkpoint.map { checkpoint in
      let assignment = StateAssignment(checkpoint)
      return graph.vertices.indices.map {
        assignment.restores(ofVertex: $0, parallelism: graph.vertices[$0].parallelism)
      }
    }
  }

  /// What a task is deployed with; nil when a task that it is connected to has no slot.
  package func deployment(of subtask: SubtaskID) -> TaskDeployment? {
    guard let slot = execution[subtask].slot, let inputs = inputs(of: subtask) else { return nil }
    return TaskDeployment(
      attempt: places[subtask.vertex][subtask.index].attempt,
      allocation: AllocationID(number: slot.allocation),
      graph: execution.graph,
      inputs: inputs,
      restore: restores?[subtask.vertex][subtask.index],
      jobMaster: jobMaster
    )
  }

  /// The inputs in the order of the vertex's; channels are numbered through all of them.
  private func inputs(of subtask: SubtaskID) -> [TaskDeployment.Input]? {
    var inputs: [TaskDeployment.Input] = []
    var channel = 0
    for position in execution.graph.vertices[subtask.vertex].inputs {
      let wiring = wirings[position]
      guard let channels = channels(of: subtask, along: wiring, from: channel) else { return nil }
      channel += channels.count
      inputs.append(TaskDeployment.Input(edge: position, channels: channels))
    }
    return inputs
  }

  private func channels(
    of consumer: SubtaskID,
    along wiring: Wiring,
    from first: Int
  ) -> [(id: ChannelID, process: ProcessID)]? {
    let attempt = places[consumer.vertex][consumer.index].attempt
    let producers = wiring.edge.producers(
      ofConsumer: consumer.index,
      producers: wiring.producers,
      consumers: wiring.consumers
    )
    var channels: [(id: ChannelID, process: ProcessID)] = []
    channels.reserveCapacity(producers.count)
    for producer in producers {
      let place = places[wiring.edge.source][producer]
      guard let process = place.process else { return nil }
      let consumers = wiring.edge.consumers(
        ofProducer: producer,
        producers: wiring.producers,
        consumers: wiring.consumers
      )
      let id = ChannelID(
        producer: place.attempt,
        output: wiring.output,
        subpartition: consumer.index - consumers.lowerBound,
        consumer: attempt,
        channel: first + channels.count
      )
      channels.append((id, process))
    }
    return channels
  }
}
