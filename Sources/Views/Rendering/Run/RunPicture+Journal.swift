package import ClusterProtocol
import JobGraphs
package import SimulationKernel
import StreamModel

extension RunPicture {
  /// Takes over what a journal says next; entries of other jobs change nothing but the clock.
  package mutating func apply(_ item: Journal<JournalEntry>.Item) {
    apply(item.entry, at: item.instant)
  }

  /// Takes over an entry that was made at that instant.
  package mutating func apply(_ entry: JournalEntry, at instant: VirtualInstant) {
    now = max(now, instant)
    switch entry {
    case .kernel(let event): apply(event)
    case .taskManagerRegistered(let name, let slots): register(name, slots: slots)
    case .taskManagerLost(let name, let incarnation, _, let reason):
      // Another one of that name may have come back meanwhile.
      if incarnation == incarnations[name, default: 0] { lose(name, reason: reason) }
    case .command, .input, .unreachable: break
    case .taskState(let change):
      // A new attempt leaves the TaskManager of the one before.
      let previous = lane(of: change.subtask).flatMap { lanes[$0].taskManager }
      applyJobEvent(entry)
      if let previous { noteTaskManager(previous) }
    default: applyJobEvent(entry)
    }
    // Nothing else changes what the job does, and it is asked of every task.
    if entry.concernsProcessing || history.phases.isEmpty { history.enter(phase, at: now) }
    if let name = entry.taskManager { noteTaskManager(name) }
  }

  private var phase: RunHistory.Phase {
    guard let jobState, !jobState.isTerminal else { return .silent }
    return isProcessing ? .processing : .waiting
  }

  private mutating func applyJobEvent(_ entry: JournalEntry) {
    switch entry {
    case .jobSubmitted(let job, let name):
      guard self.job == nil else { return }
      self.job = job
      jobState = .initializing
      tell(.submitted(name), .plain)
    case .slotsRequested(let job, let count) where isShown(job):
      tell(.slotsRequested(count), .plain)
    case .jobState(let job, _, let to, let reason) where isShown(job):
      enter(to, reason: reason)
    case .slotAccepted(let job, let name, let slot) where isShown(job):
      change(name) { $0.hold(slot: slot) }
      missingSlots = nil
    case .slotReleased(let job, let name, let slot) where isShown(job):
      change(name) { $0.release(slot: slot) }
    case .slotAccepted(_, let name, let slot):
      change(name) { if !$0.slotsOfOthers.contains(slot) { $0.slotsOfOthers.append(slot) } }
    case .slotReleased(_, let name, let slot):
      change(name) { $0.slotsOfOthers.removeAll { $0 == slot } }
    case .notEnoughResources(let job, let needed, let available) where isShown(job):
      missingSlots = (needed, available)
      tell(.slotsMissing(needed: needed, available: available), .waiting)
      noteInStory(.slotsMissing(needed: needed, available: available))
    case .restartScheduled(let job, let restart, let delay) where isShown(job):
      restarts = max(restarts, restart)
      restartDue = now + delay
      tell(.restartScheduled(restart: restart, delay: delay), .waiting)
    case .taskState(let change) where isShown(change.job): apply(change)
    case .taskFailed(let job, let task, _, let error) where isShown(job):
      fail(task, error)
    case .endOfData(let job, let subtask) where isShown(job):
      if let lane = lane(of: subtask) { lanes[lane].isAtEnd = true }
    case .rowsCommitted(let job, _, _, let rows, _) where isShown(job):
      rowsCommitted += rows
    default: applyCheckpointEvent(entry)
    }
  }

