package import ExternalSystems
package import RecordFormats
package import StreamModel
package import StreamOperators

/// What a task wants done by its TaskManager, which alone can reach the world.
package enum TaskAction {
  /// Send an element to a consumer; `backlog` buffers wait behind it.
  case send(output: Int, subpartition: Int, element: StreamElement, backlog: Int)
  /// Tell the producer of a channel that there is room for so many buffers more.
  case grantCredit(channel: Int, credit: Int)
  /// Serialise a snapshot and make it durable.
  case snapshot(TaskSnapshot)
  /// Tell the JobMaster that a snapshot will not be taken.
  case decline(CheckpointID, reason: String)
  /// Note in the journal what happened.
  case note(TaskNote)
  /// Tell the JobMaster how far a source of an alignment group is.
  case reportWatermark(group: String, Watermark)
  /// Make a sink's rows visible.
  case makeVisible([Transaction])
  /// Do this on external systems, in order.
  case operate([ExternalOperation])
  /// The task is done, once everything before is.
  case finish
}

/// What a task has to say that changes nothing: it is written down where the task runs.
package enum TaskNote {
  /// A barrier arrived on a channel.
  case barrier(CheckpointID, channel: Int)
  /// The position of the task's source, at a checkpoint or at its end.
  case offset(Int, CheckpointID?)
  /// The task's source skipped a row that it could not read.
  case setAside(SetAsideRow)
  /// No more records will come.
  case endOfData
}

/// A task's part of a checkpoint, before it is serialised.
package struct TaskSnapshot {
  /// The checkpoint.
  package var checkpoint: CheckpointID
  /// The operators' parts, in the order of the chain.
  package var operators: [(id: OperatorID, snapshot: OperatorSnapshot)]
  /// Whether the task had read all of its input.
  package var isFinished: Bool
}
