package import StreamModel

/// What a lane's state has to do with a checkpoint: its snapshot is taken, or it comes back.
package enum LaneGauge: Sendable, Equatable {
  /// Nothing.
  case idle
  /// The barrier has not arrived on any channel.
  case untouched(CheckpointID)
  /// It arrived on some channels; the lane waits for the others.
  case waiting(CheckpointID, arrived: Int, of: Int)
  /// The snapshot is taken; it holds so many entries.
  case taken(CheckpointID, entries: Int)
  /// The snapshot is saved; it holds so many entries.
  case saved(CheckpointID, entries: Int)
  /// The state will come back, once the lane is deployed.
  case toRestore(CheckpointID)
  /// The state is coming back.
  case restoring(CheckpointID)
  /// The state is back.
  case restored(CheckpointID)
  /// The state is back, and a source reads again what it had read, up to that offset.
  case readsAgain(CheckpointID, upTo: Int)

  init(_ id: CheckpointID, _ part: CheckpointTrail.Part) {
    switch part.stage {
    case .untouched: self = .untouched(id)
    case .reached:
      self = .waiting(id, arrived: part.arrivedCount, of: part.arrivals.count)
    case .taken: self = .taken(id, entries: part.entries)
    case .saved: self = .saved(id, entries: part.entries)
    }
  }

  /// How much of it is filled, in thousandths.
  package var thousandths: Int {
    switch self {
    case .idle, .untouched, .toRestore: 0
    case .waiting(_, let arrived, let count): arrived * 1000 / max(1, count)
    case .taken, .saved, .restoring, .restored, .readsAgain: 1000
    }
  }

  /// What fills it.
  var mark: Mark {
    switch self {
    case .waiting: .gaugeLight
    case .taken: .gaugeHalf
    case .restoring: .gaugeBack
    case .idle, .untouched, .saved, .toRestore, .restored, .readsAgain: .gaugeFull
    }
  }

  /// The gauge in that many columns, brackets included; blank where there is nothing to show.
  func drawing(columns: Int, _ style: TextStyle) -> TextLine {
    guard self != .idle else { return TextLine(String(repeating: " ", count: columns)) }
    let room = columns - 2
    // What waits is never full: the rest fills when the snapshot is taken.
    let filled: Int
    if case .waiting = self {
      filled = min(room - 1, max(1, thousandths * room / 1000))
    } else {
      filled = thousandths * room / 1000
    }
    var line = TextLine("[", .faint)
    line.add(String(repeating: style(mark), count: filled), ink)
    line.add(String(repeating: " ", count: room - filled))
    line.add("]", .faint)
    return line
  }

  /// What its colour means.
  var ink: Ink {
    if case .waiting = self { .waiting } else { .checkpoint }
  }
}
