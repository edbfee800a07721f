package import JobGraphs
package import StreamModel

/// TaskManagers with their slots, and which lanes sit in each of them.
package struct SlotBoard: PictureComponent, Equatable {
  /// A slot.
  package struct Slot: Sendable, Equatable {
    /// Its number on its TaskManager.
    package let number: Int
    /// The lanes in it, by vertex.
    package internal(set) var lanes: [SubtaskID]
    /// Whether the job has it, though perhaps nothing in it yet.
    package internal(set) var isTaken: Bool
  }

  /// A TaskManager.
  package struct TaskManager: Sendable, Equatable {
    /// Its name.
    package let name: String
    /// Whether it lives.
    package let condition: TaskManagerLight.Condition
    /// Its slots, by number.
    package internal(set) var slots: [Slot]

    /// How many of its slots are free.
    package var freeCount: Int { slots.count { !$0.isTaken } }
    /// Whether all of them are.
    package var isSpare: Bool { freeCount == slots.count }
  }

  /// What a vertex asks for.
  package struct Vertex: Sendable, Equatable {
    /// Its name.
    package let name: String
    /// How many lanes it has.
    package let parallelism: Int
    /// The group whose lanes may share a slot.
    package let group: String
  }

  /// What a slot sharing group asks for.
  package struct Group: Sendable, Equatable {
    /// Its name.
    package let name: String
    /// Its slots: as many as its highest parallelism.
    package let slots: Int
  }

  /// The vertices.
  package let vertices: [Vertex]
  /// The slot sharing groups.
  package let groups: [Group]
  /// The TaskManagers.
  package let taskManagers: [TaskManager]

  /// How many slots the job needs.
  package var slotsNeeded: Int { groups.reduce(0) { $0 + $1.slots } }
  /// How many lanes there are.
  package var laneCount: Int { vertices.reduce(0) { $0 + $1.parallelism } }
  /// How many slots are missing.
  package var slotsMissing: Int {
    max(0, slotsNeeded - taskManagers.reduce(0) { $0 + ($1.isGone ? 0 : $1.slots.count) })
  }

  /// Shows how a job would fill slots: lanes with the same number in one slot, group by group.
  ///
  /// - Parameters:
  ///   - graph: The job.
  ///   - slotsPerTaskManager: How many slots each TaskManager has.
  ///   - taskManagers: How many TaskManagers there are; nil for as many as are needed.
  package init(_ graph: JobGraph, slotsPerTaskManager: Int, taskManagers: Int? = nil) {
    self.init(
      graph,
      taskManagers: {
        let slots = max(1, slotsPerTaskManager)
        let needed = ($0 + slots - 1) / slots
        return (0..<max(0, taskManagers ?? needed)).map { index in
          TaskManager(
            name: "tm-\(index + 1)",
            condition: .alive,
            slots: (0..<slots).map { Slot(number: $0, lanes: [], isTaken: false) }
          )
        }
      }
    )
  }

  /// Shows which lanes of a run sit where.
  package init(_ picture: RunPicture) {
    self.init(picture.graph, places: picture)
  }

  private init(_ graph: JobGraph, taskManagers make: (Int) -> [TaskManager]) {
    vertices = Self.vertices(of: graph)
    groups = Self.groups(of: graph)
    let shares = groups.flatMap { group in
      (0..<group.slots).map { index in
        graph.subtasks.filter {
          $0.index == index && graph.vertices[$0.vertex].slotSharingGroup == group.name
        }
      }
    }
    var taskManagers = make(shares.count)
    var rest = shares[...]
    for taskManager in taskManagers.indices {
      for slot in taskManagers[taskManager].slots.indices {
        guard let share = rest.popFirst() else { break }
        taskManagers[taskManager].slots[slot].lanes = share
        taskManagers[taskManager].slots[slot].isTaken = true
      }
    }
    self.taskManagers = taskManagers
  }

  private init(_ graph: JobGraph, places picture: RunPicture) {
    vertices = Self.vertices(of: graph)
    groups = Self.groups(of: graph)
    taskManagers = picture.taskManagers.map { light in
      TaskManager(
        name: light.name,
        condition: light.condition,
        slots: (0..<light.slots).map { number in
          let lanes = picture.lanes.indices.filter {
            picture.lanes[$0].taskManager == light.name && !picture.lanes[$0].state.isTerminal
              && (picture.slot(ofLane: $0) ?? 0) == number
          }
          return Slot(
            number: number,
            lanes: lanes.map { picture.lanes[$0].id },
            isTaken: light.slotsHeld.contains(number) || light.slotsOfOthers.contains(number)
              || !lanes.isEmpty
          )
        }
      )
    }
  }

  private static func vertices(of graph: JobGraph) -> [Vertex] {
    graph.vertices.map {
      Vertex(name: $0.name, parallelism: $0.parallelism, group: $0.slotSharingGroup)
    }
  }

  private static func groups(of graph: JobGraph) -> [Group] {
    graph.slotSharingGroups.map { Group(name: $0, slots: graph.slotsNeeded(byGroup: $0)) }
  }
}

extension SlotBoard.TaskManager {
  /// Whether its process is gone.
  package var isGone: Bool { condition == .dead || condition == .lost }
}

extension RunPicture {
  /// The TaskManagers at this moment, with the lanes in their slots.
  package var slotBoard: SlotBoard { SlotBoard(self) }
}
