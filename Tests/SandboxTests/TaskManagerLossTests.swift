import ClusterProtocol
import DataStreamAPI
import JobGraphs
import Sandbox
import SimulationKernel
import StreamModel
import TestSupport
import Testing

/// What happens when a TaskManager is lost, beside recordings of Flink 2.3.0 on two cores: three
/// TaskManagers of one slot, parallelism 2, checkpoints every second.
///
/// Recorded ranges are widened by a fifth.
@Suite struct TaskManagerLossTests {
  private static func loss(seed: UInt64, _ faults: [String], taskManagers: Int? = nil) throws
    -> ObservedRun
  {
    var options = try Fixture.options(lines: 2000, rate: 200)
    options.seed = seed
    options.taskManagers = taskManagers
    options.faults = try faults.map { try TimedCommand(parsing: $0) }
    return try ObservedRun(options)
  }

  @Test(arguments: 1...UInt64(Draws.runs(byDay: 3, search: 100)))
  func goesAsRecordedWithASpare(seed: UInt64) throws {
    let observed = try Self.loss(seed: seed, ["kill tm-1 at 3s"])
    let kill = 3000.0
    #expect(observed.run.ending == .job(.finished))
    #expect((5...6).contains(observed.run.history.restarts))
    let restarting = observed.instants { $0.isJobState(.restarting) }
    #expect((45...97).contains(restarting[0] - kill), "RESTARTING after \(restarting[0] - kill) ms")
    let running = observed.instants { $0.isJobState(.running) }.filter { $0 > kill }
    let recorded = [1070...1100, 2500...2700, 4770...5120, 7920...8840].map {
      Double($0.lowerBound) * 0.8...Double($0.upperBound) * 1.2
    }
    for (instant, range) in zip(running, recorded) {
      #expect(range.contains(instant - kill), "RUNNING after \(instant - kill) ms, not in \(range)")
    }
    let lost = observed.instants { if case .taskManagerLost = $0 { true } else { false } }
    #expect((8720...20_400).contains(lost[0] - kill))
    let last = try #require(running.last)
    let allRunning = try #require(
      observed.instants { $0.isTaskState(.running) }.last { $0 < last + 2000 }
    )
    #expect((290...620).contains(allRunning - last))
    let mistake = observed.run.options.job.findMistake?(
      observed.run.options.input,
      observed.lines,
      false
    )
    #expect(mistake == nil, "\(mistake ?? "")")
  }

  @Test func failsByTheBrokenConnectionAndThenByTheUnreachableAddress() throws {
    let observed = try Self.loss(seed: 1, ["kill tm-1 at 3s"])
    guard case .connectionLost(peer: "tm-1") = try #require(observed.failures.first) else {
      Issue.record("the first failure was \(observed.failures[0])")
      return
    }
    for failure in observed.failures.dropFirst() {
      guard case .recipientUnreachable(recipient: "tm-1", message: "submitTask") = failure else {
        Issue.record("a redeployment failed by \(failure)")
        return
      }
    }
    #expect(observed.failures.count == observed.run.history.restarts)
  }

  @Test func waitsWithoutASpareUntilATaskManagerComes() throws {
    let observed = try Self.loss(
      seed: 1,
      ["kill tm-1 at 3s", "restart tm-1 at 63s"],
      taskManagers: 2
    )
    #expect(observed.run.ending == .job(.finished))
    #expect((4...7).contains(observed.run.history.restarts))
    let scheduled = observed.instants { $0.isTaskState(.scheduled) }.filter {
      $0 > 3000 && $0 < 63_000
    }
    #expect(!scheduled.isEmpty)
    let running = observed.instants { $0.isTaskState(.running) }.filter { $0 > 60_000 }
    #expect((63_000...66_000).contains(try #require(running.first)))
    #expect(observed.lines.count == 20_000)
  }

  @Test func endsTheJobWithoutCheckpoints() throws {
    var options = try Fixture.options(lines: 2000, rate: 200)
    options.checkpointInterval = nil
    options.faults = [try TimedCommand(parsing: "kill tm-1 at 3s")]
    let observed = try ObservedRun(options)
    #expect(observed.run.ending == .job(.failed))
    #expect((3080...3140).contains(observed.run.now.milliseconds))
    guard case .recoverySuppressed(let strategy, _) = try #require(observed.run.error) else {
      Issue.record("ended by \(String(describing: observed.run.error))")
      return
    }
    #expect(strategy.contains("NoRestartBackoffTimeStrategy"))
  }

  @Test func restartsOnceAfterAFailedTask() throws {
    var options = try Fixture.options(lines: 2000, rate: 200)
    options.faults = [try TimedCommand(parsing: "fail task counts[1] at 3s")]
    let observed = try ObservedRun(options)
    #expect(observed.run.ending == .job(.finished))
    #expect(observed.run.history.restarts == 1)
    let running = observed.instants { $0.isTaskState(.running) }.filter { $0 > 3000 }
    #expect((940...1800).contains(try #require(running.last) - 3000))
    #expect(observed.lines.count == 20_000)
  }
}

extension JournalEntry {
  /// Whether a job reached a state.
  func isJobState(_ state: JobState) -> Bool {
    if case .jobState(_, _, state, _) = self { true } else { false }
  }

  /// Whether a task reached a state.
  func isTaskState(_ state: ExecutionState) -> Bool {
    if case .taskState(let change) = self { change.to == state } else { false }
  }
}
