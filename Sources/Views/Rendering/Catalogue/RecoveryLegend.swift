import StreamModel

/// What is written in the picture of a recovery, and its sentences.
enum RecoveryLegend: Phrase {
  case title(CheckpointID?), source, stateTitle
  case readOnce, readTwice, toBeReadTwice, skipped, checkpointOffset(CheckpointID?), failure, now
  case key, atFailure, inCheckpoint(CheckpointID?), noValue
  case total(Int, isRestored: Bool, countsOnce: Bool)
  // Sentences.
  case stretch(RecoveryPicture.Source, isRestored: Bool)
  case reading(StateReading, CheckpointID?)

  var english: String {
    switch self {
    case .title(let id):
      id.map { "Offsets and state go back together, to checkpoint \($0)" }
        ?? "Without a checkpoint everything goes back to the beginning"
    case .source: "source"
    case .stateTitle: "The state of some keys"
    case .readOnce: "read once"
    case .readTwice: "read twice"
    case .toBeReadTwice: "to be read again"
    case .skipped: "shortened"
    case .checkpointOffset(let id): id.map { "checkpoint \($0)" } ?? "beginning"
    case .failure: "furthest before the failure"
    case .now: "now"
    case .key: "key"
    case .atFailure: "at the failure"
    case .inCheckpoint(let id): id.map { "in checkpoint \($0)" } ?? "at the beginning"
    case .noValue: "none"
    case .total(let count, let isRestored, let countsOnce):
      Self.total(count, isRestored, countsOnce)
    case .stretch(let source, let isRestored): Self.stretch(source, isRestored)
    case .reading(let reading, let id): Self.sentence(of: reading, id)
    }
  }

  private static func total(_ count: Int, _ isRestored: Bool, _ countsOnce: Bool) -> String {
    if count == 0 {
      return "Nothing is read again: the checkpoint holds all that was read before the failure"
    }
    let records = Wording.count(count, "record")
    // How many it will be can be read off the axes; a learner may be asked for it.
    let twice =
      isRestored
      ? "\(records) went through twice" : "What lies behind the checkpoint will go through twice"
    let back =
      isRestored ? "went back with the offsets and had" : "goes back with the offsets and has"
    return countsOnce
      ? "\(twice). The state \(back) forgotten them: each counts once"
      : "\(twice). Without exactly-once the state may know some of them already: these count twice"
  }

  private static func sentence(of reading: StateReading, _ id: CheckpointID?) -> String {
    func text(_ value: Int?) -> String {
      value.map { Quantity.grouped($0) } ?? RecoveryLegend.noValue.english
    }
    let checkpoint = RecoveryLegend.inCheckpoint(id).english
    return "Key \(reading.key): \(text(reading.atFailure)) at the failure, "
      + "\(text(reading.inCheckpoint)) \(checkpoint), \(text(reading.now)) now."
  }

  private static func stretch(_ source: RecoveryPicture.Source, _ isRestored: Bool) -> String {
    let (from, to) = (Quantity.grouped(source.checkpoint), Quantity.grouped(source.furthest))
    let again =
      source.readTwice == 0
      ? "goes on at offset \(from), and reads nothing twice"
      : (isRestored
        ? "went back from offset \(to) to \(from)" : "goes back from offset \(to) to \(from)")
        + ": \(Wording.count(source.readTwice, "record")) "
        + (isRestored ? "read twice" : "to be read again")
    let now = source.now.map { "; it is at \(Quantity.grouped($0)) now" } ?? ""
    return "\(source.task) \(again)\(now)."
  }
}
