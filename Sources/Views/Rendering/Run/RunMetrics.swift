package import StreamModel

/// The numbers of a run that its journal does not hold: a snapshot of what each subtask counted.
package struct RunMetrics: Sendable, Equatable {
  /// What one subtask counted.
  package struct Subtask: Sendable, Equatable {
    /// The subtask.
    package var id: SubtaskID
    /// The attempt that counted; nil means the current one, and another one's numbers are ignored.
    package var attempt: Int?
    /// The slot that it runs in; nil where that is not known.
    package var slot: Int?
    /// The records that the attempt took in; for a source its offset: what it read, and what lies
    /// before the offset that it was restored to.
    package var recordsIn: Int
    /// The records that the attempt gave out.
    package var recordsOut: Int

    /// Makes the numbers of a subtask.
    package init(
      id: SubtaskID,
      attempt: Int? = nil,
      slot: Int? = nil,
      recordsIn: Int,
      recordsOut: Int
    ) {
      self.id = id
      self.attempt = attempt
      self.slot = slot
      self.recordsIn = recordsIn
      self.recordsOut = recordsOut
    }
  }

  /// The subtasks that can be asked, in any order; the others keep their last numbers.
  package var subtasks: [Subtask]

  /// Makes a snapshot.
  package init(subtasks: [Subtask] = []) {
    self.subtasks = subtasks
  }
}
