public import SimulationKernel

/// What a checkpoint guarantees about records in flight.
///
/// *Source:* Flink `CheckpointingMode`.
public enum DeliveryGuarantee: String, Sendable, CaseIterable {
  /// Each record affects the state once: barriers are aligned.
  case exactlyOnce = "exactly-once"
  /// Each record affects the state at least once: barriers are only counted.
  case atLeastOnce = "at-least-once"
  /// Nothing is promised, and no checkpoint is taken.
  case none = "none"
}

/// When and how checkpoints are taken; the defaults are Flink's.
public struct CheckpointSettings: Sendable, Equatable {
  /// The time from one trigger to the next.
  public var interval: VirtualDuration
  /// What is guaranteed.
  public var guarantee: DeliveryGuarantee
  /// How long a checkpoint may take before it expires.
  public var timeout = VirtualDuration.minutes(10)
  /// The least time from the end of one checkpoint to the next trigger.
  public var minPause = VirtualDuration.zero
  /// How many failed checkpoints in a row are endured before the job fails over.
  public var tolerableFailures = 0

  /// Checkpoints of that interval and guarantee.
  public init(interval: VirtualDuration, guarantee: DeliveryGuarantee = .exactlyOnce) {
    self.interval = interval
    self.guarantee = guarantee
  }
}

/// What happens after a failure.
///
/// *Source:* Flink `RestartBackoffTimeStrategy`.
public enum RestartStrategy: Sendable, Equatable {
  /// The job fails.
  case none
  /// So many attempts, each after the same delay.
  case fixedDelay(attempts: Int, delay: VirtualDuration)
  /// Unlimited attempts; the delay grows by half from `initial` to `maximum`, with a tenth of
  /// jitter, and starts anew after `resetAfter` without a failure.
  case exponentialDelay(
    initial: VirtualDuration,
    maximum: VirtualDuration,
    resetAfter: VirtualDuration
  )
  /// The job fails at the failure after `failures` within `interval`.
  case failureRate(failures: Int, interval: VirtualDuration, delay: VirtualDuration)

  /// Flink's default where checkpoints are taken.
  public static let defaultWithCheckpoints = RestartStrategy.exponentialDelay(
    initial: .seconds(1),
    maximum: .minutes(1),
    resetAfter: .minutes(60)
  )
}

/// How a job is to be executed.
public struct JobSettings: Sendable, Equatable {
  /// How the job is executed; in a job graph never ``RuntimeMode/automatic``.
  public var runtimeMode = RuntimeMode.streaming
  /// Whether operators may be chained at all.
  public var isChainingEnabled = true
  /// How long a buffer waits to be filled before it is sent as it is.
  public var bufferTimeout = VirtualDuration.milliseconds(100)
  /// Checkpoints, or nil for none.
  public var checkpoints: CheckpointSettings?
  /// What happens after a failure; nil means Flink's default: exponential delay with checkpoints,
  /// none without.
  public var restartStrategy: RestartStrategy?

  /// How often watermarks are made.
  ///
  /// *Source:* Flink `pipeline.auto-watermark-interval`.
  public var watermarkInterval = VirtualDuration.milliseconds(200)
  /// The time in the world at which the run begins, in milliseconds since 1970: what processing
  /// time begins with.
  public var epoch: Int64 = 0

  /// How many rows each subtask of a sink of text writes, where a run shows only a few; all are
  /// counted.
  public var rowLimit = Int.max

  /// Makes Flink's default settings: no checkpoints.
  public init() {}

  /// Whether tasks run stage by stage and emit final results only.
  public var isBatch: Bool { runtimeMode == .batch }

  /// The restart strategy in force.
  public var effectiveRestartStrategy: RestartStrategy {
    restartStrategy ?? (checkpoints == nil ? .none : .defaultWithCheckpoints)
  }
}
