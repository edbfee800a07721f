/// The signs of a timeline.
enum TimelineSign: Sendable, CaseIterable {
  case processing, waiting, used, spare, paused, unnoticed
  case checkpoint, checkpointFailed
  case failure, brokenConnection, futile, lossDeclared, restored, ended

  /// Those that a strip of one row can show.
  static let ofTheStrip: [TimelineSign] = [
    .processing, .waiting, .checkpoint, .checkpointFailed, .failure, .brokenConnection, .futile,
    .lossDeclared, .restored, .ended,
  ]

  init(_ part: RunHistory.Part) {
    switch part {
    case .used: self = .used
    case .spare: self = .spare
    case .paused: self = .paused
    case .deadUnnoticed: self = .unnoticed
    case .lost: self = .lossDeclared
    }
  }

  init(_ event: RunHistory.Event) {
    switch event {
    case .futile: self = .futile
    case .restored: self = .restored
    case .lossDeclared: self = .lossDeclared
    case .killed, .taskFailed: self = .failure
    case .connectionBroken: self = .brokenConnection
    case .ended: self = .ended
    }
  }

  /// The sign itself.
  var mark: Mark {
    switch self {
    case .processing: .processing
    case .waiting: .idle
    case .used: .used
    case .spare: .spare
    case .paused: .stopped
    case .unnoticed: .unnoticed
    case .checkpoint: .saved
    case .checkpointFailed: .aborted
    case .failure: .failed
    case .brokenConnection: .brokenConnection
    case .futile: .futile
    case .lossDeclared: .lossDeclared
    case .restored: .restored
    case .ended: .ended
    }
  }

  /// What its colour means.
  var ink: Ink {
    switch self {
    case .processing, .used, .restored: .running
    case .waiting, .futile, .paused: .waiting
    case .checkpoint, .checkpointFailed: .checkpoint
    case .failure, .brokenConnection, .lossDeclared, .unnoticed: .failed
    case .spare: .faint
    case .ended: .strong
    }
  }
}
