package import ClusterProtocol
import DataStreamAPI
package import Deployment
package import JobGraphs
package import SimulationKernel
import StreamModel

/// One run of one job on a cluster of its own: a pure function of its options.
///
/// It is advanced from outside, as fast as whoever drives it likes; what it does depends on virtual
/// time alone.
package final class JobRun {
  /// What the run is made of.
  package let options: RunOptions
  /// The program before chaining.
  package let streamGraph: StreamGraph
  /// The program as it was submitted.
  package let graph: JobGraph
  /// The cluster that it runs on.
  package let cluster: Cluster

  /// How the run ended, once it has.
  package private(set) var ending: RunEnding?
  /// What the journal amounts to so far.
  package private(set) var tally = RunTally()
  /// Commands that found nothing to strike.
  package private(set) var unstruck: [TimedCommand] = []

  private var pendingFaults: [TimedCommand]
  private let onCommit: ([UInt8], Int) throws -> Void
  private var readItems = 0

  /// Sets a run up and submits its job.
  ///
  /// - Parameters:
  ///   - options: What the run is made of.
  ///   - onCommit: Takes the bytes and the number of rows that became visible, in order.
  /// - Throws: ``UsageError`` when the options contradict each other or the job.
  package init(
    _ options: RunOptions,
    onCommit: @escaping ([UInt8], Int) throws -> Void = { _, _ in }
  ) throws(UsageError) {
    let (streamGraph, graph) = try options.validate()
    self.options = options
    self.onCommit = onCommit
    self.streamGraph = streamGraph
    self.graph = graph
    pendingFaults = options.faults.enumerated()
      .sorted { ($0.element.instant, $0.offset) < ($1.element.instant, $1.offset) }
      .map(\.element)
    var inputs = InputCatalog()
    inputs.add(options.input, named: RunOptions.inputName)
    cluster = Cluster(
      seed: options.seed,
      layout: options.layout(for: graph),
      options: options.cluster,
      inputs: inputs,
      backend: options.makeStorage()
    )
    cluster.simulation.record(
      .input(
        name: RunOptions.inputName,
        bytes: options.input.count,
        contentHash: options.inputHash ?? options.input.contentHash
      )
    )
    cluster.submit(graph)
  }

  /// The world's present instant.
  package var now: VirtualInstant { cluster.simulation.now }

  /// Lets the run go on until an instant, or until it ends.
  ///
  /// - Throws: What taking committed rows throws: an output that cannot be written.
  package func advance(until target: VirtualInstant) throws {
    let limit = VirtualInstant.zero + options.limit
    while ending == nil, now < target {
      strikeDueFaults()
      let nextFault = pendingFaults.first.map { VirtualInstant.zero + $0.instant }
      let step = min(target, limit, nextFault ?? limit, now + .seconds(1))
      let reason = cluster.simulation.run(until: step) { !cluster.isFirstJobOver }
      try readJournal()
      switch reason {
      case .stopped: end(.job(tally.jobState))
      case .stuck, .idle: end(.stuck)
      case .reached: if now >= limit { end(.limit) }
      }
    }
  }

  /// Lets the run go on to its end.
  ///
  /// - Throws: What taking committed rows throws.
  @discardableResult
  package func finish() throws -> RunEnding {
    while true {
      if let ending { return ending }
      try advance(until: now + .seconds(1))
    }
  }

  /// The journal's digest so far.
  package var digest: Digest { cluster.simulation.journal.digest }

  /// What ended the job, if a failure did.
  package var error: ClusterError? { cluster.jobs.first?.error }

  private func end(_ ending: RunEnding) {
    self.ending = ending
    unstruck += pendingFaults
    pendingFaults = []
  }

  private func readJournal() throws {
    let items = cluster.simulation.journal.items
    while readItems < items.count {
      let item = items[readItems]
      readItems += 1
      tally.apply(item)
      if case .rowsCommitted(_, _, let path, let rows, _) = item.entry {
        try onCommit((try? cluster.simulation.takeObject(path)) ?? [], rows)
      }
    }
  }

  // MARK: Faults

  private func strikeDueFaults() {
    while let next = pendingFaults.first, VirtualInstant.zero + next.instant <= now {
      pendingFaults.removeFirst()
      if cluster.apply(next.command, job: cluster.jobs.first?.id, graph: graph) {
        continue
      }
      unstruck.append(next)
    }
  }
}

/// How a run ended.
package enum RunEnding: Equatable, Sendable {
  /// The job reached a state in which it stays.
  case job(JobState)
  /// Nothing came nearer to the end for ten virtual minutes, or nothing was left to happen.
  case stuck
  /// The virtual time allowed was over.
  case limit

  /// The state as the JSON names it.
  package var name: String {
    switch self {
    case .job(let state): state.rawValue
    case .stuck: "STUCK"
    case .limit: "LIMIT"
    }
  }
}

/// What a journal amounts to: the counts that every report is made of.
package struct RunTally: Sendable {
  /// The job's state.
  package private(set) var jobState = JobState.initializing
  /// How often the job was restarted.
  package private(set) var restarts = 0
  /// How many checkpoints completed.
  package private(set) var completedCheckpoints = 0
  /// How many checkpoints were given up or could not be begun.
  package private(set) var failedCheckpoints = 0
  /// How many rows became visible.
  package private(set) var committedRows = 0
  /// The furthest that each source task is known to have read.
  private var offsets: [(subtask: SubtaskID, offset: Int)] = []

  /// Makes the tally of an empty journal.
  package init() {}

  /// How many elements sources have read, each counted once.
  package var sourceElements: Int { offsets.reduce(0) { $0 + $1.offset } }

  /// Adds an entry.
  package mutating func apply(_ item: Journal<JournalEntry>.Item) {
    switch item.entry {
    case .jobState(_, _, let state, _): jobState = state
    case .restartScheduled: restarts += 1
    case .checkpointCompleted: completedCheckpoints += 1
    case .checkpointAborted, .checkpointTriggerFailed: failedCheckpoints += 1
    case .rowsCommitted(_, _, _, let rows, _): committedRows += rows
    case .sourceOffset(_, let subtask, let offset, _):
      if let index = offsets.firstIndex(where: { $0.subtask == subtask }) {
        offsets[index].offset = max(offsets[index].offset, offset)
      } else {
        offsets.append((subtask, offset))
      }
    default: break
    }
  }
}
