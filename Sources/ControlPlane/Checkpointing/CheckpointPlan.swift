package import JobGraphs
package import StreamModel

/// Which tasks take part in a checkpoint, and how.
///
/// *Source:* Flink `DefaultCheckpointPlanCalculator`; checkpoints after some tasks have finished
/// are FLIP-147.
package struct CheckpointPlan: Sendable, Equatable {
  /// The tasks that are told to begin: those that run and have no running task before them.
  package var toTrigger: [SubtaskID]
  /// The tasks that take a snapshot: all that have not finished.
  package var toAcknowledge: [SubtaskID]
  /// The tasks that had finished, whose last snapshot is carried forward.
  package var finished: [SubtaskID]

  /// Makes a plan.
  package init(toTrigger: [SubtaskID], toAcknowledge: [SubtaskID], finished: [SubtaskID]) {
    self.toTrigger = toTrigger
    self.toAcknowledge = toAcknowledge
    self.finished = finished
  }

  /// Plans a checkpoint of the job as it is now; nil when a task that would have to begin it does
  /// not run yet.
  ///
  /// A task behind one that runs need not run yet itself: it takes the barrier when it does.
  package init?(of execution: ExecutionGraph) {
    let isFinished: (SubtaskID) -> Bool = { execution[$0].state == .finished }
    let finished = execution.subtasks.filter(isFinished)
    let unfinished = execution.subtasks.filter { !isFinished($0) }
    let toTrigger = unfinished.filter { execution.allProducers(of: $0, satisfy: isFinished) }
    guard toTrigger.allSatisfy({ execution[$0].state == .running }) else { return nil }
    self.init(toTrigger: toTrigger, toAcknowledge: unfinished, finished: finished)
  }
}
