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

  // What every element touches comes first, beside the object's own words.
  var phase = Phase.settingUp
  let core: Int
  /// Its place among the tasks of its core.
  var place = 0
  let isBatch: Bool
  let deployment: TaskDeployment
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

  /// Where a channel of an output leads.
  private struct Consumer {
    let subtask: SubtaskID
    let attempt: Int32
    let channel: Int32
    let process: ProcessID
  }

  /// Where each channel of each output leads, once its consumer has asked for it.
  private var consumers: [[Consumer?]]
  /// The producers of the task's channels, in channel order.
  let producers: [(id: ChannelID, process: ProcessID)]

  init(_ deployment: TaskDeployment, core: Int) {
    self.deployment = deployment
    isBatch = deployment.isBatch
    self.core = core
    consumers = Array(repeating: [], count: deployment.vertex.outputs.count)
    producers =
      deployment.inputs.count == 1
      ? deployment.inputs[0].channels : deployment.inputs.flatMap(\.channels)
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
    case .settingUp, .reading, .restoring, .cleaningUp: nil
    }
  }

  /// How far it has read, if it is a source at work.
  var sourceOffset: (subtask: SubtaskID, offset: Int)? {
    guard let task = runningTask, deployment.vertex.isSource else { return nil }
    return (attempt.subtask, task.metrics.recordsIn)
  }

  func setConsumer(_ id: ChannelID, at process: ProcessID) {
    if consumers[id.output].count <= id.subpartition {
      let missing = id.subpartition - consumers[id.output].count + 1
      consumers[id.output].append(contentsOf: repeatElement(nil, count: missing))
    }
    consumers[id.output][id.subpartition] = Consumer(
      subtask: id.consumer.subtask,
      attempt: Int32(id.consumer.attempt),
      channel: Int32(id.channel),
      process: process
    )
  }

  func consumer(output: Int, subpartition: Int) -> (id: ChannelID, process: ProcessID)? {
    guard consumers[output].indices.contains(subpartition),
      let known = consumers[output][subpartition]
    else { return nil }
    let id = ChannelID(
      producer: attempt,
      output: output,
      subpartition: subpartition,
      consumer: ExecutionAttemptID(
        job: attempt.job,
        subtask: known.subtask,
        attempt: Int(known.attempt)
      ),
      channel: Int(known.channel)
    )
    return (id, known.process)
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
    let bytes = Dictionary(readBytes.map { ($0.path, $0.bytes) }) { first, _ in first }
    var states: [OperatorID: RestoredState] = [:]
    for snapshot in restore.snapshots {
      for handle in snapshot.operators {
        var state = states[handle.operatorID] ?? RestoredState(keyed: [], operatorStates: [])
        for keyed in handle.keyed {
          if let read = bytes[keyed.path] { state.keyed.append(read) }
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

/// A consumer's request for its part of a producer's output.
struct PartitionRequest {
  let channel: ChannelID
  let credit: Int
  let consumer: Endpoint
}

/// The requests for one producer's output that came before it was open.
struct EarlyRequests {
  private var requests: [PartitionRequest] = []
  private var timedOut = 0

  /// Those that still wait, in order.
  var waiting: ArraySlice<PartitionRequest> { requests[timedOut...] }

  mutating func add(_ request: PartitionRequest) {
    requests.append(request)
  }

  /// Takes a request out whose time is over; all wait equally long, so that it is the first.
  mutating func timeOut(_ channel: ChannelID) -> PartitionRequest? {
    guard let first = waiting.first, first.channel == channel else { return nil }
    timedOut += 1
    return first
  }
}

/// A processor core, which does one slice of one task at a time.
struct TaskCore {
  /// The tasks that share it, in the order of their deployment.
  private(set) var tasks: [RunningTask] = []
  /// Which of them may have something to do, a bit each.
  ///
  /// The others are not asked before something is done to them. Those from the 64th place on have
  /// no bit, and are always asked.
  private var awake: UInt64 = .max
  /// What the present slice will have done at its end, or nil while the core is idle.
  var slice: (task: RunningTask, outcome: Result<[TaskAction], ClusterError>)?

  mutating func add(_ task: RunningTask) {
    task.place = tasks.count
    tasks.append(task)
    wake(task)
  }

  mutating func remove(_ task: RunningTask) {
    guard tasks.indices.contains(task.place), tasks[task.place] === task else { return }
    tasks.remove(at: task.place)
    for place in tasks.indices { tasks[place].place = place }
    awake = .max
  }

  /// The first task from a place on that may have something to do.
  func firstAwake(from place: Int) -> RunningTask? {
    var place = place
    while place < tasks.count, place < 64, awake & 1 << UInt64(place) == 0 { place += 1 }
    return place < tasks.count ? tasks[place] : nil
  }

  /// A task has nothing to do until it is woken.
  mutating func letSleep(_ task: RunningTask) {
    if task.place < 64 { awake &= ~(1 << UInt64(task.place)) }
  }

  /// Something is done to a task.
  mutating func wake(_ task: RunningTask) {
    if task.place < 64 { awake |= 1 << UInt64(task.place) }
  }
}

extension TaskDeployment {
  /// The vertex that the task is an instance of.
  var vertex: JobVertex { graph.vertices[attempt.subtask.vertex] }

  /// Whether the job is executed as batch.
  var isBatch: Bool { graph.settings.isBatch }

  /// The task's name for people.
  var taskName: String { graph.taskName(of: attempt.subtask) }
}
