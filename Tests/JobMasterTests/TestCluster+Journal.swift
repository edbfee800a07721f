import ClusterProtocol
import JobGraphs
import JobMaster
import SimulationKernel
import StreamModel

/// What a journal says about one job, with times in milliseconds after an instant.
extension TestCluster {
  /// When the job reached a state, in order.
  func times(of state: JobState, after origin: VirtualInstant) -> [Int64] {
    entries(after: origin).compactMap { time, entry in
      if case .jobState(_, _, state, _) = entry { time } else { nil }
    }
  }

  /// When all tasks were RUNNING, once for each deployment that got so far.
  func timesOfAllRunning(after origin: VirtualInstant) -> [Int64] {
    var running: Set<SubtaskID> = []
    let needed = jobMaster?.execution.subtasks.count ?? 0
    return entries(after: origin).compactMap { time, entry in
      guard case .taskState(let change) = entry else { return nil }
      if change.to == .running {
        running.insert(change.subtask)
        return running.count == needed ? time : nil
      }
      running.remove(change.subtask)
      return nil
    }
  }

  /// When TaskManagers were given up.
  func timesOfLoss(after origin: VirtualInstant) -> [Int64] {
    entries(after: origin).compactMap { time, entry in
      if case .taskManagerLost = entry { time } else { nil }
    }
  }

  /// The tasks' failures.
  func failures(after origin: VirtualInstant) -> [(time: Int64, error: ClusterError)] {
    entries(after: origin).compactMap { time, entry in
      if case .taskFailed(_, _, _, let error) = entry { (time, error) } else { nil }
    }
  }

  /// The checkpoints that tasks were restored from.
  func restored(after origin: VirtualInstant) -> [Int?] {
    entries(after: origin).compactMap { _, entry in
      if case .restoring(_, let checkpoint) = entry { .some(checkpoint?.number) } else { nil }
    }
  }

  /// The checkpoints that were completed.
  func completed(after origin: VirtualInstant) -> [Int] {
    entries(after: origin).compactMap { _, entry in
      if case .checkpointCompleted(_, let checkpoint, _, _) = entry {
        checkpoint.number
      } else {
        nil
      }
    }
  }

  /// The checkpoints that were given up, with the reason.
  func aborted(after origin: VirtualInstant) -> [(number: Int, reason: String)] {
    entries(after: origin).compactMap { _, entry in
      if case .checkpointAborted(_, let checkpoint, let reason) = entry {
        (checkpoint.number, reason)
      } else {
        nil
      }
    }
  }

  private func entries(after origin: VirtualInstant) -> [(Int64, JournalEntry)] {
    simulation.journal.items.filter { $0.instant >= origin }.map {
      (($0.instant - origin).milliseconds, $0.entry)
    }
  }
}
