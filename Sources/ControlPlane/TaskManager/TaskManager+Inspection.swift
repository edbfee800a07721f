import ClusterProtocol
package import KeyedState
package import StreamModel
import StreamOperators
import TaskRuntime

/// What an observer can see of the tasks without their taking notice.
extension TaskManager {
  /// How far the sources at work have come.
  package var sourceOffsets: [(job: JobID, subtask: SubtaskID, offset: Int)] {
    order.compactMap { task in
      task.sourceOffset.map { (task.attempt.job, $0.subtask, $0.offset) }
    }
  }

  /// The keyed state of a job's running tasks as it is now.
  ///
  /// - Throws: `StateCodecError` when a value cannot be encoded.
  package func keyedState(
    of job: JobID
  ) throws -> [(attempt: ExecutionAttemptID, bytes: KeyedStateBytes)] {
    try order.filter { $0.attempt.job == job }
      .flatMap { task in
        try (task.readableTask?.keyedState ?? []).map { writer in
          while try !writer.writeSlice(maxEntries: 4096) {}
          return (task.attempt, writer.finish())
        }
      }
  }

  /// How far event time has come at a job's tasks.
  package func eventTimes(
    of job: JobID
  ) -> [(attempt: ExecutionAttemptID, eventTime: TaskEventTime)] {
    order.filter { $0.attempt.job == job }
      .compactMap { task in
        let producers = task.producers.map(\.id.producer.subtask)
        return task.readableTask.map {
          (task.attempt, $0.eventTime(of: task.attempt.subtask, producers: producers))
        }
      }
  }
}
