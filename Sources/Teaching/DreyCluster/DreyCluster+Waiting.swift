import Deployment
import JobGraphs
import Sandbox
import SimulationKernel

/// A job that is waited for, and what happens to the cluster meanwhile.
struct JobWait {
  /// The job's position among those of the session.
  var position: Int
  /// What happens, and when, counted from `since`.
  var faults: [TimedCommand] = []
  /// How much virtual time it may take.
  var limit = VirtualDuration.minutes(60)
  /// When it was submitted.
  var since: VirtualInstant
}

/// How a job ended that was waited for.
struct JobEnd {
  /// Its state, `STUCK` or `LIMIT`.
  var state: String
  /// Faults that found nothing to strike.
  var unstruck: [String] = []
}

extension DreyCluster {
  /// Lets virtual time pass until a job is over, and strikes when it is time to.
  func wait(_ wait: JobWait) throws -> JobEnd {
    guard let cluster = session.cluster else { return JobEnd(state: "STUCK") }
    var pending = wait.faults.enumerated()
      .sorted { ($0.element.instant, $0.offset) < ($1.element.instant, $1.offset) }
      .map(\.element)
    var unstruck: [String] = []
    let limit = wait.since + wait.limit
    func end(_ state: String) -> JobEnd {
      JobEnd(state: state, unstruck: unstruck + pending.map(\.text))
    }
    while !cluster.isJobOver(wait.position) {
      while let next = pending.first, wait.since + next.instant <= session.now {
        pending.removeFirst()
        do {
          try session.apply(next.command)
        } catch is UsageError {
          unstruck.append(next.text)
        }
      }
      let nextFault = pending.first.map { wait.since + $0.instant } ?? limit
      let reason = try session.advance(
        until: min(limit, nextFault),
        while: { !cluster.isJobOver(wait.position) }
      )
      switch reason {
      case .stopped: break
      case .stuck, .idle: return end("STUCK")
      case .reached: if session.now >= limit { return end("LIMIT") }
      }
    }
    return end(session.jobs[wait.position].history.jobState.rawValue)
  }
}
