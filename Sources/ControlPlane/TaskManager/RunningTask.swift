import ClusterProtocol
import JobGraphs
import KeyedState
import SimulationKernel
import StreamModel
import StreamOperators
import TaskRuntime

/// A task on a TaskManager: the task itself and what its TaskManager does for it.
final class RunningTask {
  /// Where the task is in its life, as its TaskManager sees it.
  enum Phase {
    /// Its code is being loaded.
    case settingUp
    /// Its state is being read; so many objects are outstanding.
    case reading(outstanding: Int)
    /// Its state is being put in place.
    case restoring
    /// It runs.
    case running(StreamTask)
    /// It said everything; what it wrote may still be read.
    case finished(StreamTask)
    /// It cleans up after a failure or a cancellation.
    case cleaningUp(ExecutionState, ClusterError?)
  }

  let deployment: TaskDeployment
  let core: Int
  var phase = Phase.settingUp
  var readBytes: [(path: String, bytes: [UInt8])] = []
  var snapshots: [SnapshotProgress] = []
  var outstandingCommits = 0
  /// The final paths of rows that are being written and wait for no checkpoint.
  var unwritten: [String] = []
  /// When the last operation on an external system will be complete: they keep their order.
  var operationsDone = VirtualInstant.distantPast
  var wantsToFinish = false
  /// In batch, the rows of its sinks that are durable, to be committed when the job has finished.
  var prepared: [Committable] = []
  var wakeNumber = 0
  var wakeInstant: VirtualInstant?

  /// Where each channel of each output leads, once its consumer has asked for it.
  private var consumers: [[(id: ChannelID, process: ProcessID)?]]
  /// The producers of the task's channels, in channel order.
  let producers: [(id: ChannelID, process: ProcessID)]

  init(_ deployment: TaskDeployment, core: Int) {
    self.deployment = deployment
    self.core = core
    consumers = Array(repeating: [], count: deployment.vertex.outputs.count)
    producers = deployment.inputs.flatMap(\.channels)
  }

  var attempt: ExecutionAttemptID { deployment.attempt }

  /// The task, while it runs.
  var runningTask: StreamTask? {
    if case .running(let task) = phase { task } else { nil }
  }

  /// The task, while its output can be read.
  var readableTask: StreamTask? {
    switch phase {
    case .running(let task), .finished(let task): task
    default: nil
    }
  }

  /// How far it has read, if it is a source at work.
  var sourceOffset: (subtask: SubtaskID, offset: Int)? {
    guard let task = runningTask, deployment.vertex.isSource else { return nil }
    return (attempt.subtask, task.metrics.recordsIn)
  }

  func setConsumer(_ id: ChannelID, at process: ProcessID) {
    while consumers[id.output].count <= id.subpartition { consumers[id.output].append(nil) }
    consumers[id.output][id.subpartition] = (id, process)
  }

  func consumer(output: Int, subpartition: Int) -> (id: ChannelID, process: ProcessID)? {
    consumers[output].indices.contains(subpartition) ? consumers[output][subpartition] : nil
  }

  /// Whether it still expects something from a process.
  func readsOpenChannel(from peer: ProcessID) -> Bool {
    guard let task = runningTask else { return false }
    return producers.indices.contains { producers[$0].process == peer && !task.isClosed($0) }
  }

  /// Forgets consumers that died with their process.
  func releaseConsumers(at peer: ProcessID) {
    for output in consumers.indices {
      for subpartition in consumers[output].indices
      where consumers[output][subpartition]?.process == peer {
        consumers[output][subpartition] = nil
        readableTask?.release(output: output, subpartition: subpartition)
      }
    }
  }

  /// What each operator is restored from, once everything was read.
  var restoredState: [OperatorID: RestoredState]? {
    guard let restore = deployment.restore else { return nil }
    var states: [OperatorID: RestoredState] = [:]
    for snapshot in restore.snapshots {
      for handle in snapshot.operators {
        var state = states[handle.operatorID] ?? RestoredState(keyed: [], operatorStates: [])
        for keyed in handle.keyed {
          if let read = readBytes.first(where: { $0.path == keyed.path }) {
            state.keyed.append(read.bytes)
          }
        }
        if !handle.operatorState.isEmpty { state.operatorStates.append(handle.operatorState) }
        if !handle.sharedState.isEmpty {
          state.shared.append(
            SharedPart(subtask: snapshot.subtask.index, bytes: handle.sharedState)
          )
        }
        states[handle.operatorID] = state
      }
    }
    return states
  }

  /// The objects to read before the task can be restored.
  var pathsToRead: [String] {
    deployment.restore?.snapshots.flatMap(\.operators).flatMap(\.keyed).map(\.path) ?? []
  }
}

/// A snapshot while it is serialised and written.
struct SnapshotProgress {
  let checkpoint: CheckpointID
  let isFinished: Bool
  /// The operators whose keyed state is still to be serialised, in order.
  var unserialised: [(id: OperatorID, writer: KeyedSnapshotWriter)]
  var handles: [OperatorSnapshotHandle]
  var outstandingWrites = 0
  /// The rows that were being written when it was taken, by path.
  var awaited: [String] = []
}

/// A consumer's request that came before its producer was open.
struct EarlyRequest {
  let channel: ChannelID
  let credit: Int
  let consumer: Endpoint
}

/// A processor core, which does one slice of one task at a time.
struct TaskCore {
  /// What the present slice will have done at its end, or nil while the core is idle.
  var slice: (attempt: ExecutionAttemptID, outcome: Result<[TaskAction], ClusterError>)?
}

extension TaskDeployment {
  /// The vertex that the task is an instance of.
  var vertex: JobVertex { graph.vertices[attempt.subtask.vertex] }

  /// Whether the job is executed as batch.
  var isBatch: Bool { graph.settings.isBatch }

  /// The task's name for people.
  var taskName: String { graph.taskName(of: attempt.subtask) }
}
