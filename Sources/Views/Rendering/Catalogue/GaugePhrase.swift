import StreamModel

/// What stands beside the gauge of a lane.
enum GaugePhrase: Phrase {
  case full(LaneGauge), short(LaneGauge), word(LaneGauge)

  var english: String {
    switch self {
    case .full(let gauge): Self.full(gauge)
    case .short(let gauge): Self.short(gauge)
    case .word(let gauge): Self.word(gauge)
    }
  }

  private static func full(_ gauge: LaneGauge) -> String {
    switch gauge {
    case .idle: ""
    case .untouched: "untouched"
    case .waiting(_, let arrived, let count): "waits, \(arrived) of \(count) arrived"
    case .taken(_, let entries): "taken: \(Wording.count(entries, "entry", "entries"))"
    case .saved(_, let entries): "saved: \(Wording.count(entries, "entry", "entries"))"
    case .toRestore(let id): "to come back from \(id)"
    case .restoring(let id): "comes back from \(id)"
    case .restored(let id): "back from \(id)"
    case .readsAgain(let id, let offset):
      "back from \(id), reads again to \(Quantity.grouped(offset))"
    }
  }

  private static func short(_ gauge: LaneGauge) -> String {
    switch gauge {
    case .waiting(_, let arrived, let count): "waits, \(arrived) of \(count)"
    case .taken(_, let entries): "taken: \(Quantity.fitted(entries, columns: 5))"
    case .saved(_, let entries): "saved: \(Quantity.fitted(entries, columns: 5))"
    case .toRestore(let id): "from \(id) later"
    case .restoring(let id): "comes from \(id)"
    case .readsAgain(_, let offset): "again to \(Quantity.fitted(offset, columns: 5))"
    case .idle, .untouched, .restored: full(gauge)
    }
  }

  private static func word(_ gauge: LaneGauge) -> String {
    switch gauge {
    case .idle, .untouched: ""
    case .waiting(_, let arrived, let count): "\(arrived)/\(count)"
    case .taken: "taken"
    case .saved: "saved"
    case .toRestore: "to come"
    case .restoring: "comes"
    case .restored: "back"
    case .readsAgain: "again"
    }
  }
}
