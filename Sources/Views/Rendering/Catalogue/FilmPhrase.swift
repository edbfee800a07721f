import SimulationKernel
import StreamModel

/// What is written on a film of a checkpoint, and its sentences.
enum FilmPhrase: Phrase {
  case title(
    CheckpointID,
    begun: VirtualInstant,
    VirtualDuration?,
    CheckpointTrail.Ending?
  )
  case occasion(CheckpointFilm.Occasion, CheckpointTrail.Ending?)
  case event(CheckpointFilm.Event)
  // Sentences.
  case moment(CheckpointFilm.Moment)
  case still(CheckpointFilm.Still, CheckpointTrail.Ending?)

  var english: String {
    switch self {
    case .title(let id, let begun, let length, let ending):
      Self.title(id, begun, length, ending)
    case .occasion(let occasion, let ending): Self.text(of: occasion, ending)
    case .event(let event): Self.short(event)
    case .moment(let moment):
      "After \(Quantity.fineSpan(moment.at)) \(Self.text(of: moment.event))."
    case .still(let still, let ending): Self.sentence(still, ending)
    }
  }

  private static func title(
    _ id: CheckpointID,
    _ begun: VirtualInstant,
    _ length: VirtualDuration?,
    _ ending: CheckpointTrail.Ending?
  ) -> String {
    let start = "Checkpoint \(id), begun at \(Quantity.moment(begun))"
    return switch ending {
    case .completed(let bytes, _):
      "\(start), complete after \(Quantity.fineSpan(length ?? .zero)): \(Quantity.bytes(bytes))"
    case .givenUp: "\(start), given up after \(Quantity.fineSpan(length ?? .zero))"
    case nil: "\(start), still under way"
    }
  }

  private static func text(
    of occasion: CheckpointFilm.Occasion,
    _ ending: CheckpointTrail.Ending?
  ) -> String {
    switch occasion {
    case .underWay: "the barriers are on their way"
    case .held: "where one barrier waits for others, its channel is held"
    case .lastBarrier: "the last barrier is on its way"
    case .allTaken: "every snapshot is taken; now they are written"
    case .last:
      switch ending {
      case .completed: "the checkpoint is complete"
      case .givenUp: "the checkpoint is given up"
      case nil: "this is how far it has come"
      }
    }
  }

  private static func short(_ event: CheckpointFilm.Event) -> String {
    switch event {
    case .injected(let task, let offset):
      "\(task): sends the barrier" + (offset.map { " at offset \(Quantity.grouped($0))" } ?? "")
    case .arrived(let task, _, let channel, let count, let isHeld):
      "\(task): barrier on channel \(channel) of \(count)" + (isHeld ? ", held" : "")
    case .aligned(let task, let span):
      "\(task): aligned, \(Quantity.fineSpan(span)) after the first"
    case .taken(let task, let entries):
      "\(task): snapshot taken"
        + (entries > 0 ? ", \(Wording.count(entries, "entry", "entries"))" : "")
    case .saved(let task, let bytes): "\(task): snapshot saved, \(Quantity.bytes(bytes))"
    case .begun, .completed, .givenUp: text(of: event)
    }
  }

  private static func text(of event: CheckpointFilm.Event) -> String {
    switch event {
    case .begun: "the checkpoint begins"
    case .injected(let task, let offset):
      "\(task) sends the barrier"
        + (offset.map { " behind what it read up to offset \(Quantity.grouped($0))" } ?? "")
    case .arrived(let task, let from, let channel, let count, let isHeld):
      "\(task) gets the barrier of \(from), channel \(channel) of \(count)"
        + (isHeld ? ", and holds that channel" : "")
    case .aligned(let task, let span):
      "\(task) has the barrier on every channel, \(Quantity.fineSpan(span)) after the first"
    case .taken(let task, let entries):
      "\(task) takes its snapshot: \(Wording.count(entries, "entry", "entries"))"
    case .saved(let task, let bytes): "\(task) has saved its snapshot: \(Quantity.bytes(bytes))"
    case .completed(let bytes): "the checkpoint is complete: \(Quantity.bytes(bytes))"
    case .givenUp(let reason):
      "the checkpoint is given up" + (reason.isEmpty ? "" : ": \(reason)")
    }
  }

  private static func sentence(
    _ still: CheckpointFilm.Still,
    _ ending: CheckpointTrail.Ending?
  ) -> String {
    let inputs = still.vertices.flatMap(\.inputs)
    let underWay = inputs.reduce(0) { $0 + $1.underWayCount }
    let arrived = inputs.reduce(0) { $0 + $1.arrivedCount }
    let held = inputs.reduce(0) { $0 + $1.held.count }
    let count = inputs.reduce(0) { $0 + $1.tracks.count }
    let gauges = still.vertices.flatMap(\.gauges)
    let taken = gauges.count { if case .taken = $0 { true } else { false } }
    let saved = gauges.count { if case .saved = $0 { true } else { false } }
    return "Still after \(Quantity.fineSpan(still.at)), \(text(of: still.occasion, ending)): "
      + "barriers on the way on \(underWay) of \(Wording.count(count, "channel")), "
      + "arrived on \(arrived), held on \(held); "
      + "snapshots taken \(taken + saved) of \(gauges.count), saved \(saved)."
  }

  static func look(of event: CheckpointFilm.Event) -> (mark: Mark, ink: Ink) {
    switch event {
    case .begun: (.waiting, .checkpoint)
    case .injected: (.barrier, .checkpoint)
    case .arrived(_, _, _, _, let isHeld):
      isHeld ? (.stopped, .waiting) : (.barrier, .checkpoint)
    case .aligned: (.finished, .running)
    case .taken: (.gaugeHalf, .checkpoint)
    case .saved: (.snapshot, .checkpoint)
    case .completed: (.saved, .checkpoint)
    case .givenUp: (.aborted, .failed)
    }
  }
}
