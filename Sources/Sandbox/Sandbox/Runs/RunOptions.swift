package import RecordFormats
package import Connectors
package import ClusterProtocol
package import DataStreamAPI
package import Deployment
package import JobGraphs
package import SimulationKernel

/// What a run of one job is made of: with the seed, all that its outcome depends on.
package struct RunOptions: Sendable {
  /// The program that is run.
  package var job: Program
  /// What its parameters are set to.
  package var settings: [ParameterSetting] = []
  /// The seed of everything random.
  package var seed: UInt64 = 1
  /// How the cluster's processes are laid out.
  package var deployment = DeploymentKind.standalone
  /// The parallelism of every operator.
  package var parallelism = 1
  /// How many TaskManagers; nil means as many as the job needs and one to spare.
  package var taskManagers: Int?
  /// How many slots each TaskManager has; nil means one, or what the job needs in a local cluster.
  package var slots: Int?
  /// What sources read.
  package var input = InputBytes([])
  /// What else the job reads, by the names of datasets.
  package var otherInputs: [String: InputBytes] = [:]
  /// The input's content hash where it is known already.
  package var inputHash: UInt64?
  /// The name under which the user knows the input; nil for the one that the job reads by itself.
  package var inputName: String?
  /// The socket that the job reads instead of its input.
  package var socket: SocketAddress?
  /// How fast sources emit, or nil for as fast as the cost model allows.
  package var rate: SourceRate?
  /// The time between checkpoints, or nil for none.
  package var checkpointInterval: VirtualDuration? = .seconds(1)
  /// What checkpoints guarantee.
  package var guarantee = DeliveryGuarantee.exactlyOnce
  /// Whether the job is executed as streaming or as batch.
  package var runtimeMode = RuntimeMode.streaming
  /// What happens to the cluster, and when.
  package var faults: [TimedCommand] = []
  /// A limit of virtual time that no run reaches.
  package static let endless = SandboxSession.endlessPatience
  /// How much virtual time the run may take.
  package var limit = VirtualDuration.minutes(60)
  /// How many rows each sink task writes; all are counted.
  package var rowLimit = Int.max
  /// How the cluster is set up.
  package var cluster = ClusterOptions()
  /// What happens after a failure; nil means Flink's default.
  package var restartStrategy: RestartStrategy?
  /// Where simulated storage keeps its objects.
  package var makeStorage: @Sendable () -> any StorageBackend = { MemoryStorage() }

  /// Makes Drey's default run of a job: standalone, checkpoints every second, exactly once.
  package init(job: Program) {
    self.job = job
  }
}
