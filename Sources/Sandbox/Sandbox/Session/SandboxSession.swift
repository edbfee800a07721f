package import ClusterProtocol
import DataStreamAPI
package import Deployment
import JobGraphs
package import SimulationKernel
package import StreamModel

/// A cluster in a user's hand: a pure function of its options and the commands that it is given.
///
/// Between commands nothing happens; virtual time passes only where a command says so.
package final class SandboxSession {
  /// What it is made of besides its commands.
  package let options: SandboxOptions
  /// The cluster, once one is deployed.
  package private(set) var cluster: Cluster?
  /// The jobs, in the order of their submission.
  package internal(set) var jobs: [SessionJob] = []
  /// The processes, and who holds their slots.
  package private(set) var ledger = ClusterLedger()
  /// Every command that was carried out, in order.
  package internal(set) var log: [LoggedCommand] = []
  /// What keyed state held when something was about to be struck.
  package internal(set) var stateSamples: [StateSample] = []
  /// The longest stretch of virtual time between two calls of a watcher.
  package var frame = VirtualDuration.seconds(1)

  /// What calm runs of the same jobs ended with, as far as they were needed.
  var calmRows: [Int: [String]] = [:]
  private let onCommit: ([UInt8], Int) throws -> Void
  private var readItems = 0

  /// Looks on while time passes.
  package typealias Watcher = (SandboxSession) throws -> Void

  /// Makes a session in which nothing has happened.
  ///
  /// - Parameters:
  ///   - options: What it is made of.
  ///   - onCommit: Takes the bytes and the number of rows that became visible, in order.
  package init(
    _ options: SandboxOptions,
    onCommit: @escaping ([UInt8], Int) throws -> Void = { _, _ in }
  ) {
    self.options = options
    self.onCommit = onCommit
  }

  /// The present instant; zero until a cluster is deployed.
  package var now: VirtualInstant { cluster?.simulation.now ?? .zero }

  /// The digest of all that happened so far; nil until a cluster is deployed.
  package var digest: Digest? { cluster?.simulation.journal.digest }

  /// The journal's entries so far.
  package var journal: [Journal<JournalEntry>.Item] { cluster?.simulation.journal.items ?? [] }

  /// The figures of the running tasks, by TaskManager.
  package var taskFigures: [TaskFigures] {
    (cluster?.taskMetrics ?? []).map {
      TaskFigures(
        job: $0.job,
        subtask: $0.subtask,
        attempt: $0.attempt,
        slot: $0.slot,
        recordsIn: $0.recordsIn,
        recordsOut: $0.recordsOut
      )
    }
  }

  /// How many slots each TaskManager has; nil until a cluster is deployed.
  package var slotsPerTaskManager: Int? { cluster?.layout.slotsPerTaskManager }

  /// What there is at this moment, as a value that later commands do not change.
  package var snapshot: SandboxSnapshot {
    SandboxSnapshot(
      now: now,
      jobs: jobs,
      processes: ledger.processes,
      tasks: taskFigures,
      journal: journal,
      digest: digest?.description
    )
  }

  /// Carries a command out.
  ///
  /// - Parameters:
  ///   - command: The command.
  ///   - watch: Is called whenever a ``frame`` of virtual time has passed, and at the end.
  /// - Returns: What came of it.
  /// - Throws: ``UsageError`` when it cannot be carried out, which leaves everything as it was; and
  ///   what the watcher or the taker of rows throws.
  @discardableResult
  package func apply(_ command: Command, watching watch: Watcher = { _ in }) throws -> CommandReply
  {
    let began = now
    let reply: CommandReply
    do {
      reply = try perform(command, watch)
      try readJournal()
    } catch {
      // Who is interrupted while time passes has let it pass all the same.
      if now > began { note(.run(for: now - began), at: began) }
      throw error
    }
    note(command, at: began)
    return reply
  }

  /// Notes that a command was carried out, which others have done.
  func note(_ command: Command, at instant: VirtualInstant? = nil) {
    let began = (instant ?? now) - .zero
    log.append(LoggedCommand(at: began, command: command, digest: digest?.description))
  }

  /// How long somebody waits who was told for how long.
  static let endlessPatience = VirtualDuration.minutes(50_000_000)

  // MARK: The world

  @discardableResult
  func deploy(_ layout: ClusterLayout, _ command: Command) -> Cluster {
    let cluster = Cluster(
      seed: options.seed,
      layout: layout,
      options: options.cluster,
      backend: options.makeStorage()
    )
    self.cluster = cluster
    cluster.simulation.record(.command(command.text))
    readLedger()
    return cluster
  }

  /// Lets virtual time pass, in steps of at most ``frame``.
  ///
  /// - Parameters:
  ///   - target: When it ends at the latest.
  ///   - patience: How long no progress is endured; who waits for nothing is never stuck.
  ///   - watch: Is called after each step.
  ///   - goesOn: Is asked before each event; false ends it there.
  /// - Returns: Why it ended.
  /// - Throws: What the watcher and the taker of rows throw.
  @discardableResult
  package func advance(
    until target: VirtualInstant,
    patience: VirtualDuration = .minutes(10),
    watching watch: Watcher = { _ in },
    while goesOn: () -> Bool = { true }
  ) throws -> StopReason {
    guard let cluster else { return .idle }
    let isToMove = jobs.contains { !$0.isOver } && !awaitsTypist
    let patience = isToMove ? patience : Self.endlessPatience
    while now < target {
      let step = min(target, now + frame)
      let reason = cluster.simulation.run(until: step, stuckAfter: patience, while: goesOn)
      try readJournal()
      try watch(self)
      if reason != .reached { return reason }
    }
    return .reached
  }

  /// Takes in what the journal says that was not read yet.
  func readJournal() throws {
    let items = journal
    while readItems < items.count {
      let item = items[readItems]
      readItems += 1
      ledger.apply(item.entry, at: item.instant)
      guard let id = item.entry.job else { continue }
      if case .jobSubmitted = item.entry,
        let index = jobs.firstIndex(where: { $0.id == nil })
      {
        jobs[index].id = id
      }
      guard let index = jobs.firstIndex(where: { $0.id == id }) else { continue }
      jobs[index].history.apply(item.entry, at: item.instant)
      if case .rowsCommitted(_, _, let path, let rows, _) = item.entry {
        let bytes = (try? cluster?.simulation.takeObject(path)) ?? []
        if options.keepsRows {
          jobs[index].add(
            bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
          )
        }
        try onCommit(bytes, rows)
      }
    }
  }

  private func readLedger() {
    let items = journal
    while readItems < items.count {
      ledger.apply(items[readItems].entry, at: items[readItems].instant)
      readItems += 1
    }
  }
}

