public import SimulationKernel
import JobGraphs
import StreamModel

extension JournalEntry: JournalRecord {
  /// Writes the entry's fields in a fixed order; the text is what the digest covers.
  public func write(to line: inout JournalLine) {
    switch self {
    case .kernel(let event): Self.write(event, to: &line)
    case .command(let text): line.add("command", text)
    case .input(let name, let bytes, let hash):
      // The name is a path of the machine: it never enters the journal.
      _ = name
      line.add("event", "input")
      line.add("bytes", bytes)
      line.add("content_hash", hash)
    case .taskManagerRegistered(let name, let slots):
      line.event("task-manager-registered", name: name)
      line.add("slots", slots)
    case .taskManagerLost(let name, let incarnation, let role, let reason):
      line.event("task-manager-lost", name: name)
      line.add("incarnation", incarnation)
      line.add("by", role)
      line.add("reason", reason)
    case .unreachable(let name, let message):
      line.event("unreachable", name: name)
      line.add("message", message)
    case .taskState(let change): change.write(to: &line)
    case .jobSubmitted(let job, let name):
      line.event("job-submitted", job)
      line.add("name", name)
    case .jobState(let job, let from, let to, let reason):
      line.event("job-state", job)
      line.add("from", from.rawValue)
      line.add("to", to.rawValue)
      if let reason { line.add("reason", reason) }
    case .slotsRequested(let job, let count):
      line.event("slots-requested", job)
      line.add("count", count)
    case .slotAccepted(let job, let taskManager, let slot):
      line.event("slot-accepted", job)
      line.add("name", taskManager)
      line.add("slot", slot)
    case .slotReleased(let job, let taskManager, let slot):
      line.event("slot-released", job)
      line.add("name", taskManager)
      line.add("slot", slot)
    case .notEnoughResources(let job, let needed, let available):
      line.event("not-enough-resources", job)
      line.add("needed", needed)
      line.add("available", available)
    case .taskFailed(let job, let task, let attempt, let error):
      line.event("task-failed", job)
      line.add("task", task)
      line.add("attempt", attempt)
      line.add("exception", error.flinkName)
      line.add("message", error.description)
    case .restartScheduled(let job, let restart, let delay):
      line.event("restart-scheduled", job)
      line.add("restart", restart)
      line.add("delay_ns", delay.nanoseconds)
    case .checkpointTriggered(let job, let checkpoint):
      line.event("checkpoint-triggered", job, checkpoint)
    case .checkpointTriggerFailed(let job, let reason):
      line.event("checkpoint-trigger-failed", job)
      line.add("reason", reason)
    case .snapshotTaken(let job, let checkpoint, let subtask, let entries):
      line.event("snapshot-taken", job, checkpoint, subtask)
      line.add("entries", entries)
    case .barrierArrived(let job, let checkpoint, let subtask, let channel, let channels):
      line.event("barrier-arrived", job, checkpoint, subtask)
      line.add("channel", channel)
      line.add("of", channels)
    case .checkpointAcknowledged(let job, let checkpoint, let subtask, let bytes):
      line.event("checkpoint-acknowledged", job, checkpoint, subtask)
      line.add("bytes", bytes)
    case .checkpointCompleted(let job, let checkpoint, let bytes, let duration):
      line.event("checkpoint-completed", job, checkpoint)
      line.add("bytes", bytes)
      line.add("duration_ns", duration.nanoseconds)
    case .checkpointAborted(let job, let checkpoint, let reason):
      line.event("checkpoint-aborted", job, checkpoint)
      line.add("reason", reason)
    case .restoring(let job, let checkpoint):
      line.event("restoring", job, checkpoint)
    case .sourceStopped(let job, let subtask, let offset):
      line.event("source-stopped", job)
      line.add("vertex", subtask.vertex)
      line.add("subtask", subtask.index)
      line.add("offset", offset)
    case .sourceOffset(let job, let subtask, let offset, let checkpoint):
      line.event("source-offset", job, checkpoint, subtask)
      line.add("offset", offset)
    case .rowSetAside(let job, let subtask, let number, let reason):
      line.event("row-set-aside", job, nil, subtask)
      line.add("line", number)
      line.add("reason", reason)
    case .endOfData(let job, let subtask):
      line.event("end-of-data", job, nil, subtask)
    case .rowsCommitted(let job, let sink, let path, let rows, let subtask):
      line.event("rows-committed", job, nil, subtask)
      line.add("sink", sink)
      line.add("path", path)
      line.add("rows", rows)
    }
  }

  private static func write(_ event: KernelEvent, to line: inout JournalLine) {
    switch event {
    case .processStarted(let name, let incarnation):
      line.event("process-started", name: name)
      line.add("incarnation", incarnation)
    case .processKilled(let name): line.event("process-killed", name: name)
    case .processPaused(let name): line.event("process-paused", name: name)
    case .processResumed(let name): line.event("process-resumed", name: name)
    case .processSlowed(let name, let percent):
      line.event("process-slowed", name: name)
      line.add("percent", percent)
    case .linkCut(let first, let second):
      line.event("link-cut", name: first)
      line.add("peer", second)
    case .linkHealed(let first, let second):
      line.event("link-healed", name: first)
      line.add("peer", second)
    case .storageFailing(let isFailing):
      line.add("event", "storage-failing")
      line.add("failing", isFailing)
    }
  }
}

extension TaskStateChange {
  fileprivate func write(to line: inout JournalLine) {
    line.event("task-state", job, nil, subtask)
    line.add("task", task)
    line.add("attempt", attempt)
    line.add("from", from.rawValue)
    line.add("to", to.rawValue)
    if let taskManager { line.add("name", taskManager) }
  }
}

extension JournalLine {
  fileprivate mutating func event(_ event: String, name: String) {
    add("event", event)
    add("name", name)
  }

  fileprivate mutating func event(
    _ event: String,
    _ job: JobID,
    _ checkpoint: CheckpointID? = nil,
    _ subtask: SubtaskID? = nil
  ) {
    add("event", event)
    add("job", hex: job.identifier.high, job.identifier.low)
    if let checkpoint { add("checkpoint", checkpoint.number) }
    if let subtask {
      add("vertex", subtask.vertex)
      add("subtask", subtask.index)
    }
  }
}
