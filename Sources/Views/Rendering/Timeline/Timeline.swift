package import SimulationKernel

/// A whole run over virtual time: the job, its TaskManagers, its checkpoints and what happened.
package struct Timeline: PictureComponent, Equatable {
  /// An instant that someone marked.
  package struct Mark: Sendable, Equatable {
    /// Whether an instant was guessed or is known.
    package enum Kind: Sendable, Equatable {
      /// Somebody guessed it.
      case guess
      /// It is known.
      case fact
    }

    /// What is to be read beside it.
    package var label: String
    /// The instant.
    package var instant: VirtualInstant
    /// Whether it was guessed or is known.
    package var kind: Kind

    /// Marks an instant.
    package init(_ label: String, at instant: VirtualInstant, _ kind: Kind) {
      self.label = label
      self.instant = instant
      self.kind = kind
    }
  }

  /// What the run was like.
  package let history: RunHistory
  /// The instant up to which it is known.
  package let now: VirtualInstant
  /// What is marked on it.
  package var marks: [Mark]

  /// Makes the timeline of a run at the moment that its picture shows.
  package init(_ picture: RunPicture, marks: [Mark] = []) {
    history = picture.history
    now = picture.now
    self.marks = marks
  }

  /// The same with another mark on it.
  package func marked(_ mark: Mark) -> Timeline {
    var timeline = self
    timeline.marks.append(mark)
    return timeline
  }

  /// The instants that it must have room for.
  var end: VirtualInstant { marks.map(\.instant).reduce(now, max) }
}

extension RunPicture {
  /// The whole run over virtual time.
  package var timeline: Timeline { Timeline(self) }
}
