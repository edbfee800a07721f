public import ExternalSystems
public import RecordFormats
public import JobGraphs
public import KeyedState
public import SimulationKernel
public import StreamModel

/// One operator of one subtask attempt.
///
/// Records come through its receivers; everything else through these calls, which its task makes
/// between batches. *Source:* Flink `StreamOperator`, without its base classes.
public protocol StreamOperator: AnyObject {
  /// Its inputs, in order; a source has none.
  var inputs: [AnyBatchReceiver] { get }
  /// A watermark arrived on an input: draw the consequences and emit their results.
  ///
  /// - Returns: What is promised downstream afterwards; nil for nothing new.
  func advance(to watermark: Watermark, input: Int) throws -> Watermark?
  /// An input became idle, or active again; says the same of the operator's output, or nil for
  /// nothing new.
  func statusChanged(isIdle: Bool, input: Int) throws -> Bool?
  /// The next instant at which it has something to do of its own accord; nil for none.
  var nextTimer: VirtualInstant? { get }
  /// Its timer is due.
  func timerDue(at now: VirtualInstant) throws
  /// The slowest member of an alignment group is that far.
  func align(group: String, slowest: Watermark)
  /// Whether it can take records now; its task gives it none while it cannot.
  var acceptsRecords: Bool { get }
  /// Whether everything that it took in is worked off; the end of input waits for that.
  var isDrained: Bool { get }
  /// All records of the present key were taken in, and it will not come again: its timers fire and
  /// its state is dropped. Only in batch.
  func endOfKey() throws
  /// No more records will come: emit the last results.
  func endOfInput() throws
  /// A barrier is about to be forwarded: take the snapshot's cheap part now.
  func snapshot(_ checkpoint: CheckpointID) throws -> OperatorSnapshot
  /// A checkpoint is complete: what the operator made durable with it may become visible.
  func checkpointCompleted(_ checkpoint: CheckpointID) -> [Transaction]
  /// What must become visible at once: what a restored checkpoint holds, or rows of a sink that
  /// does not wait for checkpoints.
  func takeVisible() throws -> [Transaction]
  /// What it wants done outside of the job, in order; each is said once.
  func takeOperations() throws -> [ExternalOperation]
  /// Its keyed state as it is now, retained to be looked at; part by part.
  var keyedState: [KeyedSnapshotWriter] { get }
  /// How much keyed state it has: entries and bytes, over all its states.
  var keyedStateSize: StateSize { get }
  /// The transaction with that final path is visible: snapshots need not hold it any more.
  func commitDone(at path: String)
}

extension StreamOperator {
  /// Passes every watermark on: time means nothing to the operator itself.
  @inlinable
  public func advance(to watermark: Watermark, input: Int) throws -> Watermark? { watermark }

  /// Passes the status on.
  @inlinable
  public func statusChanged(isIdle: Bool, input: Int) throws -> Bool? { isIdle }

  /// None.
  @inlinable
  public var nextTimer: VirtualInstant? { nil }

  /// Does nothing: it asks for no timers.
  @inlinable
  public func timerDue(at now: VirtualInstant) throws {}

  /// Does nothing: it belongs to no group.
  @inlinable
  public func align(group: String, slowest: Watermark) {}

  /// Always: most operators work records off as they come.
  @inlinable
  public var acceptsRecords: Bool { true }

  /// Always.
  @inlinable
  public var isDrained: Bool { true }

  /// Does nothing: it keeps nothing by key.
  @inlinable
  public func endOfKey() throws {}

  /// Does nothing: most operators emit as records come.
  @inlinable
  public func endOfInput() throws {}

  /// Nothing: the operator has no state.
  @inlinable
  public func snapshot(_ checkpoint: CheckpointID) throws -> OperatorSnapshot { OperatorSnapshot() }

  /// Nothing: the operator writes nothing outside.
  @inlinable
  public func checkpointCompleted(_ checkpoint: CheckpointID) -> [Transaction] { [] }

  /// Nothing: the operator writes nothing outside.
  @inlinable
  public func takeVisible() throws -> [Transaction] { [] }

  /// None: the operator touches nothing outside.
  @inlinable
  public func takeOperations() throws -> [ExternalOperation] { [] }

  /// None: the operator keeps no state by key.
  @inlinable
  public var keyedState: [KeyedSnapshotWriter] { [] }

  /// None: the operator keeps no state by key.
  @inlinable
  public var keyedStateSize: StateSize { StateSize() }

