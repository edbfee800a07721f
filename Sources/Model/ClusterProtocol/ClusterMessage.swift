public import JobGraphs
public import SimulationKernel
public import StreamModel

/// A role that lives in a process: the other half of an address.
public enum Role: Hashable, Sendable {
  /// Submits jobs and waits for them.
  case client
  /// Accepts jobs and starts a JobMaster for each.
  case dispatcher
  /// Knows the TaskManagers and their slots.
  case resourceManager
  /// Runs one job.
  case jobMaster(JobID)
  /// Runs tasks.
  case taskManager
}

/// Where a message goes: a process and a role in it.
public struct Endpoint: Hashable, Sendable {
  /// The process.
  public let process: ProcessID
  /// The role in it.
  public let role: Role

  /// Makes an address.
  public init(process: ProcessID, role: Role) {
    self.process = process
    self.role = role
  }
}

/// Everything that crosses the simulated network, with its addresses.
///
/// A million of them may be on their way, so that its roles take a byte each and a JobMaster's job
/// lies apart.
public struct ClusterMessage: Sendable {
  /// What it says.
  public let payload: Payload
  private let senderKind: RoleKind
  private let receiverKind: RoleKind
  /// The job of the JobMaster that sends or receives it, if one does.
  private let job: JobBox?
  private let process: ProcessID

  /// Makes a message.
  ///
  /// - Precondition: JobMasters of different jobs do not talk to each other.
  public init(sender: Endpoint, receiver: Role, payload: Payload) {
    let jobs = (sender.role.job, receiver.job)
    invariant(
      jobs.0 == nil || jobs.1 == nil || jobs.0 == jobs.1,
      "a JobMaster talks to that of another job"
    )
    self.payload = payload
    senderKind = RoleKind(sender.role)
    receiverKind = RoleKind(receiver)
    process = sender.process
    job = (jobs.0 ?? jobs.1).map(JobBox.init)
  }

  /// Who sent it.
  public var sender: Endpoint { Endpoint(process: process, role: senderKind.role(of: job?.job)) }

  /// Which role of the receiving process it is for.
  public var receiver: Role { receiverKind.role(of: job?.job) }

  /// What a message says, by the role that it is for.
  ///
  /// Records and timers are many: what is larger lies apart, so that a message that waits takes no
  /// more room than they do.
  public enum Payload: Sendable {
    /// For a client.
    case client(ClientMessage)
    /// For the Dispatcher.
    case dispatcher(DispatcherMessage)
    /// For the ResourceManager.
    case resourceManager(ResourceManagerMessage)
    /// For a JobMaster.
    case jobMaster(JobMasterMessage)
    /// For a TaskManager.
    case taskManager(TaskManagerMessage)
    /// For a TaskManager, from another: records and what controls their flow.
    case data(DataMessage)
    /// For whoever set it.
    case timer(ClusterTimer)
  }
}

/// A role without its job.
private enum RoleKind: UInt8 {
  case client, dispatcher, resourceManager, jobMaster, taskManager

  init(_ role: Role) {
    switch role {
    case .client: self = .client
    case .dispatcher: self = .dispatcher
    case .resourceManager: self = .resourceManager
    case .jobMaster: self = .jobMaster
    case .taskManager: self = .taskManager
    }
  }

  func role(of job: JobID?) -> Role {
    switch self {
    case .client: return .client
    case .dispatcher: return .dispatcher
    case .resourceManager: return .resourceManager
    case .jobMaster:
      guard let job else { fatalError("broken invariant: a JobMaster without a job") }
      return .jobMaster(job)
    case .taskManager: return .taskManager
    }
  }
}

/// A job's id in a place of its own.
private final class JobBox: Sendable {
  let job: JobID

  init(_ job: JobID) {
    self.job = job
  }
}

extension Role {
  /// The job of a JobMaster.
  fileprivate var job: JobID? {
    if case .jobMaster(let job) = self { job } else { nil }
  }
}

/// What a client is told.
public indirect enum ClientMessage: Sendable {
  /// A command of the user's: submit this job.
  case submit(JobGraph)
  /// A command of the user's: cancel the job.
  case cancel(JobID)
  /// The job was accepted.
  case submitted(JobID)
  /// The job reached a state in which it stays.
  case terminated(JobID, JobState, ClusterError?)
}

