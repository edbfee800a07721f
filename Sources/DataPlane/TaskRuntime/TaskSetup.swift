package import ExternalSystems
package import RecordFormats
package import JobGraphs
package import SimulationKernel
package import StreamModel
package import StreamOperators

/// What a task is opened with.
package struct TaskSetup {
  /// The job's id.
  package var job: JobID
  /// The job.
  package var graph: JobGraph
  /// The subtask.
  package var subtask: SubtaskID
  /// The attempt's number.
  package var attempt: Int
  /// The instant of opening.
  package var now: VirtualInstant
  /// What each operator is restored from; nil for a fresh start.
  package var restored: [OperatorID: RestoredState]?
  /// Whether the task had finished in the checkpoint that it is restored from.
  package var isFinished: Bool
  /// How barriers are treated.
  package var alignment: BarrierAlignment.Mode
  /// What sources read.
  package var inputs: InputCatalog
  /// Buffers of a channel's own.
  package var exclusiveBuffers: Int
  /// Buffers that the channels of a gate share.
  package var floatingBuffers: Int
  /// How many bytes of records make a full buffer.
  package var bufferBytes: Int
  /// The seed of the run.
  package var seed: UInt64
  /// The log and the tables outside of the job.
  package var external = ExternalSystems()

  /// Describes a task.
  package init(
    job: JobID = JobID(seed: 0, submission: 0),
    graph: JobGraph,
    subtask: SubtaskID,
    attempt: Int,
    now: VirtualInstant,
    restored: [OperatorID: RestoredState]?,
    isFinished: Bool = false,
    alignment: BarrierAlignment.Mode,
    inputs: InputCatalog,
    exclusiveBuffers: Int = 2,
    floatingBuffers: Int = 8,
    bufferBytes: Int = 32 * 1024,
    seed: UInt64
  ) {
    self.job = job
    self.graph = graph
    self.subtask = subtask
    self.attempt = attempt
    self.now = now
    self.restored = restored
    self.isFinished = isFinished
    self.alignment = alignment
    self.inputs = inputs
    self.exclusiveBuffers = exclusiveBuffers
    self.floatingBuffers = floatingBuffers
    self.bufferBytes = bufferBytes
    self.seed = seed
  }

  var vertex: JobVertex { graph.vertices[subtask.vertex] }
  var settings: JobSettings { graph.settings }

  /// For each of the task's channels, which input of the chain's head it feeds.
  var inputOfChannel: [Int] {
    vertex.inputs.flatMap { position in
      let edge = graph.edges[position]
      let producers = edge.producers(
        ofConsumer: subtask.index,
        producers: graph.vertices[edge.source].parallelism,
        consumers: vertex.parallelism
      )
      return Array(repeating: edge.input, count: producers.count)
    }
  }

  /// In batch, the order in which channels are read, each to its end: broadcast ones first.
  ///
  /// So an attempt reads what the one before read.
  var channelOrder: [Int]? {
    guard settings.isBatch else { return nil }
    var strategies: [ShipStrategy] = []
    for position in vertex.inputs {
      let edge = graph.edges[position]
      let producers = edge.producers(
        ofConsumer: subtask.index,
        producers: graph.vertices[edge.source].parallelism,
        consumers: vertex.parallelism
      )
      strategies += producers.map { _ in edge.strategy }
    }
    return strategies.indices.filter { strategies[$0] == .broadcast }
      + strategies.indices.filter { strategies[$0] != .broadcast }
  }

  /// How many channels each of the task's outputs has.
  var channelCounts: [Int] { edgeContexts.map(\.channels) }

  /// What the writer of each of the task's outputs has to know.
  var edgeContexts: [EdgeContext] {
    vertex.outputs.enumerated().map { output, position in
      let edge = graph.edges[position]
      let target = graph.vertices[edge.target]
      let consumers = edge.consumers(
        ofProducer: subtask.index,
        producers: vertex.parallelism,
        consumers: target.parallelism
      )
      return EdgeContext(
        name: vertex.name,
        producer: subtask.index,
        channels: consumers.count,
        consumers: target.parallelism,
        maxParallelism: target.maxParallelism,
        bufferBytes: bufferBytes,
        random: random("edge-\(output)")
      )
    }
  }

  func openWriter(
    _ output: Int,
    _ context: EdgeContext,
    _ partition: ResultPartition
  ) -> any EdgeWriter {
    let edge = graph.edges[vertex.outputs[output]]
    guard let factory = edge.writer as? StreamEdgeWriterFactory else {
      fatalError("broken invariant: an edge of \(vertex.name) has no runnable writer")
    }
    return factory.open(context, partition)
  }

  func operatorContext(_ node: StreamNode) -> OperatorContext {
    var context = OperatorContext(
      job: job,
      name: node.name,
      operatorID: node.operatorID,
      subtask: subtask.index,
      parallelism: vertex.parallelism,
      maxParallelism: vertex.maxParallelism,
      now: now,
      attempt: attempt,
      restored: restored.map {
        $0[node.operatorID] ?? RestoredState(keyed: [], operatorStates: [])
      },
      guarantee: settings.checkpoints?.guarantee ?? .none,
      bufferBytes: bufferBytes,
      inputs: inputs,
      random: random("operator-\(node.id)")
    )
    context.external = external
    context.rowLimit = settings.rowLimit
    return context
  }

  private func random(_ purpose: String) -> RandomStream {
    RandomStream(
      seed: seed,
      // In batch an attempt does again what the one before did.
      name: "task-\(subtask.vertex)-\(subtask.index)-\(settings.isBatch ? 0 : attempt)-\(purpose)"
    )
  }
}