  private mutating func applyCheckpointEvent(_ entry: JournalEntry) {
    switch entry {
    case .checkpointTriggered(let job, let id) where isShown(job):
      checkpoints.current = CheckpointTrail(
        id: id,
        begun: now,
        channelCounts: channelTable.channelCounts
      )
    case .barrierArrived(let job, let id, let subtask, let channel, _) where isShown(job):
      changeTrail(id, subtask) { $0.arrive(at: $1, channel: channel, at: $2) }
    case .snapshotTaken(let job, let id, let subtask, let entries) where isShown(job):
      changeTrail(id, subtask) { $0.take(at: $1, entries: entries, at: $2) }
    case .checkpointAcknowledged(let job, let id, let subtask, let bytes) where isShown(job):
      changeTrail(id, subtask) { $0.save(at: $1, bytes: bytes, at: $2) }
    case .checkpointCompleted(let job, let id, let bytes, let duration) where isShown(job):
      complete(id, bytes: bytes, duration: duration)
    case .checkpointAborted(let job, let id, let reason) where isShown(job):
      if checkpoints.current?.id == id {
        checkpoints.close(.givenUp(reason: reason), at: now)
      }
      checkpoints.failed += 1
      history.note(id, isCompleted: false, at: now)
      tell(.checkpointAborted(id, reason: reason), .checkpoint)
    case .checkpointTriggerFailed(let job, _) where isShown(job):
      checkpoints.failed += 1
      history.note(nil, isCompleted: false, at: now)
    case .restoring(let job, let id) where isShown(job):
      checkpoints.restored = id
      if !stories.isEmpty { stories[stories.count - 1].noteCheckpoint(id) }
      tell(.restoring(id), .checkpoint)
    case .sourceOffset(let job, let subtask, let offset, let id) where isShown(job):
      noteOffset(offset, of: subtask, checkpoint: id)
    case .sourceStopped(let job, let subtask, let offset) where isShown(job):
      if let lane = lane(of: subtask) { lanes[lane].noteOffset(offset) }
    default: break
    }
  }

  private func isShown(_ job: JobID) -> Bool { self.job == job }

  private mutating func changeTrail(
    _ id: CheckpointID,
    _ subtask: SubtaskID,
    _ change: (inout CheckpointTrail, Int, VirtualInstant) -> Void
  ) {
    guard var trail = checkpoints.current, trail.id == id, let lane = lane(of: subtask) else {
      return
    }
    // Held by nobody else, it is changed in its place.
    checkpoints.current = nil
    change(&trail, lane, now)
    checkpoints.current = trail
  }

  private mutating func complete(_ id: CheckpointID, bytes: Int, duration: VirtualDuration) {
    if checkpoints.current?.id == id {
      checkpoints.close(.completed(bytes: bytes, duration: duration), at: now)
    }
    checkpoints.completed += 1
    checkpoints.latest = CheckpointLedger.Completed(
      id: id,
      at: now,
      bytes: bytes,
      duration: duration
    )
    history.note(id, isCompleted: true, at: now)
    tell(.checkpointCompleted(id, bytes: bytes, duration: duration), .checkpoint)
    if let story = stories.last, story.isRestored { noteInStory(.checkpointCompleted(id)) }
  }

  /// A source says where it begins to read, or where it stood when it took a snapshot.
  private mutating func noteOffset(
    _ offset: Int,
    of subtask: SubtaskID,
    checkpoint: CheckpointID?
  ) {
    guard let lane = lane(of: subtask) else { return }
    if let checkpoint {
      changeTrail(checkpoint, subtask) { $0.inject(at: $1, offset: offset, at: $2) }
    }
    let furthest = lanes[lane].furthestOffset ?? 0
    lanes[lane].noteOffset(offset)
    // Only a source that begins goes back; one that takes a snapshot or ends says where it stands.
    guard checkpoint == nil, !lanes[lane].isAtWork, let story = stories.indices.last else { return }
    stories[story].noteReadAgain(subtask, from: offset, to: furthest)
  }
}

extension JournalEntry {
  /// Whether the job may do something else after it.
  fileprivate var concernsProcessing: Bool {
    switch self {
    case .kernel, .taskManagerRegistered, .taskManagerLost, .jobSubmitted, .jobState, .taskState:
      true
    default: false
    }
  }

  /// The TaskManager that may have another part in the run after it.
  fileprivate var taskManager: String? {
    switch self {
    case .kernel(.processKilled(let name)), .kernel(.processPaused(let name)),
      .kernel(.processResumed(let name)), .taskManagerRegistered(let name, _),
      .taskManagerLost(let name, _, _, _), .slotAccepted(_, let name, _),
      .slotReleased(_, let name, _):
      name
    case .taskState(let change): change.taskManager
    default: nil
    }
  }
}
