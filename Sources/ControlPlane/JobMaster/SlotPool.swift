package import ClusterProtocol
package import JobGraphs
package import SimulationKernel

/// The slots that a job holds, and which of them each share of its tasks runs in.
///
/// A share is one subtask of each vertex of a slot sharing group: subtask i of each in one slot.
/// *Source:* Flink `DeclarativeSlotPool` and `SlotSharingExecutionSlotAllocator`.
package struct SlotPool: Sendable {
  /// A share of a job's tasks that runs in one slot.
  ///
  /// *Source:* Flink `ExecutionSlotSharingGroup`.
  package struct Share: Sendable, Hashable {
    /// The slot sharing group.
    package let group: String
    /// The index of the subtasks.
    package let index: Int

    /// Makes the share of the subtasks with that index.
    package init(group: String, index: Int) {
      self.group = group
      self.index = index
    }
  }

  /// The slots, in the order of their TaskManagers' names and then of their positions.
  package private(set) var slots: [AssignedSlot] = []
  /// How many slots the job needs.
  package let needed: Int

  private let shares: [Share]
  /// The grants that the shares had when they were last assigned.
  private var previous: [Share: Int] = [:]

  /// Makes the pool of a job that holds no slots yet.
  package init(graph: JobGraph) {
    shares = graph.slotSharingGroups.flatMap { group in
      (0..<graph.slotsNeeded(byGroup: group)).map { Share(group: group, index: $0) }
    }
    needed = shares.count
  }

  /// Whether there is a slot for every share.
  package var isComplete: Bool { slots.count >= needed }

  /// The share that a task belongs to.
  package static func share(of vertex: JobVertex, index: Int) -> Share {
    Share(group: vertex.slotSharingGroup, index: index)
  }
}

extension SlotPool {
  /// Takes what is still needed of the slots that a TaskManager offers.
  ///
  /// - Returns: The slots that are taken anew, and the grants that the TaskManager may keep.
  package mutating func take(
    _ offers: [SlotOffer],
    from name: String,
    at process: ProcessID
  ) -> (taken: [AssignedSlot], accepted: [AllocationID]) {
    var taken: [AssignedSlot] = []
    var accepted: [AllocationID] = []
    for offer in offers {
      if !isHeld(offer.allocation, by: process) {
        guard !isComplete else { continue }
        let slot = AssignedSlot(
          taskManager: name,
          process: process,
          slot: offer.slot,
          allocation: offer.allocation.number
        )
        insert(slot)
        taken.append(slot)
      }
      accepted.append(offer.allocation)
    }
    return (taken, accepted)
  }

  private func isHeld(_ allocation: AllocationID, by process: ProcessID) -> Bool {
    slots.contains { $0.process == process && $0.allocation == allocation.number }
  }

  /// Drops the slots of a TaskManager that is lost.
  ///
  /// - Returns: The slots that were dropped.
  package mutating func drop(slotsOf process: ProcessID) -> [AssignedSlot] {
    let dropped = slots.filter { $0.process == process }
    slots.removeAll { $0.process == process }
    return dropped
  }

  /// Drops every slot.
  ///
  /// - Returns: The slots that were dropped.
  package mutating func dropAll() -> [AssignedSlot] {
    defer { slots = [] }
    return slots
  }

  /// Gives every share a slot: the one that it had if that is still held, else the first free one.
  ///
  /// - Precondition: The pool is complete.
  package mutating func assign() -> [Share: AssignedSlot] {
    invariant(isComplete, "\(slots.count) slots cannot hold \(needed) shares")
    let places = Dictionary(
      slots.indices.map { (slots[$0].allocation, $0) }
    ) { first, _ in first }
    var isFree = Array(repeating: true, count: slots.count)
    var assignment: [Share: AssignedSlot] = [:]
    for share in shares {
      guard let place = previous[share].flatMap({ places[$0] }), isFree[place] else { continue }
      assignment[share] = slots[place]
      isFree[place] = false
    }
    var free = slots.indices.filter { isFree[$0] }.makeIterator()
    for share in shares where assignment[share] == nil {
      assignment[share] = free.next().map { slots[$0] }
    }
    for share in shares { previous[share] = assignment[share]?.allocation }
    return assignment
  }

  /// Inserts a slot at its place, which is looked for by halves.
  private mutating func insert(_ slot: AssignedSlot) {
    let name = ProcessName(slot.taskManager)
    var (low, high) = (slots.startIndex, slots.endIndex)
    while low < high {
      let middle = (low + high) / 2
      let other = ProcessName(slots[middle].taskManager)
      let isBefore = name == other ? slot.slot < slots[middle].slot : name < other
      if isBefore { high = middle } else { low = middle + 1 }
    }
    slots.insert(slot, at: low)
  }
}
