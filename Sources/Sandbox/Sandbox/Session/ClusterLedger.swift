package import ClusterProtocol
package import SimulationKernel
import StreamModel

/// The processes of a session's cluster and who holds their slots, as the journal tells it.
package struct ClusterLedger: Sendable {
  /// One process.
  package struct Process: Sendable, Equatable {
    /// Its name.
    package let name: String
    /// How many of that name were started before it.
    let incarnation: Int
    /// Whether it lives.
    package internal(set) var isAlive = true
    /// Whether it is stopped for a while.
    package internal(set) var isPaused = false
    /// Whether the cluster has given it up.
    package internal(set) var isLost = false
    /// How many slots it registered; none where it is no TaskManager.
    package internal(set) var slots = 0
    /// The slots that jobs hold.
    package internal(set) var held: [Int] = []

    /// Its condition; a dead one that was given up counts as lost.
    package var condition: ProcessCondition {
      if isLost { return .lost }
      if !isAlive { return .dead }
      if isPaused { return .paused }
      return slots > 0 && held.isEmpty ? .spare : .alive
    }
  }

  /// The processes, in the order of their names: tm-2 before tm-10.
  package private(set) var processes: [Process] = []

  /// The processes that were killed, with the instants.
  package private(set) var kills: [(name: String, at: VirtualInstant)] = []
  /// How many TaskManagers were killed while a job held slots of theirs.
  package private(set) var busyKills = 0

  /// Makes the ledger of no cluster.
  package init() {}

  /// The process of that name.
  package func process(named name: String) -> Process? {
    index(of: name).map { processes[$0] }
  }

  /// The living TaskManagers.
  package var taskManagers: [Process] {
    processes.filter { $0.slots > 0 && $0.isAlive && !$0.isLost }
  }

  /// How many slots living TaskManagers have.
  package var slots: Int { taskManagers.reduce(0) { $0 + $1.slots } }

  /// How many of these no job holds.
  package var freeSlots: Int { slots - taskManagers.reduce(0) { $0 + $1.held.count } }

  /// Adds an entry.
  package mutating func apply(_ entry: JournalEntry, at instant: VirtualInstant) {
    switch entry {
    case .kernel(.processStarted(let name, let incarnation)):
      let process = Process(name: name, incarnation: incarnation)
      if let index = index(of: name) {
        processes[index] = process
      } else {
        processes.insert(process, at: place(of: name))
      }
    case .kernel(.processKilled(let name)):
      kills.append((name, instant))
      if process(named: name).map({ !$0.held.isEmpty }) == true { busyKills += 1 }
      change(name) { $0.isAlive = false }
    case .kernel(.processPaused(let name)): change(name) { $0.isPaused = true }
    case .kernel(.processResumed(let name)): change(name) { $0.isPaused = false }
    case .taskManagerRegistered(let name, let slots):
      change(name) {
        $0.slots = slots
        $0.isLost = false
        $0.held = []
      }
    case .taskManagerLost(let name, let incarnation, _, _):
      change(name) { if $0.incarnation == incarnation { $0.isLost = true } }
    case .slotAccepted(_, let name, let slot):
      change(name) { if !$0.held.contains(slot) { $0.held.append(slot) } }
    case .slotReleased(_, let name, let slot): change(name) { $0.held.removeAll { $0 == slot } }
    default: break
    }
  }

  private mutating func change(_ name: String, _ change: (inout Process) -> Void) {
    guard let index = index(of: name) else { return }
    change(&processes[index])
  }

  private func index(of name: String) -> Int? {
    let place = place(of: name)
    return place < processes.count && processes[place].name == name ? place : nil
  }

  /// Where a name is among the processes, or would be.
  private func place(of name: String) -> Int {
    let key = (name.utf8.count, name)
    var (low, high) = (0, processes.count)
    while low < high {
      let middle = (low + high) / 2
      let other = processes[middle].name
      if (other.utf8.count, other) < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