/// What a Dispatcher is told.
public indirect enum DispatcherMessage: Sendable {
  /// Run this job.
  case submitJob(JobGraph)
  /// Cancel this job.
  case cancelJob(JobID)
  /// From a JobMaster: the job reached a state in which it stays.
  case jobTerminated(JobID, JobState, ClusterError?)
}

/// What a ResourceManager is told.
public indirect enum ResourceManagerMessage: Sendable {
  /// A TaskManager offers its slots to the cluster.
  case registerTaskManager(name: String, slots: Int)
  /// A JobMaster introduces itself.
  case registerJobMaster(JobID)
  /// A JobMaster needs this many slots in all; replaces what it said before.
  case declareRequirements(JobID, slots: Int)
  /// A JobMaster is done.
  case unregisterJobMaster(JobID)
  /// A TaskManager's slot is free again.
  case slotFreed(slot: Int, allocation: AllocationID)
  /// A TaskManager could not hand the slot to the job.
  case slotRequestFailed(slot: Int, allocation: AllocationID)
  /// The sender lives.
  case heartbeat
  /// From a JobMaster: it gave this TaskManager up.
  case taskManagerLost(ProcessID, reason: ClusterError)
}

/// What a JobMaster is told.
public indirect enum JobMasterMessage: Sendable {
  /// From the ResourceManager: registered.
  case registered
  /// A TaskManager asks to be connected before it offers slots.
  case registerTaskManager(name: String)
  /// A TaskManager offers slots that the ResourceManager granted to this job.
  case offerSlots([SlotOffer])
  /// From the ResourceManager: the requirements cannot be met.
  case notEnoughResources
  /// From the ResourceManager: this TaskManager is gone.
  case taskManagerLost(ProcessID, reason: ClusterError)
  /// A task changed its state.
  case taskStateChanged(ExecutionAttemptID, ExecutionState, ClusterError?)
  /// In batch, before a task has finished: these rows of its sinks may be committed.
  case rowsPrepared(ExecutionAttemptID, [Committable])
  /// Prepared rows were made visible, or could not be.
  case rowsCommitted(SubtaskID, Committable, StorageError?)
  /// A task took its part of a checkpoint.
  case acknowledgeCheckpoint(ExecutionAttemptID, CheckpointID, TaskSnapshotHandle)
  /// A task could not take its part of a checkpoint.
  case declineCheckpoint(ExecutionAttemptID, CheckpointID, ClusterError)
  /// A source of an alignment group tells how far its event time is.
  case reportWatermark(ExecutionAttemptID, group: String, Watermark)
  /// The sender lives.
  case heartbeat
  /// The user cancels the job.
  case cancel
  /// The user fails a task.
  case failTask(SubtaskID)
  /// The user wants a checkpoint now.
  case triggerCheckpoint
  /// A completed checkpoint's metadata was written, or not.
  case checkpointStored(CheckpointID, StorageError?)
  /// An object that nothing refers to any more was removed from storage, or not.
  case objectRemoved(path: String, StorageError?)
}

/// What a TaskManager is told about control.
public enum TaskManagerMessage: Sendable {
  /// From the ResourceManager: registered.
  case registered
  /// From the ResourceManager: you are not known; register anew.
  case registerAgain
  /// From the ResourceManager: offer this slot to that job.
  indirect case requestSlot(slot: Int, allocation: AllocationID, job: JobID, jobMaster: Endpoint)
  /// From a JobMaster: the connection stands; offer your slots.
  case jobMasterConnected(JobID)
  /// From a JobMaster: these of the offered slots are taken; the others are to be freed.
  case acceptSlots(JobID, [AllocationID])
  /// From a JobMaster: the job needs this slot no more.
  case freeSlot(AllocationID)
  /// From a JobMaster: run this task.
  indirect case submitTask(TaskDeployment)
  /// From a JobMaster: stop this task.
  case cancelTask(ExecutionAttemptID)
  /// From a JobMaster: this task fails now, because the user said so.
  case failTask(ExecutionAttemptID)
  /// From a JobMaster to a task without running inputs: begin a checkpoint.
  case triggerCheckpoint(ExecutionAttemptID, CheckpointBarrier)
  /// From a JobMaster: the slowest source of an alignment group is that far.
  case alignWatermarks(ExecutionAttemptID, group: String, slowest: Watermark)
  /// From a JobMaster: the checkpoint is complete; commit.
  case checkpointCompleted(ExecutionAttemptID, CheckpointID)
  /// From a JobMaster: the checkpoint will never be complete.
  case checkpointAborted(ExecutionAttemptID, CheckpointID)
  /// From a JobMaster: the job has ended or goes away; forget it.
  case disconnectJob(JobID)
  /// Somebody wants to know whether this process lives.
  case heartbeatRequest
  /// A part of a task's state was read from storage, or could not be.
  indirect case stateRead(ExecutionAttemptID, path: String, Result<[UInt8], StorageError>)
  /// An object of a snapshot was written, or could not be.
  indirect case snapshotWritten(ExecutionAttemptID, CheckpointID, StorageError?)
  /// A sink's transaction was made visible, or could not be.
  indirect case committed(ExecutionAttemptID, Committable, StorageError?)
  /// In batch, all rows of a sink were made durable, or could not be.
  indirect case rowsWritten(ExecutionAttemptID, Committable, StorageError?)
  /// An operation on an external system has completed, or was refused.
  indirect case operated(ExecutionAttemptID, ExternalReceipt)
}

