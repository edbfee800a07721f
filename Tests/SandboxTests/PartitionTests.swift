import ClusterProtocol
import DataStreamAPI
import JobGraphs
import Sandbox
import SimulationKernel
import Testing

/// A link is cut and healed between names, whoever bears them at the time.
@Suite struct PartitionTests {
  private static func run(_ faults: [String]) throws -> ObservedRun {
    var options = try Fixture.options(lines: 2000, rate: 200)
    options.faults = try faults.map { try TimedCommand(parsing: $0) }
    return try ObservedRun(options)
  }

  private static func expectAllRows(_ observed: ObservedRun) {
    #expect(observed.run.ending == .job(.finished))
    #expect(observed.run.unstruck.isEmpty)
    let mistake = observed.run.options.job.findMistake?(
      observed.run.options.input,
      observed.lines,
      false
    )
    #expect(mistake == nil, "\(mistake ?? "")")
  }

  @Test func aTaskManagerStartedAgainIsStillCutOff() throws {
    let observed = try Self.run([
      "partition tm-1 from jobmanager at 2s", "kill tm-1 at 3s", "restart tm-1 at 4s",
      "heal tm-1 from jobmanager at 6s",
    ])
    let registered = observed.instants { entry in
      if case .taskManagerRegistered("tm-1", _) = entry { true } else { false }
    }
    #expect(registered.filter { $0 > 2000 && $0 <= 6000 } == [])
    #expect(registered.contains { $0 > 6000 })
    Self.expectAllRows(observed)
  }

  @Test func aLinkIsHealedThoughOneEndIsDead() throws {
    let observed = try Self.run([
      "partition tm-1 from jobmanager at 2s", "kill tm-1 at 3s", "heal tm-1 from jobmanager at 4s",
      "restart tm-1 at 5s",
    ])
    let registered = observed.instants { entry in
      if case .taskManagerRegistered("tm-1", _) = entry { true } else { false }
    }
    #expect(registered.contains { $0 > 5000 && $0 < 7000 })
    Self.expectAllRows(observed)
  }
}
