import JobGraphs
import SimulationKernel
import StreamModel

/// What is written on a timeline, and its sentences.
enum TimelinePhrase: Phrase {
  case job, checkpoints, events
  case meaning(TimelineSign)
  case mark(Timeline.Mark)
  // Sentences.
  case marked(Timeline.Mark)
  case length(VirtualInstant)
  case phase(RunHistory.Phase, from: VirtualInstant, to: VirtualInstant)
  case part(RunHistory.Part, name: String, from: VirtualInstant, to: VirtualInstant)
  case happening(RunHistory.Happening)
  case checkpoint(RunHistory.CheckpointEnd)
  case checkpointsInBetween(Int)

  var english: String {
    switch self {
    case .job: "the job"
    case .checkpoints: "checkpoints"
    case .events: "what happened"
    case .meaning(let sign): Self.meaning(of: sign)
    case .mark(let mark):
      "\(mark.label) \(Quantity.moment(mark.instant))"
    case .marked(let mark):
      "Marked at \(Quantity.moment(mark.instant)) as a "
        + (mark.kind == .guess ? "guess: " : "fact: ") + mark.label + "."
    case .length(let now): "The run is shown up to \(Quantity.moment(now))."
    case .phase(let phase, let from, let to):
      "From \(Quantity.moment(from)) to \(Quantity.moment(to)) the job "
        + (phase == .processing ? "is processing." : "is waiting.")
    // A name begins as it is written.
    case .part(let part, let name, let from, let to):
      Self.part(part, name, "from \(Quantity.moment(from)) to \(Quantity.moment(to))") + "."
    case .happening(let happening):
      Wording.sentence("at \(Quantity.moment(happening.at)) \(Self.event(happening.event))")
    case .checkpoint(let end):
      "At \(Quantity.moment(end.at)) "
        + (end.id.map { "checkpoint \($0)" } ?? "a checkpoint")
        + (end.isCompleted ? " completed." : " was given up.")
    case .checkpointsInBetween(let count):
      Wording.sentence("\(Wording.count(count, "other checkpoint")) completed in between")
    }
  }

  private static func meaning(of sign: TimelineSign) -> String {
    switch sign {
    case .processing: "processing"
    case .waiting: "waiting"
    case .used: "used"
    case .spare: "spare"
    case .paused: "paused"
    case .unnoticed: "dead, unnoticed"
    case .checkpoint: "checkpoint"
    case .checkpointFailed: "checkpoint given up"
    case .failure: "failure"
    case .brokenConnection: "connection breaks"
    case .futile: "redeployed in vain"
    case .lossDeclared: "loss noticed"
    case .restored: "restored"
    case .ended: "ended"
    }
  }

  private static func part(_ part: RunHistory.Part, _ name: String, _ time: String) -> String {
    switch part {
    case .used: "\(name) is used \(time)"
    case .spare: "\(name) is spare \(time)"
    case .paused: "\(name) is paused \(time)"
    case .deadUnnoticed: "\(name) is dead and unnoticed \(time)"
    case .lost: "\(name) is lost \(time)"
    }
  }

  private static func event(_ event: RunHistory.Event) -> String {
    switch event {
    case .futile(let reason): "the job was redeployed in vain" + (reason.map { ": \($0)" } ?? "")
    case .restored(let id): "every task runs again" + (id.map { ", from checkpoint \($0)" } ?? "")
    case .lossDeclared(let name): "the loss of \(name) was noticed"
    case .killed(let name): "\(name) was killed"
    case .taskFailed(let task): "\(task) failed"
    case .connectionBroken(let task, let peer): "\(task) lost its connection to \(peer)"
    case .ended(let state): "the job is \(state.rawValue)"
    }
  }
}
