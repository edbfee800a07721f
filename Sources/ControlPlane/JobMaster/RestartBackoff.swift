package import JobGraphs
package import SimulationKernel

/// Whether a failed job may be deployed anew, and after which delay.
///
/// It is asked once a restart: further failures of a job that is already restarting are not its
/// own.
/// *Source:* Flink `RestartBackoffTimeStrategy` and its implementations.
package struct RestartBackoff: Sendable {
  /// What follows from a failure.
  package enum Decision: Sendable, Equatable {
    /// Deploy anew after the delay.
    case restart(after: VirtualDuration)
    /// Never deploy anew; the text is how Flink prints the strategy that says so.
    case suppressed(strategy: String)
  }

  /// The strategy.
  package let strategy: RestartStrategy
  /// How many restarts were allowed.
  package private(set) var attempts = 0

  private var random: RandomStream
  private var failures: [VirtualInstant] = []
  private var current: VirtualDuration
  private var nextRestart: VirtualInstant?

  /// Makes the backoff of a job; `random` is what the jitter is drawn from.
  package init(_ strategy: RestartStrategy, random: RandomStream) {
    self.strategy = strategy
    self.random = random
    if case .exponentialDelay(let initial, _, _) = strategy {
      current = initial
    } else {
      current = .zero
    }
  }

  /// Decides what follows from a failure at that instant.
  package mutating func failure(at now: VirtualInstant) -> Decision {
    switch strategy {
    case .none: return suppressed()
    case .fixedDelay(let allowed, let delay):
      guard attempts < allowed else { return suppressed() }
      return restart(after: delay, at: now)
    case .failureRate(let allowed, let interval, let delay):
      failures.removeAll { now - $0 > interval }
      failures.append(now)
      guard failures.count <= allowed else { return suppressed() }
      return restart(after: delay, at: now)
    case .exponentialDelay(let initial, let maximum, let resetAfter):
      advance(from: initial, to: maximum, resetAfter: resetAfter, at: now)
      return restart(after: jittered(initial: initial, maximum: maximum), at: now)
    }
  }

  private mutating func restart(after delay: VirtualDuration, at now: VirtualInstant) -> Decision {
    attempts += 1
    nextRestart = now + delay
    return .restart(after: delay)
  }

  private func suppressed() -> Decision {
    .suppressed(strategy: flinkText)
  }
}

extension RestartBackoff {
  /// The multiplier of the delay is 1.5, the jitter a tenth: Flink's defaults.
  private mutating func advance(
    from initial: VirtualDuration,
    to maximum: VirtualDuration,
    resetAfter: VirtualDuration,
    at now: VirtualInstant
  ) {
    guard let nextRestart, now - nextRestart < resetAfter else {
      current = initial
      return
    }
    current = min(current * 3 / 2, maximum)
  }

  private mutating func jittered(
    initial: VirtualDuration,
    maximum: VirtualDuration
  ) -> VirtualDuration {
    let width = current / 10
    let offset = random.duration(in: .zero...(width + width)) - width
    return max(initial, min(current + offset, maximum))
  }

  /// How Flink prints the strategy.
  private var flinkText: String {
    switch strategy {
    case .none: "NoRestartBackoffTimeStrategy"
    case .fixedDelay(let attempts, let delay):
      "FixedDelayRestartBackoffTimeStrategy(maxNumberRestartAttempts=\(attempts), "
        + "backoffTimeMS=\(delay.milliseconds))"
    case .failureRate(let failures, let interval, let delay):
      "FailureRateRestartBackoffTimeStrategy(FailureRateRestartBackoffTimeStrategy("
        + "failuresIntervalMS=\(interval.milliseconds),backoffTimeMS=\(delay.milliseconds),"
        + "maxFailuresPerInterval=\(failures))"
    case .exponentialDelay(let initial, let maximum, let resetAfter):
      "ExponentialDelayRestartBackoffTimeStrategy(initialBackoffMS=\(initial.milliseconds), "
        + "maxBackoffMS=\(maximum.milliseconds), backoffMultiplier=1.5, "
        + "resetBackoffThresholdMS=\(resetAfter.milliseconds), jitterFactor=0.1)"
    }
  }
}
