public import JobGraphs
public import SimulationKernel

/// Where an operator under test runs.
public struct HarnessOptions: Sendable {
  /// The operator's name, which failures are reported under.
  public var name = "operator"
  /// How many subtasks it runs as.
  public var parallelism = 1
  /// How many key groups it has.
  public var maxParallelism = 128
  /// What checkpoints guarantee; sinks wait for them unless it is `none`.
  public var guarantee = DeliveryGuarantee.exactlyOnce
  /// Processing time at the beginning, in milliseconds since 1970.
  public var startTime: Int64 = 0
  /// How often watermarks are made where nobody says otherwise.
  public var watermarkInterval = VirtualDuration.milliseconds(200)
  /// What the subtasks' random streams follow from.
  public var seed: UInt64 = 1

  /// One subtask with 128 key groups, at the beginning of 1970.
  public init() {}

  /// So many subtasks with 128 key groups, at the beginning of 1970.
  public init(parallelism: Int) {
    self.parallelism = parallelism
  }
}
