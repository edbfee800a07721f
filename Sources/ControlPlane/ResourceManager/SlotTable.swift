package import ClusterProtocol
package import SimulationKernel
package import StreamModel

/// The TaskManagers of a cluster and whom their slots are granted to: matching, and nothing else.
///
/// Slots are granted in the order of the TaskManagers' names, tm-2 before tm-10, so that the last
/// one is the spare. *Source:* Flink `FineGrainedSlotManager` and its `TaskManagerTracker`.
package struct SlotTable: Sendable {
  /// A TaskManager and its slots.
  package struct TaskManager: Sendable, Equatable {
    /// Its name.
    package let name: String
    /// Its process.
    package let process: ProcessID
    /// Its slots by position: whom each is granted to, or nil.
    package internal(set) var slots: [Allocation?]
    /// Whether a grant could not be delivered to it, so that it gets no more until it is heard of.
    package internal(set) var isSuspect = false

    /// How many slots nobody has.
    package var freeSlots: Int { slots.count { $0 == nil } }
  }

  /// A slot's grant.
  package struct Allocation: Sendable, Equatable {
    /// Its number.
    package let id: AllocationID
    /// The job that got the slot.
    package let job: JobID
  }

  /// A grant that is to be carried out.
  package struct Grant: Sendable, Equatable {
    /// The TaskManager.
    package let process: ProcessID
    /// The slot's position on it.
    package let slot: Int
    /// The grant.
    package let allocation: Allocation
  }

  /// The registered TaskManagers, in the order in which slots are granted.
  package private(set) var taskManagers: [TaskManager] = []
  private var lastAllocation = 0

  /// Makes a table without TaskManagers.
  package init() {}

  /// How many slots there are.
  package var slotCount: Int { taskManagers.reduce(0) { $0 + $1.slots.count } }

  /// How many slots nobody has.
  package var freeSlotCount: Int { taskManagers.reduce(0) { $0 + $1.freeSlots } }

  /// How many slots a job has.
  package func slotCount(of job: JobID) -> Int {
    taskManagers.reduce(0) { $0 + $1.slots.count { $0?.job == job } }
  }

  /// The TaskManager in that process.
  package func taskManager(at process: ProcessID) -> TaskManager? {
    taskManagers.first { $0.process == process }
  }

  /// The TaskManager of that name.
  package func taskManager(named name: String) -> TaskManager? {
    taskManagers.first { $0.name == name }
  }
}

extension SlotTable {
  /// Adds a TaskManager with free slots.
  package mutating func add(name: String, process: ProcessID, slots: Int) {
    let added = TaskManager(
      name: name,
      process: process,
      slots: Array(repeating: nil, count: slots)
    )
    let order = ProcessName(name)
    var (low, high) = (taskManagers.startIndex, taskManagers.endIndex)
    while low < high {
      let middle = (low + high) / 2
      if order < ProcessName(taskManagers[middle].name) { high = middle } else { low = middle + 1 }
    }
    taskManagers.insert(added, at: low)
  }

  /// Removes a TaskManager with all its slots.
  ///
  /// - Returns: The TaskManager as it was.
  @discardableResult
  package mutating func remove(_ process: ProcessID) -> TaskManager? {
    guard let index = index(of: process) else { return nil }
    return taskManagers.remove(at: index)
  }

  /// Grants a job free slots, as many as asked for or as there are.
  package mutating func grant(_ count: Int, to job: JobID) -> [Grant] {
    var grants: [Grant] = []
    for index in taskManagers.indices where !taskManagers[index].isSuspect {
      for slot in taskManagers[index].slots.indices where grants.count < count {
        guard taskManagers[index].slots[slot] == nil else { continue }
        lastAllocation += 1
        let allocation = Allocation(id: AllocationID(number: lastAllocation), job: job)
        taskManagers[index].slots[slot] = allocation
        grants.append(
          Grant(process: taskManagers[index].process, slot: slot, allocation: allocation)
        )
      }
    }
    return grants
  }

  /// Frees a slot, unless it has been granted anew.
  package mutating func free(_ slot: Int, of process: ProcessID, allocation: AllocationID) {
    guard let index = index(of: process), taskManagers[index].slots.indices.contains(slot),
      taskManagers[index].slots[slot]?.id == allocation
    else { return }
    taskManagers[index].slots[slot] = nil
  }

  /// Marks whether a TaskManager is to get grants.
  package mutating func setSuspect(_ process: ProcessID, _ isSuspect: Bool) {
    guard let index = index(of: process) else { return }
    taskManagers[index].isSuspect = isSuspect
  }

  private func index(of process: ProcessID) -> Int? {
    taskManagers.firstIndex { $0.process == process }
  }
}
