package import ClusterProtocol
package import JobGraphs
package import SimulationKernel
package import StreamModel

/// When checkpoints begin, and what becomes of them: decisions only, nothing is done here.
///
/// One checkpoint is under way at a time. Ticks come from timers that the coordinator asks for; a
/// tick of an old epoch is stale and ignored. While the job is not RUNNING it is suspended.
/// *Source:* Flink `CheckpointCoordinator`, `CheckpointRequestDecider`,
/// `CheckpointCoordinatorDeActivator` and `CheckpointFailureManager`.
package struct CheckpointCoordinator: Sendable {
  /// How many checkpoints ended how.
  ///
  /// *Source:* Flink `CheckpointStatsCounts`.
  package struct Counts: Sendable, Equatable {
    /// Those that can be recovered from.
    package var completed = 0
    /// Those given up, and those that could not be begun.
    package var failed = 0

    /// Makes counts of nothing.
    package init() {}
  }

  /// How many checkpoints ended how.
  package private(set) var counts = Counts()
  /// The checkpoint that is under way.
  package var inProgress: CheckpointID? { pending?.id }
  /// The checkpoint that was completed last.
  package private(set) var latest: CompletedCheckpoint?

  /// The number of the checkpoint that was begun last; 0 before the first.
  package private(set) var lastNumber: Int

  private let job: JobID
  private let graph: JobGraph
  private let settings: CheckpointSettings
  private var random: RandomStream
  private var epoch = 0
  private var isActive = false
  private var pending: PendingCheckpoint?
  /// Whether a tick came while a checkpoint was under way.
  private var isTickWaiting = false
  private var lastEnd: VirtualInstant?
  private var failuresInARow = 0

  /// Makes the coordinator of a job; it stays still until it is resumed.
  ///
  /// The first delay is drawn from `random`; numbers go on after that of `latest`, the checkpoint
  /// that the job begins from.
  package init(
    job: JobID,
    graph: JobGraph,
    settings: CheckpointSettings,
    random: RandomStream,
    latest: CompletedCheckpoint? = nil
  ) {
    self.job = job
    self.graph = graph
    self.settings = settings
    self.random = random
    self.latest = latest
    lastNumber = latest?.id.number ?? 0
  }
}

extension CheckpointCoordinator {
  /// The job is RUNNING: the first tick comes after a delay drawn from the pause to the interval.
  package mutating func resume() -> [CheckpointDecision] {
    isActive = true
    epoch += 1
    let shortest = min(settings.minPause, settings.interval)
    let delay = random.duration(in: shortest...settings.interval)
    return [.scheduleTick(after: delay, epoch: epoch)]
  }

  /// The job left RUNNING: nothing is begun any more, and what is under way is given up.
  package mutating func suspend(at now: VirtualInstant) -> [CheckpointDecision] {
    isActive = false
    epoch += 1
    isTickWaiting = false
    return giveUp(because: .suspended, at: now)
  }

  /// A timer of the coordinator's is due.
  package mutating func tick(
    epoch: Int,
    at now: VirtualInstant,
    execution: ExecutionGraph
  ) -> [CheckpointDecision] {
    guard isActive, epoch == self.epoch else { return [] }
    guard pending == nil else {
      isTickWaiting = true
      return []
    }
    if let lastEnd, now < lastEnd + settings.minPause {
      return [.scheduleTick(after: lastEnd + settings.minPause - now, epoch: epoch)]
    }
    let begun = begin(at: now, execution: execution)
    guard !begun.isEmpty else { return [] }
    return begun + [.scheduleTick(after: settings.interval, epoch: epoch)]
  }

  /// A user wants a checkpoint beside those of the interval; while one is under way it follows it.
  ///
  /// *Source:* Flink `CheckpointCoordinator.triggerCheckpoint`, whose requests queue up in
  /// `CheckpointRequestDecider`.
  package mutating func triggerNow(
    at now: VirtualInstant,
    execution: ExecutionGraph
  ) -> [CheckpointDecision] {
    guard isActive else {
      counts.failed += 1
      return [.reportTriggerFailure(reason: "The job is not running.")]
    }
    guard pending == nil else {
      isTickWaiting = true
      return []
    }
    return begin(at: now, execution: execution)
  }

