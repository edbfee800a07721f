import JobGraphs
import SimulationKernel
import StreamModel

/// What the report at the end of a run says.
enum ReportPhrase: Phrase {
  /// How often a record counts that is read again.
  enum Counting {
    /// Once, since the state goes back with the offsets.
    case once
    /// Once, since nothing is seen of a task in batch that did not finish.
    case onceInBatch
    /// Nobody sees to it.
    case perhapsTwice
  }

  case verdict(job: String, VirtualInstant), because(String)
  case recordsIn, rowsCommitted, restarts, checkpoints, digest
  case eachOnce, checkpointCounts(completed: Int, failed: Int)
  case recovery(RecoveryStory), sinceFailure, andMore(Int)
  case readAgain(CheckpointID?), readAgainLane(from: Int, to: Int)
  case readAgainTotal(Int, Counting)
  case firstRows(Int, of: Int)
  case stepLater(VirtualDuration, RecoveryPhrase)

  var english: String {
    switch self {
    case .verdict(let job, let instant): "\(job) after \(Quantity.moment(instant)) of virtual time"
    case .because(let reason): reason
    case .recordsIn: "records in"
    case .rowsCommitted: "rows committed"
    case .restarts: "restarts"
    case .checkpoints: "checkpoints"
    case .digest: "digest"
    case .eachOnce: "each once, however often it was read"
    case .checkpointCounts(let completed, let failed): "\(completed) completed, \(failed) failed"
    case .recovery(let story): Self.title(of: story)
    case .sinceFailure: "time since then"
    case .andMore(let count): "and \(count) more like it"
    case .readAgain(let checkpoint):
      checkpoint.map { "Read again, because it came after checkpoint \($0)" }
        ?? "Read again from the beginning"
    case .readAgainLane(let from, let to):
      "from offset \(Quantity.grouped(from)) to \(Quantity.grouped(to)): "
        + Wording.count(to - from, "record")
    case .readAgainTotal(let count, .once):
      Wording.count(count, "record")
        + " went through twice; the state went back with the offsets, so each counts once"
    case .readAgainTotal(let count, .onceInBatch):
      Wording.count(count, "record")
        + " went through twice; nothing was kept of a task that did not finish, so each counts once"
    case .readAgainTotal(let count, .perhapsTwice):
      Wording.count(count, "record")
        + " went through twice; without exactly-once some may count twice"
    case .stepLater(let time, let phrase): "After \(Quantity.span(time)) \(phrase.english)."
    case .firstRows(let shown, let count):
      shown == count
        ? "All \(Wording.count(count, "row"))"
        : "The first \(shown) of \(Wording.count(count, "row"))"
    }
  }

  private static func title(of story: RecoveryStory) -> String {
    let moment = Quantity.moment(story.began)
    for (_, step) in story.steps {
      if case .killed(let name) = step { return "\(name) was killed at \(moment): what followed" }
      if case .taskFailed(let task, _) = step {
        return "\(task) failed at \(moment): what followed"
      }
    }
    return "The job failed at \(moment): what followed"
  }
}

/// One step of a recovery, as the report tells it.
enum RecoveryPhrase: Phrase, Equatable {
  case step(RecoveryStory.Step)
  case inVainAgain
  case repeatedInBatch

  var english: String {
    guard case .step(let step) = self else {
      return self == .inVainAgain
        ? "redeployed in vain again, for the same reason"
        : "what was lost is deployed anew"
    }
    switch step {
    case .killed(let name): return "\(name) was killed"
    case .taskFailed(let task, let reason): return "\(task) failed: \(reason)"
    case .restarting: return "the job is RESTARTING"
    case .redeployed(let checkpoint):
      return checkpoint.map { "redeployed from checkpoint \($0)" }
        ?? "redeployed from the beginning"
    case .redeployedInVain(let reason):
      return "redeployed in vain" + (reason.map { ": \($0)" } ?? "")
    case .lossDeclared(let name): return "\(name) was declared lost"
    case .slotsMissing(let needed, let available):
      return "\(Wording.count(needed, "slot")) needed, \(available) there: the tasks wait"
    case .allRunning: return "every task is RUNNING"
    case .checkpointCompleted(let id):
      return "checkpoint \(id) completed, the first after the failure"
    case .ended(let state): return "the job is \(state)"
    }
  }

  var look: (mark: Mark, ink: Ink) {
    guard case .step(let step) = self else {
      return self == .inVainAgain ? (.futile, .waiting) : (.restored, .running)
    }
    return switch step {
    case .killed, .taskFailed: (.failed, .failed)
    case .restarting, .slotsMissing: (.idle, .waiting)
    case .redeployed: (.restored, .checkpoint)
    case .redeployedInVain: (.futile, .waiting)
    case .lossDeclared: (.lossDeclared, .failed)
    case .allRunning: (.running, .running)
    case .checkpointCompleted: (.saved, .checkpoint)
    case .ended: (.ended, .strong)
    }
  }
}
