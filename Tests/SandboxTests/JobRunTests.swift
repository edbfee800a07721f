import RecordFormats
import Connectors
import ReferenceJobs
import ClusterProtocol
import DataStreamAPI
import Deployment
import JobGraphs
import Sandbox
import SimulationKernel
import StreamModel
import TestSupport
import Testing

@Suite struct JobRunTests {
  private struct Refusal: Error {}

  /// A job on numbers from 0 that runs `body` for each.
  private static func numbers(
    _ count: Int,
    _ body: @escaping @Sendable (Int) throws -> Int
  ) -> Program {
    Program("numbers", summary: "", columns: ["key", "sum"], isConfluent: true) { environment in
      environment.generate(count: count, rate: SourceRate(elementsPerSecond: 100)) { number, _ in
        number
      }
      .map(body).name("body")
      .map { Tuple2($0 % 5, 1) }
      .keyBy(\.f0).sum(\.f1).name("sums")
      .writeAsCSV().name("rows")
    }
  }

  @Test func isTheSameTwiceByteForByte() throws {
    var options = try Fixture.options(lines: 300, rate: 100)
    options.faults = [try TimedCommand(parsing: "kill tm-2 at 1s")]
    let first = try ObservedRun(options).run.cluster.simulation.journal
    let second = try ObservedRun(options).run.cluster.simulation.journal
    #expect(first.jsonLines() == second.jsonLines())
    #expect(first.digest == second.digest)
    options.seed = 2
    #expect(try ObservedRun(options).run.digest != first.digest)
  }

  @Test func hasADigestThatNoBuildAndNoOutputChanges() throws {
    var options = try Fixture.options(lines: 300, rate: 100)
    options.faults = [try TimedCommand(parsing: "kill tm-2 at 1s")]
    let digest = try ObservedRun(options).run.digest.description
    options.rowLimit = 10
    #expect(try ObservedRun(options).run.digest.description == digest)
    // Written down so that debug and release builds are held to the same: whoever changes what a
    // run does on purpose writes the new one.
    #expect(digest == "04f44d2fd4b96ca2")
  }