  /// Begins a checkpoint, or says why not; nothing when there is nobody to take part.
  private mutating func begin(
    at now: VirtualInstant,
    execution: ExecutionGraph
  ) -> [CheckpointDecision] {
    guard let plan = CheckpointPlan(of: execution) else {
      counts.failed += 1
      return [.reportTriggerFailure(reason: "Not all required tasks are currently running.")]
    }
    guard !plan.toAcknowledge.isEmpty else { return [] }
    lastNumber += 1
    let id = CheckpointID(lastNumber)
    pending = PendingCheckpoint(id: id, plan: plan, triggeredAt: now)
    return [.trigger(id, plan, timeout: settings.timeout)]
  }
}

extension CheckpointCoordinator {
  /// A task took its part.
  ///
  /// A part of a checkpoint that is not under way any more is of no use: it is discarded.
  package mutating func acknowledge(
    _ id: CheckpointID,
    _ handle: TaskSnapshotHandle,
    at now: VirtualInstant
  ) -> [CheckpointDecision] {
    guard pending?.id == id else { return discard([handle]) }
    guard pending?.awaits(handle.subtask) == true, pending?.take(handle) == true,
      let completed = pending?.completed(of: job, graph: graph, previous: latest, at: now)
    else { return [] }
    return [.store(completed)]
  }

  /// A task could not take its part.
  package mutating func decline(
    _ id: CheckpointID,
    by subtask: SubtaskID,
    _ error: ClusterError,
    at now: VirtualInstant
  ) -> [CheckpointDecision] {
    guard pending?.id == id, pending?.awaits(subtask) == true else { return [] }
    return giveUp(because: .declined(error), at: now)
  }

  /// A checkpoint's time is over.
  package mutating func expire(_ id: CheckpointID, at now: VirtualInstant) -> [CheckpointDecision] {
    guard pending?.id == id else { return [] }
    return giveUp(because: .expired, at: now)
  }

  /// A task that was to begin a checkpoint could not be reached.
  package mutating func triggerUnreachable(
    _ id: CheckpointID,
    at now: VirtualInstant
  ) -> [CheckpointDecision] {
    guard pending?.id == id else { return [] }
    return giveUp(because: .triggerUnreachable, at: now)
  }

  /// A task finished: a checkpoint that still waits for it can never be complete.
  package mutating func taskFinished(
    _ subtask: SubtaskID,
    at now: VirtualInstant
  ) -> [CheckpointDecision] {
    guard pending?.awaits(subtask) == true else { return [] }
    return giveUp(because: .taskFinished, at: now)
  }

  /// The metadata of a checkpoint was written, or could not be.
  package mutating func stored(
    _ checkpoint: CompletedCheckpoint,
    _ error: StorageError?,
    at now: VirtualInstant
  ) -> [CheckpointDecision] {
    guard let pending, pending.id == checkpoint.id, pending.phase == .storing else {
      return [.discard([checkpoint.metadataPath])]
    }
    if let error { return giveUp(because: .storage(error), at: now) }
    latest = checkpoint
    counts.completed += 1
    failuresInARow = 0
    let notified = pending.plan.toAcknowledge
    return [.complete(checkpoint, notify: notified)] + end(at: now)
  }
}

extension CheckpointCoordinator {
  /// Gives up the checkpoint that is under way, if there is one.
  private mutating func giveUp(
    because failure: CheckpointFailure,
    at now: VirtualInstant
  ) -> [CheckpointDecision] {
    guard let pending else { return [] }
    counts.failed += 1
    if failure.isCounted { failuresInARow += 1 }
    var decisions: [CheckpointDecision] = [
      .abort(pending.id, reason: failure.reason, notify: pending.plan.toAcknowledge)
    ]
    decisions += discard(pending.handles)
    decisions += end(at: now)
    if failuresInARow > settings.tolerableFailures {
      failuresInARow = 0
      decisions.append(.failJob(.checkpointFailureThreshold(last: failure.reason)))
    }
    return decisions
  }

  private mutating func end(at now: VirtualInstant) -> [CheckpointDecision] {
    pending = nil
    lastEnd = now
    guard isTickWaiting, isActive else { return [] }
    isTickWaiting = false
    epoch += 1
    return [.scheduleTick(after: settings.minPause, epoch: epoch)]
  }

  private func discard(_ handles: [TaskSnapshotHandle]) -> [CheckpointDecision] {
    let paths = CompletedCheckpoint.statePaths(of: handles)
    return paths.isEmpty ? [] : [.discard(paths)]
  }
}
