public import JobGraphs
public import SimulationKernel
public import StreamModel

/// Everything that a TaskManager needs to run a task.
///
/// *Source:* Flink `TaskDeploymentDescriptor`.
public struct TaskDeployment: Sendable {
  /// Where one of the task's inputs comes from.
  public struct Input: Sendable {
    /// The edge's position in the job graph.
    public var edge: Int
    /// The producers with their addresses, in channel order.
    public var channels: [(id: ChannelID, process: ProcessID)]

    /// Makes an input.
    public init(edge: Int, channels: [(id: ChannelID, process: ProcessID)]) {
      self.edge = edge
      self.channels = channels
    }
  }

  /// The attempt.
  public var attempt: ExecutionAttemptID
  /// The grant of the slot that it runs in.
  public var allocation: AllocationID
  /// The job.
  public var graph: JobGraph
  /// The inputs, in the order of the vertex's.
  public var inputs: [Input]
  /// What to restore from, or nil for a fresh start.
  public var restore: TaskRestore?
  /// Who is told about it.
  public var jobMaster: Endpoint
  /// The number of the last checkpoint that was begun before it: what lies pending under a later
  /// one belongs to an attempt that replaced this one.
  public var lastCheckpoint = 0

  /// Makes a deployment.
  public init(
    attempt: ExecutionAttemptID,
    allocation: AllocationID,
    graph: JobGraph,
    inputs: [Input],
    restore: TaskRestore?,
    jobMaster: Endpoint
  ) {
    self.attempt = attempt
    self.allocation = allocation
    self.graph = graph
    self.inputs = inputs
    self.restore = restore
    self.jobMaster = jobMaster
  }
}

/// What a task is restored from.
public struct TaskRestore: Sendable {
  /// The checkpoint.
  public var checkpoint: CheckpointID
  /// The snapshots that hold this task's part: its own, or several after a change of parallelism.
  public var snapshots: [TaskSnapshotHandle]
  /// Whether the task had finished in that checkpoint: it commits what is pending and is done.
  public var isFinished: Bool

  /// Makes a restore.
  public init(checkpoint: CheckpointID, snapshots: [TaskSnapshotHandle], isFinished: Bool) {
    self.checkpoint = checkpoint
    self.snapshots = snapshots
    self.isFinished = isFinished
  }
}

/// Where a task's part of a checkpoint lies: handles, never the state itself.
public struct TaskSnapshotHandle: Sendable, Equatable {
  /// The subtask that took it.
  public var subtask: SubtaskID
  /// The parts, one for each operator that has state.
  public var operators: [OperatorSnapshotHandle]
  /// Whether the task had read all of its input.
  public var isFinished: Bool

  /// Makes a handle.
  public init(subtask: SubtaskID, operators: [OperatorSnapshotHandle], isFinished: Bool) {
    self.subtask = subtask
    self.operators = operators
    self.isFinished = isFinished
  }

  /// The bytes of all parts together.
  public var byteCount: Int { operators.reduce(0) { $0 + $1.byteCount } }
}

/// Where one operator's state lies in storage.
public struct OperatorSnapshotHandle: Sendable, Equatable {
  /// The operator.
  public var operatorID: OperatorID
  /// The objects that hold keyed state, each some of the key groups; empty without any.
  public var keyed: [KeyedHandle]
  /// Small state of the subtask itself, carried in the handle: offsets, transactions.
  public var operatorState: [UInt8]
  /// Small state that every subtask is shown when the job is restored: lists that are dealt out
  /// anew, unions and broadcast state.
  public var sharedState: [UInt8]

  /// Makes a handle.
  public init(
    operatorID: OperatorID,
    keyed: [KeyedHandle],
    operatorState: [UInt8],
    sharedState: [UInt8] = []
  ) {
    self.operatorID = operatorID
    self.keyed = keyed
    self.operatorState = operatorState
    self.sharedState = sharedState
  }

  /// The bytes that it stands for.
  public var byteCount: Int {
    keyed.reduce(operatorState.count + sharedState.count) { $0 + $1.byteCount }
  }
}

/// An object in storage that holds keyed state.
public struct KeyedHandle: Sendable, Equatable {
  /// The object's path.
  public var path: String
  /// The object's size.
  public var byteCount: Int
  /// The key groups in it.
  public var keyGroups: KeyGroupRange

  /// Makes a handle.
  public init(path: String, byteCount: Int, keyGroups: KeyGroupRange) {
    self.path = path
    self.byteCount = byteCount
    self.keyGroups = keyGroups
  }
}

/// A sink's transaction that a completed checkpoint makes visible.
///
/// *Source:* Flink `Committer`.
public struct Committable: Sendable, Equatable, Codable {
  /// The name of the sink.
  public var sink: String
  /// The object with the rows while they are pending.
  public var pendingPath: String
  /// The object with the rows once they are committed.
  public var committedPath: String
  /// How many rows it holds.
  public var rows: Int

  /// Makes a committable.
  public init(sink: String, pendingPath: String, committedPath: String, rows: Int) {
    self.sink = sink
    self.pendingPath = pendingPath
    self.committedPath = committedPath
    self.rows = rows
  }
}
