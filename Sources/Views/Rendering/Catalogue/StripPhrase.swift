import SimulationKernel

/// The words of the legend under the strip of a run.
enum StripPhrase: Phrase, CaseIterable {
  case processing, waiting, checkpoint, checkpointFailed, failure, futile, lossDeclared, restored
  case ended

  var english: String {
    switch self {
    case .processing: "processing"
    case .waiting: "waiting"
    case .checkpoint: "checkpoint"
    case .checkpointFailed: "checkpoint given up"
    case .failure: "failure"
    case .futile: "redeployed in vain"
    case .lossDeclared: "declared lost"
    case .restored: "restored"
    case .ended: "ended"
    }
  }

  var mark: Mark {
    switch self {
    case .processing: .processing
    case .waiting: .idle
    case .checkpoint: .saved
    case .checkpointFailed: .aborted
    case .failure: .failed
    case .futile: .futile
    case .lossDeclared: .lossDeclared
    case .restored: .restored
    case .ended: .ended
    }
  }

  var ink: Ink {
    switch self {
    case .processing, .restored: .running
    case .waiting, .futile: .waiting
    case .checkpoint, .checkpointFailed: .checkpoint
    case .failure, .lossDeclared: .failed
    case .ended: .strong
    }
  }
}

extension RunStrip.Cell {
  /// The legend's entry for what the cell shows; nil where it shows nothing.
  var phrase: StripPhrase? {
    switch self {
    case .empty, .phase(.silent): nil
    case .phase(.processing): .processing
    case .phase(.waiting): .waiting
    case .event(let event):
      switch event {
      case .checkpoint: .checkpoint
      case .checkpointFailed: .checkpointFailed
      case .futile: .futile
      case .restored: .restored
      case .lossDeclared: .lossDeclared
      case .failure: .failure
      case .ended: .ended
      }
    }
  }
}
