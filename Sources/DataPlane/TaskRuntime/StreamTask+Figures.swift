package import KeyedState
package import StreamModel
import StreamOperators

/// What can be seen of a task without its taking notice.
extension StreamTask {
  /// Figures for people.
  package var metrics: TaskMetrics {
    let isBackPressured = !partitions.allSatisfy(\.isAvailable)
    return TaskMetrics(
      recordsIn: chain.source?.offset
        ?? chain.operators.first?.receivedRecords ?? 0,
      recordsOut: chain.writers.isEmpty
        ? chain.operators.last?.receivedRecords ?? 0
        : chain.emittedRecords,
      queuedElements: gate.queuedElements,
      isBackPressured: isBackPressured,
      rowsSetAside: chain.source?.rowsSetAside ?? 0
    )
  }

  /// How far event time has come.
  ///
  /// - Parameters:
  ///   - subtask: Which task this is.
  ///   - producers: The tasks that write its channels, in channel order.
  /// - Returns: What was promised on each channel, and what the task promises.
  package func eventTime(of subtask: SubtaskID, producers: [SubtaskID]) -> TaskEventTime {
    let channels = producers.indices.map { channel in
      let known = valves[inputs.input(of: channel)].channels[inputs.place(of: channel)]
      return TaskEventTime.Channel(
        producer: producers[channel],
        watermark: known.watermark,
        isAwaited: known.isAligned && !known.isIdle
      )
    }
    return TaskEventTime(
      subtask: subtask,
      channels: channels,
      reached: valves.map(\.last),
      promised: chain.promised
    )
  }

  /// The keyed state of its operators as it is now, retained to be looked at.
  package var keyedState: [KeyedSnapshotWriter] { chain.keyedState }
}
