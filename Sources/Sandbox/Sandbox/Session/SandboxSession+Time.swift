import Deployment
import ClusterProtocol
import SimulationKernel

extension SandboxSession {
  /// How long is waited for something where nobody says how long.
  static let defaultLimit = VirtualDuration.minutes(60)

  /// How often an expectation is looked at while nothing enters the journal.
  private static let glance = VirtualDuration.milliseconds(10)

  /// Carries out what lets time pass.
  func pass(_ command: Command, _ watch: Watcher) throws -> CommandReply {
    if case .expect(let expectation, nil) = command {
      return .judged(expectation, judge(expectation))
    }
    let cluster = try deployedCluster(command)
    cluster.simulation.restartPatience()
    let began = now
    switch command {
    case .run(let duration):
      let reason = try advance(
        until: now + duration,
        patience: Self.endlessPatience,
        watching: watch
      )
      return .advanced(from: began, to: now, reason == .reached ? .timeIsOver : .stuck)
    case .runUntil(let expectation, let limit):
      let end = try advance(until: expectation, within: limit ?? Self.defaultLimit, watch)
      return .advanced(from: began, to: now, end)
    case .step(let count):
      let (sum, overflow) = journalCount.addingReportingOverflow(count)
      let target = overflow ? Int.max : sum
      let reason = try advance(
        until: now + Self.defaultLimit,
        watching: watch,
        while: { self.journalCount < target }
      )
      return .advanced(from: began, to: now, reason == .stopped ? .stepped(count) : .stuck)
    case .expect(let expectation, let limit?):
      switch try advance(until: expectation, within: limit, watch) {
      case .holds: return .judged(expectation, .holds)
      default: return .judged(expectation, judge(expectation))
      }
    default: return .advanced(from: began, to: now, .timeIsOver)
    }
  }

  private var journalCount: Int { cluster?.simulation.journal.items.count ?? 0 }

  /// Lets time pass until something holds: looked at after each entry of the journal, and what
  /// tasks do between entries every ten milliseconds.
  private func advance(
    until expectation: Expectation,
    within limit: VirtualDuration,
    _ watch: Watcher
  ) throws -> AdvanceEnd {
    let end = now + limit
    var nextFrame = now + frame
    let glances = expectation.looksIntoTasks ? Self.glance : frame
    while true {
      let judgement = judge(expectation)
      guard case .fails(let seen) = judgement else {
        try watch(self)
        return .holds
      }
      guard now < end, !seen.isOfNothing else {
        try watch(self)
        return .doesNotHold(seen)
      }
      let count = journalCount
      let next = min(end, now + glances)
      switch try advance(until: next, while: { self.journalCount == count }) {
      case .stuck, .idle: return .stuck
      case .reached, .stopped: break
      }
      if now >= nextFrame {
        try watch(self)
        nextFrame = now + frame
      }
    }
  }
}
