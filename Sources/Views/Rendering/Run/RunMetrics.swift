package import StreamModel

/// The numbers of a run that its journal does not hold: a snapshot of what each subtask counted.
package struct RunMetrics: Sendable, Equatable {
  /// What one subtask counted.
  package struct Subtask: Sendable, Equatable {
    /// The subtask.
    package var id: SubtaskID
    /// The records that its current attempt took in.
    package var recordsIn: Int
    /// The records that its current attempt gave out.
    package var recordsOut: Int
    /// How many elements of its input a source has read, those before its restored offset included.
    package var sourceOffset: Int?

    /// Makes the numbers of a subtask.
    package init(id: SubtaskID, recordsIn: Int, recordsOut: Int, sourceOffset: Int? = nil) {
      self.id = id
      self.recordsIn = recordsIn
      self.recordsOut = recordsOut
      self.sourceOffset = sourceOffset
    }
  }

  /// The subtasks that can be asked, in any order; the others keep their last numbers.
  package var subtasks: [Subtask]

  /// Makes a snapshot.
  package init(subtasks: [Subtask] = []) {
    self.subtasks = subtasks
  }
}