  /// Does nothing: the operator writes nothing outside.
  @inlinable
  public func commitDone(at path: String) {}
}

/// What a snapshot holds, before it is serialised.
public struct OperatorSnapshot {
  /// Keyed state, retained as it was and serialised later, in slices; part by part.
  public var keyed: [KeyedSnapshotWriter]
  /// Small state of the subtask itself, serialised already.
  public var operatorState: [UInt8] = []
  /// Small state that every subtask is shown on restore, serialised already.
  public var sharedState: [UInt8] = []
  /// Objects that must be durable before the snapshot is: rows of a sink's transaction.
  public var objects: [StoredObject] = []
  /// What must be done outside of the job before the snapshot is durable, in order.
  public var operations: [ExternalOperation] = []

  /// An empty snapshot.
  @inlinable
  public init(
    keyed: [KeyedSnapshotWriter] = [],
    operatorState: [UInt8] = [],
    sharedState: [UInt8] = [],
    objects: [StoredObject] = [],
    operations: [ExternalOperation] = []
  ) {
    self.keyed = keyed
    self.operatorState = operatorState
    self.sharedState = sharedState
    self.objects = objects
    self.operations = operations
  }
}

/// An object on its way to storage.
public struct StoredObject: Sendable {
  /// Where it goes.
  public var path: String
  /// What it holds.
  public var bytes: [UInt8]
  /// For how many bytes writing it takes its time; nil means for those that it holds.
  public var charge: Int?

  /// Makes an object.
  public init(path: String, bytes: [UInt8], charge: Int? = nil) {
    self.path = path
    self.bytes = bytes
    self.charge = charge
  }
}

/// A sink's rows that belong together: pending under one path, visible under another.
public struct Transaction: Sendable, Codable, Equatable {
  /// The sink's name.
  public var sink: String
  /// Where the rows lie until they are committed; nil when they are written straight to `path`.
  public var pendingPath: String?
  /// Where the rows lie once they are visible.
  public var path: String
  /// How many rows there are.
  public var rows: Int
  /// The rows, where they are not in storage yet.
  public var bytes: [UInt8]?
  /// For how many bytes writing the rows takes its time: by their number, so that a run is the same
  /// whether its rows are kept as text or only counted.
  public var charge: Int { rows * 32 }

  /// Makes a transaction.
  public init(
    sink: String,
    pendingPath: String?,
    path: String,
    rows: Int,
    bytes: [UInt8]? = nil
  ) {
    self.sink = sink
    self.pendingPath = pendingPath
    self.path = path
    self.rows = rows
    self.bytes = bytes
  }
}

/// What a source says when it is asked for records.
public enum SourceProgress: Equatable, Sendable {
  /// It emitted, or skipped what it could not read, and may have more at once.
  case emitted
  /// It has nothing before that instant.
  case waiting(until: VirtualInstant)
  /// It has read everything.
  case endOfInput
}

/// An operator that reads from outside.
///
/// *Source:* Flink `SourceReader`.
public protocol SourceOperator: StreamOperator {
  /// Emits a batch of records that are due, at most a buffer's worth.
  func emitNext(now: VirtualInstant) throws -> SourceProgress
  /// How many elements its subtask has emitted since the beginning of its splits.
  var offset: Int { get }
  /// How many rows its subtask has skipped as bad since the beginning of its splits.
  var rowsSetAside: Int { get }
  /// The first few rows that this attempt skipped, each told once.
  func takeSetAside() -> [SetAsideRow]
}

extension SourceOperator {
  /// None: the source skips nothing.
  public var rowsSetAside: Int { 0 }

  /// None: the source skips nothing.
  public func takeSetAside() -> [SetAsideRow] { [] }
}

/// Makes operators; what the graphs carry as an opaque ``JobGraphs/OperatorFactory``.
public struct StreamOperatorFactory: OperatorFactory {
  /// Makes the operator of one subtask attempt that emits into `outputs`.
  public let open: @Sendable (OperatorContext, [AnyBatchReceiver]) throws -> any StreamOperator
  /// The topics that the operator reads or writes; they are made when its job is submitted.
  public var topics: [LogTopic] = []

  /// Makes the operator in a job that is executed as batch; nil where it is the same.
  public var openInBatch:
    (@Sendable (OperatorContext, [AnyBatchReceiver]) throws -> any StreamOperator)?

