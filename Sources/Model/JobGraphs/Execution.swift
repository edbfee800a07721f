public import SimulationKernel

/// One attempt to execute a task.
///
/// *Source:* Flink `Execution`.
public struct Execution: Sendable, Equatable {
  /// How often the task was tried before.
  public var attempt: Int
  /// How far the attempt has come.
  public internal(set) var state = ExecutionState.created
  /// Where it runs, once it has a slot.
  public internal(set) var slot: AssignedSlot?

  /// Makes an attempt for which nothing has been done yet.
  public init(attempt: Int = 0) {
    self.attempt = attempt
  }
}

/// The slot that an attempt runs in.
///
/// *Source:* Flink `LogicalSlot`.
public struct AssignedSlot: Sendable, Equatable {
  /// The name of the TaskManager.
  public var taskManager: String
  /// The process of the TaskManager.
  public var process: ProcessID
  /// The slot's position on its TaskManager, from 0.
  public var slot: Int
  /// The number of the grant of the slot to the job.
  public var allocation: Int

  /// Makes the place of an attempt.
  public init(taskManager: String, process: ProcessID, slot: Int, allocation: Int) {
    self.taskManager = taskManager
    self.process = process
    self.slot = slot
    self.allocation = allocation
  }
}
