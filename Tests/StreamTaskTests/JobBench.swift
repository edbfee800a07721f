import RecordFormats
import GraphTranslation
import JobGraphs
import SimulationKernel
import StreamModel
import StreamOperators
import TaskRuntime
import Testing

/// Every task of a job, wired by hand: no cluster, no network, and chance decides who works next.
///
/// Elements arrive as soon as they are sent, and storage is a dictionary.
final class JobBench {
  /// A checkpoint as a restored job gets it.
  struct Checkpoint {
    var number: Int
    var states: [SubtaskID: [OperatorID: RestoredState]]
    var finished: Set<SubtaskID>
  }

  /// The place of a channel at its producer.
  private struct Outlet: Hashable {
    var producer: SubtaskID
    var output: Int
    var subpartition: Int
  }

  /// The place of a channel at its consumer.
  private struct Inlet: Hashable {
    var consumer: SubtaskID
    var channel: Int
  }

  private let graph: JobGraph
  private var tasks: [SubtaskID: StreamTask] = [:]
  private var inlets: [Outlet: Inlet] = [:]
  private var outlets: [Inlet: Outlet] = [:]
  private var random: RandomStream
  private var now = VirtualInstant.zero
  private var finished: Set<SubtaskID>
  private var pending: Checkpoint?
  private var awaited: Set<SubtaskID> = []
  private var number: Int

  private(set) var completed: Checkpoint?
  /// What sinks stored: pending and visible rows by path.
  private(set) var storage: [String: [UInt8]]

  init(
    _ graph: JobGraph,
    seed: UInt64,
    attempt: Int = 0,
    restoring checkpoint: Checkpoint? = nil,
    storage: [String: [UInt8]] = [:],
    alignment: BarrierAlignment.Mode = .aligned
  ) throws {
    self.graph = graph
    self.storage = storage
    random = RandomStream(seed: seed, name: "bench-\(attempt)")
    completed = checkpoint
    finished = []
    number = checkpoint?.number ?? 0
    for subtask in graph.subtasks {
      tasks[subtask] = try StreamTask(
        TaskSetup(
          graph: graph,
          subtask: subtask,
          attempt: attempt,
          now: now,
          restored: checkpoint.map { $0.states[subtask] ?? [:] },
          isFinished: checkpoint?.finished.contains(subtask) ?? false,
          alignment: alignment,
          inputs: InputCatalog(),
          exclusiveBuffers: 1 + random.below(2),
          floatingBuffers: random.below(4),
          bufferBytes: 24 * (1 + random.below(6)),
          seed: seed
        )
      )
    }
    wire()
    try settle()
  }

  private func wire() {
    for consumer in graph.subtasks {
      let vertex = graph.vertices[consumer.vertex]
      var channel = 0
      for position in vertex.inputs {
        let edge = graph.edges[position]
        let source = graph.vertices[edge.source]
        let output = source.outputs.firstIndex(of: position) ?? 0
        let producers = edge.producers(
          ofConsumer: consumer.index,
          producers: source.parallelism,
          consumers: vertex.parallelism
        )
        for producer in producers {
          let consumers = edge.consumers(
            ofProducer: producer,
            producers: source.parallelism,
            consumers: vertex.parallelism
          )
          let outlet = Outlet(
            producer: SubtaskID(vertex: edge.source, index: producer),
            output: output,
            subpartition: consumer.index - consumers.lowerBound
          )
          let inlet = Inlet(consumer: consumer, channel: channel)
          inlets[outlet] = inlet
          outlets[inlet] = outlet
          tasks[outlet.producer]?.connect(
            output: output,
            subpartition: outlet.subpartition,
            credit: tasks[consumer]?.initialCredit ?? 0
          )
          channel += 1
        }
      }
    }
  }

  /// Whether every task has said everything.
  var isFinished: Bool { finished.count == graph.subtaskCount }

  /// Lets one task that can work do a slice; false when none can before time passes for ever.
  func step() throws -> Bool {
    let due = graph.subtasks.compactMap { subtask in
      tasks[subtask]?.nextInstant(now: now).map { (subtask, max($0, now)) }
    }
    guard let earliest = due.map(\.1).min() else { return false }
    now = earliest
    let ready = due.filter { $0.1 <= now }.map(\.0)
    let chosen = ready[random.below(ready.count)]
    _ = try tasks[chosen]?.runSlice(now: now)
    try settle()
    return true
  }

  /// Begins a checkpoint where no channel brings a barrier, unless one is under way.
  func trigger() {
    guard pending == nil, !isFinished else { return }
    number += 1
    pending = Checkpoint(number: number, states: [:], finished: finished)
    awaited = Set(graph.subtasks).subtracting(finished)
    for subtask in graph.subtasks where awaited.contains(subtask) {
      let isFed = outlets.contains {
        $0.key.consumer == subtask && awaited.contains($0.value.producer)
      }
      if !isFed { tasks[subtask]?.trigger(CheckpointID(number)) }
    }
  }

  /// Gives up the checkpoint that is under way.
  func abort() {
    guard let given = pending?.number else { return }
    pending = nil
    for subtask in graph.subtasks { tasks[subtask]?.checkpointAborted(CheckpointID(given)) }
  }

  /// Does what tasks want until none wants anything.
  private func settle() throws {
    var isBusy = true
    while isBusy {
      isBusy = false
      for subtask in graph.subtasks {
        for action in tasks[subtask]?.takeActions() ?? [] {
          isBusy = true
          try perform(action, of: subtask)
        }
      }
    }
  }

  private func perform(_ action: TaskAction, of subtask: SubtaskID) throws {
    switch action {
    case .send(let output, let subpartition, let element, let backlog):
      let outlet = Outlet(producer: subtask, output: output, subpartition: subpartition)
      let inlet = try #require(inlets[outlet])
      tasks[inlet.consumer]?.deliver(element, on: inlet.channel, backlog: backlog)
    case .grantCredit(let channel, let credit):
      let outlet = try #require(outlets[Inlet(consumer: subtask, channel: channel)])
      tasks[outlet.producer]?.grant(
        credit,
        output: outlet.output,
        subpartition: outlet.subpartition
      )
    case .snapshot(let snapshot): try acknowledge(snapshot, by: subtask)
    case .makeVisible(let transactions):
      for transaction in transactions {
        if let path = transaction.pendingPath {
          if let bytes = storage.removeValue(forKey: path) { storage[transaction.path] = bytes }
        } else {
          storage[transaction.path] = transaction.bytes
        }
      }
    case .finish: finished.insert(subtask)
    case .operate, .decline, .note,
      .reportWatermark:
      break
    }
  }

  private func acknowledge(_ snapshot: TaskSnapshot, by subtask: SubtaskID) throws {
    guard snapshot.checkpoint.number == pending?.number else { return }
    var states: [OperatorID: RestoredState] = [:]
    for part in snapshot.operators {
      states[part.id] = try part.snapshot.restored()
      for object in part.snapshot.objects { storage[object.path] = object.bytes }
    }
    pending?.states[subtask] = states
    if snapshot.isFinished { pending?.finished.insert(subtask) }
    awaited.remove(subtask)
    guard awaited.isEmpty, let done = pending else { return }
    completed = done
    pending = nil
    for subtask in graph.subtasks where done.states[subtask] != nil {
      tasks[subtask]?.checkpointCompleted(CheckpointID(done.number))
    }
  }
}