  /// Whether the operator comes to an end, if it is a source.
  public var boundedness = Boundedness.bounded

  /// Wraps the function that makes operators.
  @inlinable
  public init(
    _ open: @escaping @Sendable (OperatorContext, [AnyBatchReceiver]) throws -> any StreamOperator
  ) {
    self.open = open
  }
}

/// What an operator knows about where it runs.
///
/// *Source:* Flink `RuntimeContext`.
public struct OperatorContext {
  /// The job, which keeps what it writes apart from what others write.
  public var job: JobID
  /// The operator's name.
  public var name: String
  /// The operator's id.
  public var operatorID: OperatorID
  /// The subtask's index, from 0.
  public var subtask: Int
  /// How many subtasks there are.
  public var parallelism: Int
  /// How many key groups the operator has.
  public var maxParallelism: Int
  /// The instant of opening.
  public var now: VirtualInstant
  /// The attempt's number: 0 at first.
  public var attempt: Int
  /// What is restored, or nil for a fresh start.
  public var restored: RestoredState?
  /// The guarantee of the job, or `none` where no checkpoints are taken.
  public var guarantee: DeliveryGuarantee
  /// How many bytes of records make a full buffer.
  public var bufferBytes: Int
  /// What sources read.
  public var inputs: InputCatalog
  /// A random stream of the subtask's own.
  public var random: RandomStream
  /// How often watermarks are made where nobody says otherwise.
  ///
  /// *Source:* Flink `pipeline.auto-watermark-interval`.
  public var watermarkInterval = VirtualDuration.milliseconds(200)
  /// What the operator says about event time of its own accord: whoever makes watermarks.
  public var eventTime = EventTimeOutput()
  /// What it emits beside its results.
  public var sideOutputs = SideOutputs()
  /// The present instant, while records are processed.
  public var clock = TaskClock()
  /// Whether the job is executed as batch.
  public var isBatch = false
  /// How many rows a sink of text writes; all are counted.
  public var rowLimit = Int.max
  /// The log and the tables outside of the job.
  public var external = ExternalSystems()

  /// Makes a context.
  public init(
    job: JobID = JobID(seed: 0, submission: 0),
    name: String,
    operatorID: OperatorID,
    subtask: Int,
    parallelism: Int,
    maxParallelism: Int,
    now: VirtualInstant = .zero,
    attempt: Int = 0,
    restored: RestoredState? = nil,
    guarantee: DeliveryGuarantee = .none,
    bufferBytes: Int = 32 * 1024,
    inputs: InputCatalog = InputCatalog(),
    random: RandomStream = RandomStream(seed: 0, name: "operator")
  ) {
    self.job = job
    self.name = name
    self.operatorID = operatorID
    self.subtask = subtask
    self.parallelism = parallelism
    self.maxParallelism = maxParallelism
    self.now = now
    self.attempt = attempt
    self.restored = restored
    self.guarantee = guarantee
    self.bufferBytes = bufferBytes
    self.inputs = inputs
    self.random = random
  }

  /// The key groups that the subtask owns.
  public var keyGroups: KeyGroupRange {
    KeyGroupRange(operatorIndex: subtask, parallelism: parallelism, maxParallelism: maxParallelism)
  }

  /// How many records of a type fill a buffer.
  @inlinable
  public func bufferCapacity<Element>(of type: Element.Type) -> Int {
    BufferCapacity.records(of: type, bytes: bufferBytes)
  }
}

/// What an operator is restored from: its own part, or several after a change of parallelism.
public struct RestoredState {
  /// Serialised keyed state.
  public var keyed: [[UInt8]]
  /// Small state of subtasks.
  public var operatorStates: [[UInt8]]
  /// Of every subtask that took the snapshot, what it showed to all, in their order.
  public var shared: [SharedPart]

  /// Makes restored state.
  public init(keyed: [[UInt8]], operatorStates: [[UInt8]], shared: [SharedPart] = []) {
    self.keyed = keyed
    self.shared = shared
    self.operatorStates = operatorStates
  }
}

/// What one subtask showed to all others in its snapshot.
public struct SharedPart: Sendable, Equatable {
  /// The subtask's index, from 0.
  public var subtask: Int
  /// What ``OperatorStateStore`` wrote.
  public var bytes: [UInt8]

  /// Makes a part.
  public init(subtask: Int, bytes: [UInt8]) {
    self.subtask = subtask
    self.bytes = bytes
  }
}
