import SimulationKernel

/// The whole run as a strip of time: what the job did when, and what happened to it.
package struct RunStrip: Sendable, Equatable {
  /// What the job does for a while.
  package enum Phase: Sendable, Equatable {
    /// Nothing yet, or nothing any more.
    case silent
    /// Every task is at work.
    case processing
    /// Tasks are deployed, restored or waited for.
    case waiting
  }

  /// What happens at one moment, the least remarkable first.
  package enum Event: Int, Sendable, Comparable, CaseIterable {
    /// A checkpoint completed.
    case checkpoint
    /// A checkpoint was given up.
    case checkpointFailed
    /// The job was deployed and failed again before all of its tasks ran.
    case futile
    /// Every task runs again after a failure.
    case restored
    /// A TaskManager was given up.
    case lossDeclared
    /// A process died, or a task failed.
    case failure
    /// The job ended.
    case ended

    /// Orders by how remarkable it is.
    package static func < (left: Event, right: Event) -> Bool { left.rawValue < right.rawValue }
  }

  private(set) var phases: [(start: VirtualInstant, phase: Phase)] = []
  private(set) var events: [(at: VirtualInstant, event: Event)] = []

  /// Whether two strips tell the same.
  package static func == (left: RunStrip, right: RunStrip) -> Bool {
    left.phases.elementsEqual(right.phases) { $0 == $1 }
      && left.events.elementsEqual(right.events) { $0 == $1 }
  }

  mutating func enter(_ phase: Phase, at instant: VirtualInstant) {
    if phases.last?.phase != phase { phases.append((instant, phase)) }
  }

  mutating func note(_ event: Event, at instant: VirtualInstant) {
    events.append((instant, event))
  }

  /// What one cell of the strip shows.
  enum Cell: Sendable, Equatable {
    case empty
    case phase(Phase)
    case event(Event)
  }

  /// The strip in cells of that length, up to an instant; the most remarkable event wins a cell.
  func cells(count: Int, length: VirtualDuration, upTo now: VirtualInstant) -> [Cell] {
    var cells = Array(repeating: Cell.empty, count: count)
    let used = min(count, Int(now.nanoseconds / length.nanoseconds) + 1)
    var phase = 0
    for cell in 0..<used {
      // What the cell ends in is what it shows; its end belongs to the next one.
      let end = min(now, VirtualInstant.zero + length * Int64(cell + 1))
      while phase + 1 < phases.count, phases[phase + 1].start < end { phase += 1 }
      let isBegun = phases.first.map { $0.start < end } ?? false
      if isBegun, phases[phase].phase != .silent { cells[cell] = .phase(phases[phase].phase) }
    }
    for (at, event) in events {
      let cell = Int(at.nanoseconds / length.nanoseconds)
      guard (0..<used).contains(cell) else { continue }
      if case .event(let other) = cells[cell], other >= event { continue }
      cells[cell] = .event(event)
    }
    return cells
  }

  /// The shortest length of a cell, of those that read well, with which a run fits.
  static func cellLength(for now: VirtualInstant, cells: Int) -> VirtualDuration {
    lengths.first { now.nanoseconds / $0.nanoseconds < Int64(cells) }
      ?? VirtualDuration(nanoseconds: now.nanoseconds / Int64(max(1, cells - 1)) + 1)
  }

  private static let lengths: [VirtualDuration] =
    [100, 150, 200, 250, 300, 400, 500, 600, 800, 1000, 1500, 2000, 2500, 3000, 4000, 5000, 6000]
    .map { .milliseconds($0) } + [8, 10, 15, 20, 30].map { .seconds($0) }
    + [1, 2, 3, 5, 10, 20, 30, 60, 120, 360, 1440].map { .minutes($0) }
}
