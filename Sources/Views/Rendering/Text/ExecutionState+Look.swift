import JobGraphs

extension ExecutionState {
  /// The sign of the state.
  var mark: Mark {
    switch self {
    case .running: .running
    case .failed: .failed
    case .finished: .finished
    case .canceled: .canceled
    case .created, .scheduled, .deploying, .initializing, .canceling: .waiting
    }
  }

  /// The colour of the state.
  var ink: Ink {
    switch self {
    case .running, .finished: .running
    case .failed: .failed
    case .canceled: .faint
    case .created, .scheduled, .deploying, .initializing, .canceling: .waiting
    }
  }
}

extension JobState {
  /// The sign of the state.
  var mark: Mark {
    switch self {
    case .running: .running
    case .failing, .failed: .failed
    case .finished: .finished
    case .canceled: .canceled
    case .initializing, .created, .cancelling, .restarting: .waiting
    }
  }

  /// The colour of the state.
  var ink: Ink {
    switch self {
    case .running, .finished: .running
    case .failing, .failed: .failed
    case .canceled: .faint
    case .initializing, .created, .cancelling, .restarting: .waiting
    }
  }
}
