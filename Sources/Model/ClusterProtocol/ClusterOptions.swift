public import SimulationKernel

/// How a cluster is set up: Flink's defaults, and how long things take.
///
/// The durations that Flink spends in its own machinery are those of the recordings of Flink 2.3.0
/// that the lifecycle is tested against: losing a TaskManager takes as long here as there.
public struct ClusterOptions: Sendable {
  /// The time from one heartbeat to the next.
  ///
  /// *Source:* `heartbeat.interval`.
  public var heartbeatInterval = VirtualDuration.seconds(10)
  /// How long a silent peer is taken for alive.
  ///
  /// *Source:* `heartbeat.timeout`.
  public var heartbeatTimeout = VirtualDuration.seconds(50)
  /// How many undeliverable heartbeats in a row make a peer unreachable.
  ///
  /// *Source:* `heartbeat.rpc-failure-threshold`.
  public var heartbeatFailureThreshold = 2
  /// How long a consumer waits for its producer to appear.
  public var partitionRequestTimeout = VirtualDuration.seconds(10)
  /// How long a ResourceManager waits before it says that requirements cannot be met.
  public var requirementCheckDelay = VirtualDuration.milliseconds(50)
  /// How long too few slots are endured once the start-up period is over.
  public var notEnoughResourcesDelay = VirtualDuration.milliseconds(950)
  /// How long a TaskManager takes to connect to a JobMaster that it does not know.
  public var jobMasterConnectionDelay = VirtualDuration.milliseconds(200)
  /// How long a job that ran before waits for slots.
  ///
  /// *Source:* `slot.request.timeout`.
  public var slotRequestTimeout = VirtualDuration.minutes(5)
  /// How long a JobMaster looks into the failure of a task before it acts on it.
  public var failureAssessmentDelay = VirtualDuration.milliseconds(30)
  /// How long a JobMaster collects slots before it assigns them to tasks.
  public var slotAssignmentDelay = VirtualDuration.milliseconds(50)
  /// How long a task takes to load its code and to open its channels.
  public var taskSetUpDelay = VirtualDuration.milliseconds(20)
  /// How long a task takes to clean up after a failure, a cancellation or its end.
  public var taskCleanUpDelay = VirtualDuration.milliseconds(4)
  /// How long a task takes to restore state, besides reading it.
  public var stateRestoreDelay = VirtualDuration.milliseconds(60)

  /// The virtual processor time of each record that an operator takes in.
  public var costPerRecord = VirtualDuration.microseconds(1)
  /// The virtual processor time of each buffer that a task takes in.
  public var costPerBuffer = VirtualDuration.microseconds(5)
  /// The virtual time in which a snapshot's entry is serialised, beside the task's work.
  public var costPerSnapshotEntry = VirtualDuration.microseconds(1)
  /// How many entries of a snapshot are serialised in one slice.
  public var snapshotSliceEntries = 1024

  /// Buffers that each channel has to itself.
  ///
  /// *Source:* Flink's exclusive buffers, 2.
  public var exclusiveBuffers = 2
  /// Buffers that the channels of a gate share.
  ///
  /// *Source:* Flink's floating buffers, 8.
  public var floatingBuffers = 8
  /// How many bytes of records a buffer holds.
  ///
  /// *Source:* Flink's memory segment, 32 KiB.
  public var bufferBytes = 32 * 1024

  /// Is told which task is about to run a user's code, before it is set up and before each slice of
  /// its work, and nil when it has done so; for whoever explains a trap, which nothing here can
  /// survive.
  public var noteUserCode: (@Sendable (_ task: String?) -> Void)?

  /// Switches on mistakes that tests must find; empty in every real run.
  public var plantedBugs: Set<PlantedBug> = []

  /// Makes Flink's defaults.
  public init() {}
}

/// A mistake that can be switched on to prove that the search for failures finds it.
public enum PlantedBug: String, Sendable, CaseIterable {
  /// A task that is told exactly-once takes its snapshot at the first barrier, without aligning.
  case skipsAlignment = "skips-alignment"
  /// A task takes its own acknowledgement for the completion of the checkpoint: its sinks commit
  /// what may have to be taken back.
  case commitsEarly = "commits-early"
}
