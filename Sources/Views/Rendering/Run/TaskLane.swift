import ClusterProtocol
package import JobGraphs
package import StreamModel

/// One subtask as a picture shows it: a lane in the box of its vertex.
package struct TaskLane: Sendable, Equatable {
  /// The subtask.
  package let id: SubtaskID
  /// The state of its current attempt, as its JobMaster sees it.
  package var state = ExecutionState.created
  /// How often it was tried before.
  package var attempt = 0
  /// The TaskManager of its current attempt.
  package var taskManager: String?
  /// The slot of its current attempt, where that is known.
  package var slot: Int?
  /// The records that its current attempt took in; a source has an offset instead.
  package var recordsIn = 0
  /// The records that its current attempt gave out.
  package var recordsOut = 0
  /// How far a source has read.
  package var sourceOffset: Int?
  /// How far a source ever had read; what lies between here and a restored offset is read again.
  package var furthestOffset: Int?
  /// Whether it has read all of its input.
  package var isAtEnd = false

  init(id: SubtaskID) {
    self.id = id
  }

  /// Whether it does what a healthy job's task does.
  var isAtWork: Bool { state == .running || state == .finished }

  mutating func apply(_ change: TaskStateChange) {
    if change.attempt != attempt {
      attempt = change.attempt
      recordsIn = 0
      recordsOut = 0
      taskManager = nil
      slot = nil
      sourceOffset = nil
      isAtEnd = false
    }
    state = change.to
    if let name = change.taskManager { taskManager = name }
  }

  mutating func apply(_ numbers: RunMetrics.Subtask, isSource: Bool) {
    guard numbers.attempt ?? attempt == attempt else { return }
    if let slot = numbers.slot { self.slot = slot }
    recordsOut = numbers.recordsOut
    if isSource {
      noteOffset(numbers.recordsIn)
    } else {
      recordsIn = numbers.recordsIn
    }
  }

  mutating func noteOffset(_ offset: Int) {
    sourceOffset = offset
    furthestOffset = max(furthestOffset ?? 0, offset)
  }
}