/// A command that was carried out.
package struct LoggedCommand: Sendable, Equatable {
  /// When, counted from the beginning of the session.
  package let instant: VirtualDuration
  /// What.
  package let command: Command
  /// The digest of all that had happened when it was done; nil while there was no cluster.
  package let digest: String?

  /// Makes an entry of the log.
  package init(at instant: VirtualDuration, command: Command, digest: String?) {
    self.instant = instant
    self.command = command
    self.digest = digest
  }
}

/// What keyed state held at a moment.
package struct StateSample: Sendable {
  /// When.
  package let instant: VirtualInstant
  /// What was about to happen.
  package let command: Command
  /// The keys and their values, by the position of the job.
  package let readings: [(job: Int, key: String, value: Int)]
  /// The same in the checkpoint from which the job would be restored.
  package let checkpointed: [(job: Int, key: String, value: Int)]
}

/// Figures of a task that runs.
package struct TaskFigures: Sendable, Equatable {
  /// The job.
  package let job: JobID
  /// The subtask.
  package let subtask: SubtaskID
  /// The attempt's number.
  package let attempt: Int
  /// The slot that it is in.
  package let slot: Int
  /// Records taken in; for a source, elements read.
  package let recordsIn: Int
  /// Records sent on; for a sink, records written.
  package let recordsOut: Int
}

/// What there is in a session at a moment.
package struct SandboxSnapshot: Sendable {
  /// The instant.
  package let now: VirtualInstant
  /// The jobs, in the order of their submission.
  package let jobs: [SessionJob]
  /// The processes.
  package let processes: [ClusterLedger.Process]
  /// The figures of the running tasks.
  package let tasks: [TaskFigures]
  /// The journal.
  package let journal: [Journal<JournalEntry>.Item]
  /// The digest of all that happened; nil until a cluster is deployed.
  package let digest: String?
}
