package import ClusterProtocol
import DataStreamAPI
package import Deployment
package import JobGraphs
package import SimulationKernel
import StreamModel

/// One run of one job on a cluster of its own: a session whose commands are known beforehand.
///
/// It deploys, submits, and strikes when it is time to. It is advanced from outside, as fast as
/// whoever drives it likes; what it does depends on virtual time alone.
package final class JobRun {
  /// What the run is made of.
  package let options: RunOptions
  /// The session that carries the commands out.
  package let session: SandboxSession
  /// The cluster that it runs on.
  package let cluster: Cluster

  /// How the run ended, once it has.
  package private(set) var ending: RunEnding?
  /// Is called now and then while virtual time passes, for whoever has an eye on the wall clock.
  ///
  /// It may look at the run, and must leave it alone.
  package var onPulse: () -> Void = {}
  /// How many events there are from one call to the next.
  private static let eventsPerPulse = 16_384
  /// Commands that found nothing to strike.
  package private(set) var unstruck: [TimedCommand] = []

  private var pendingFaults: [TimedCommand]
  /// Until when the session's log says that time has passed.
  private var noted = VirtualInstant.zero

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
    let plan = try options.validate()
    self.options = options
    pendingFaults = options.faults.enumerated()
      .sorted { ($0.element.instant, $0.offset) < ($1.element.instant, $1.offset) }
      .map(\.element)
    session = SandboxSession(options.sandbox, onCommit: onCommit)
    let shape = options.shape(for: plan.jobGraph)
    let submit = Command.submit(options.submission)
    cluster = session.deploy(shape.layout, .deploy(shape))
    session.note(.deploy(shape))
    try session.submit(options.submission, options.job, submit)
    session.note(submit)
  }

  /// The program before chaining.
  package var streamGraph: StreamGraph { session.jobs[0].streamGraph }

  /// The program as it was submitted.
  package var graph: JobGraph { session.jobs[0].graph }

  /// What the journal says of the job so far.
  package var history: JobHistory { session.jobs[0].history }

  /// The world's present instant.
  package var now: VirtualInstant { session.now }

  /// Lets the run go on until an instant, or until it ends.
  ///
  /// - Throws: What taking committed rows throws: an output that cannot be written.
  package func advance(until target: VirtualInstant) throws {
    let limit = VirtualInstant.zero + options.limit
    while ending == nil, now < target {
      try strikeDueFaults()
      let nextFault = pendingFaults.first.map { VirtualInstant.zero + $0.instant }
      let step = min(target, limit, nextFault ?? limit)
      switch try session.advance(until: step, while: goesOn) {
      case .stopped: end(.job(history.jobState))
      case .stuck, .idle: end(.stuck)
      case .reached: if now >= limit { end(.limit) }
      }
    }
  }

  /// Whether the job is not over; it is asked before each event.
  private func goesOn() -> Bool {
    if cluster.simulation.handledEvents % Self.eventsPerPulse == 0 { onPulse() }
    return !cluster.isFirstJobOver
  }

  /// Whether every task of the job runs.
  package var areAllRunning: Bool {
    guard let id = cluster.jobs.first?.id else { return false }
    return cluster.executionGraph(of: id)?.areAllRunning ?? false
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

  /// Types a text at the other end of the socket that the job reads, or hangs up.
  ///
  /// - Throws: ``UsageError`` when the job reads none, or is over.
  package func type(_ command: Command) throws {
    notePassedTime()
    try session.apply(command)
  }

  /// The run so far as a session that can be made again.
  ///
  /// Everything is let happen that happens at the present instant, which a run may have left out by
  /// stopping when its job was over; so it comes after all else that is asked of the run.
  package func sessionFile() -> SessionFile {
    _ = cluster.simulation.run(until: now, stuckAfter: SandboxSession.endlessPatience)
    notePassedTime()
    return SessionFile(session)
  }

  /// Notes that time has passed since the last command.
  private func notePassedTime() {
    guard now > noted else { return }
    session.note(.run(for: now - noted), at: noted)
    noted = now
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

  private func strikeDueFaults() throws {
    while let next = pendingFaults.first, VirtualInstant.zero + next.instant <= now {
      pendingFaults.removeFirst()
      notePassedTime()
      do {
        try session.apply(next.command)
      } catch is UsageError {
        unstruck.append(next)
      }
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