  @Test func commitsARowForEachWord() throws {
    let observed = try ObservedRun(try Fixture.options(lines: 500))
    #expect(observed.run.ending == .job(.finished))
    #expect(observed.run.history.sourceElements == 500)
    #expect(observed.run.history.committedRows == 5000)
    #expect(
      observed.run.options.job.findMistake?(observed.run.options.input, observed.lines, false)
        == nil
    )
  }

  @Test func finishesOnNothing() throws {
    var options = try Fixture.options(lines: 0)
    options.input = InputBytes([])
    let observed = try ObservedRun(options)
    #expect(observed.run.ending == .job(.finished))
    #expect(observed.lines.isEmpty)
  }

  @Test func namesTheOperatorThatThrewAndRestarts() throws {
    var options = RunOptions(
      job: Self.numbers(200) { number in
        if number == 150 { throw Refusal() }
        return number
      }
    )
    options.limit = .seconds(20)
    let observed = try ObservedRun(options)
    #expect(observed.run.ending == .limit)
    #expect(observed.run.history.restarts > 3)
    guard case .userCode("body", _) = try #require(observed.failures.first) else {
      Issue.record("failed by \(observed.failures[0])")
      return
    }
  }

  @Test func followsItsRestartStrategy() throws {
    var options = RunOptions(job: Self.numbers(200) { _ in throw Refusal() })
    options.restartStrategy = .fixedDelay(attempts: 2, delay: .milliseconds(500))
    let observed = try ObservedRun(options)
    #expect(observed.run.ending == .job(.failed))
    #expect(observed.run.history.restarts == 2)
  }

  @Test func neverRestartsForAnInputThatCannotBeRead() throws {
    var options = try Fixture.options(lines: 0)
    options.input = InputBytes([0x61, 0x0A, 0xFF, 0xFE, 0x0A])
    options.parallelism = 1
    let observed = try ObservedRun(options)
    #expect(observed.run.ending == .job(.failed))
    #expect(observed.run.history.restarts == 0)
    guard case .unreadableInput(let message) = try #require(observed.run.error) else {
      Issue.record("ended by \(String(describing: observed.run.error))")
      return
    }
    #expect(message.contains("line 2"))
    #expect(observed.lines.isEmpty)
  }

  @Test func failsFromTooFewSlotsAsFlinkDoes() throws {
    var options = try Fixture.options(lines: 10)
    options.taskManagers = 1
    options.checkpointInterval = nil
    let observed = try ObservedRun(options)
    #expect(observed.run.ending == .job(.failed))
    #expect((800...1400).contains(observed.run.now.milliseconds))
    #expect("\(try #require(observed.run.error))".contains("minimum required resources"))
  }

  @Test func saysStuckWhenNothingComesNearerToTheEnd() throws {
    var options = try Fixture.options(lines: 2000, rate: 100)
    options.checkpointInterval = nil
    options.faults = [
      try TimedCommand(parsing: "partition tm-1 from tm-2 at 1s")
    ]
    options.cluster.heartbeatTimeout = .minutes(10_000)
    options.limit = .minutes(120)
    options.faults.append(try TimedCommand(parsing: "pause tm-1 for 100min at 2s"))
    options.faults.append(try TimedCommand(parsing: "pause tm-2 for 100min at 2s"))
    let observed = try ObservedRun(options)
    #expect(observed.run.ending == .stuck)
    #expect((600_000...640_000).contains(observed.run.now.milliseconds))
    // It can be made again all the same, on a cluster that is set up alike.
    var sandbox = SandboxOptions(
      catalogue: .reference,
      inputs: SingleInput(SessionInput(options.input))
    )
    sandbox.cluster = options.cluster
    let replay = try SessionReplay(of: observed.run.sessionFile(), sandbox)
    #expect(replay.parting == nil)
    #expect(replay.session.digest == observed.run.digest)
  }

  @Test func reportsACommandThatNeverStruck() throws {
    var options = try Fixture.options(lines: 50)
    options.faults = [try TimedCommand(parsing: "kill tm-1 at 30s")]
    let observed = try ObservedRun(options)
    #expect(observed.run.ending == .job(.finished))
    #expect(observed.run.unstruck.map(\.text) == ["kill tm-1 at 30s"])
  }

  @Test func losesNothingToAPauseOrASlowOrCutProcess() throws {
    for faults in [
      ["pause tm-1 for 5s at 1s"], ["slow tm-2 to 900% for 2s at 1s"],
      ["partition tm-1 from tm-2 at 1s", "heal tm-1 from tm-2 at 4s"],
      ["pause tm-2 for 70s at 1s"],
    ] {
      var options = try Fixture.options(lines: 300, rate: 100)
      options.faults = try faults.map { try TimedCommand(parsing: $0) }
      let observed = try ObservedRun(options)
      #expect(observed.run.ending == .job(.finished), "\(faults)")
      #expect(observed.lines.count == 3000, "\(faults)")
      #expect(
        observed.run.options.job.findMistake?(observed.run.options.input, observed.lines, false)
          == nil
      )
    }
  }

  @Test(arguments: [
    ["pause tm-1 for 70s at 2367ms"],
    ["pause tm-1 for 5s at 2367ms", "kill tm-1 at 3s"],
    ["pause tm-2 for 49s at 245ms"],
    ["pause tm-1 for 51s at 150ms"],
  ])
  func survivesAPauseAtTheWorstMoment(faults: [String]) throws {
    for milliseconds in 0..<6 {
      var options = try Fixture.options(lines: 120, rate: 20)
      options.faults = try faults.map { try TimedCommand(parsing: $0) }
      options.faults[0].instant = options.faults[0].instant + .milliseconds(Int64(milliseconds))
      let observed = try ObservedRun(options)
      #expect(observed.run.ending == .job(.finished), "\(options.faults.map(\.text))")
      #expect(
        observed.run.options.job.findMistake?(observed.run.options.input, observed.lines, false)
          == nil,
        "\(options.faults.map(\.text))"
      )
    }
  }

  @Test func runsInOneProcessWhereATaskCanFail() throws {
    var options = try Fixture.options(lines: 300, rate: 100)
    options.deployment = .local
    options.faults = [try TimedCommand(parsing: "fail task lines[1] at 1s")]
    let observed = try ObservedRun(options)
    #expect(observed.run.ending == .job(.finished))
    #expect(observed.run.history.restarts == 1)
    #expect(observed.lines.count == 3000)
    options.faults = [try TimedCommand(parsing: "kill tm-1 at 1s")]
    #expect(performing: { try JobRun(options) }, throws: { "\($0)".contains("one process") })
  }

  @Test func showsRowsAtOnceWithoutAGuarantee() throws {
    var options = try Fixture.options(lines: 300, rate: 100)
    options.guarantee = .none
    let observed = try ObservedRun(options)
    let commits = observed.instants { if case .rowsCommitted = $0 { true } else { false } }
    #expect(observed.lines.count == 3000)
    #expect(try #require(commits.first) < 700)
    #expect(commits.count > 20)
  }

  @Test func losesNoRowAtLeastOnce() throws {
    for seed in 1...UInt64(Draws.runs(byDay: 10, search: 400)) {
      var options = try Fixture.options(lines: 300, rate: 100)
      options.seed = seed
      options.guarantee = .atLeastOnce
      options.checkpointInterval = .milliseconds(200)
      options.faults = [try TimedCommand(parsing: "fail task counts[0] at \(900 + seed * 37)ms")]
      let observed = try ObservedRun(options)
      #expect(observed.run.ending == .job(.finished))
      #expect(observed.lines.count >= 3000)
    }
  }
}