/// What TaskManagers tell each other about records.
public enum DataMessage: Sendable {
  /// A consumer asks for its part of a producer's output, and has room for this many buffers.
  case requestPartition(ChannelID, credit: Int)
  /// The producer of the channel is not there.
  case partitionNotFound(ChannelID)
  /// An element of the stream; `backlog` buffers wait behind it.
  case element(ChannelID, backlog: Int32, Handover)
  /// The consumer has room for this many buffers more.
  case credit(ChannelID, Int)
  /// The consumer closes the channel; nothing more is to be sent.
  case close(ChannelID)
}

/// A channel between two attempts of one job: the consumer's, with its place on both sides.
///
/// Every message about records carries one, and a wide job has a million: numbers are kept narrow,
/// and the job once.
public struct ChannelID: Hashable, Sendable {
  private let job: JobID
  private let producerSubtask: SubtaskID
  private let consumerSubtask: SubtaskID
  private let producerAttempt: Int32
  private let consumerAttempt: Int32
  private let narrowOutput: Int32
  private let narrowSubpartition: Int32
  private let narrowChannel: Int32

  /// The attempt that writes.
  public var producer: ExecutionAttemptID {
    ExecutionAttemptID(job: job, subtask: producerSubtask, attempt: Int(producerAttempt))
  }
  /// The edge's position among the producer's outputs.
  public var output: Int { Int(narrowOutput) }
  /// The channel's position within that output.
  public var subpartition: Int { Int(narrowSubpartition) }
  /// The attempt that reads.
  public var consumer: ExecutionAttemptID {
    ExecutionAttemptID(job: job, subtask: consumerSubtask, attempt: Int(consumerAttempt))
  }
  /// The channel's position among all of the consumer's.
  public var channel: Int { Int(narrowChannel) }

  /// Makes the id.
  ///
  /// - Precondition: Both attempts are of the same job.
  public init(
    producer: ExecutionAttemptID,
    output: Int,
    subpartition: Int,
    consumer: ExecutionAttemptID,
    channel: Int
  ) {
    invariant(producer.job == consumer.job, "a channel leads from one job to another")
    job = producer.job
    producerSubtask = producer.subtask
    consumerSubtask = consumer.subtask
    producerAttempt = Int32(producer.attempt)
    consumerAttempt = Int32(consumer.attempt)
    narrowOutput = Int32(output)
    narrowSubpartition = Int32(subpartition)
    narrowChannel = Int32(channel)
  }
}

/// An element of a stream on its way from one owner to the next.
///
/// Batches are classes that are handed over and never shared: whoever sends one keeps nothing of
/// it. All of a run lives on one thread, which is what makes the promise to the compiler true.
public struct Handover: @unchecked Sendable {
  /// The element.
  public let element: StreamElement

  /// Takes an element over.
  @inlinable
  public init(_ element: StreamElement) {
    self.element = element
  }
}

/// The number of a grant of a slot to a job.
public struct AllocationID: Hashable, Sendable {
  /// Counted by the ResourceManager.
  public let number: Int

  /// Makes the id with that number.
  public init(number: Int) {
    self.number = number
  }
}

/// A slot that a TaskManager offers to a JobMaster.
public struct SlotOffer: Hashable, Sendable {
  /// The grant.
  public let allocation: AllocationID
  /// The slot's position on its TaskManager, from 0.
  public let slot: Int

  /// Makes an offer.
  public init(allocation: AllocationID, slot: Int) {
    self.allocation = allocation
    self.slot = slot
  }
}
