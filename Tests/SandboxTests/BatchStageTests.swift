import ClusterProtocol
import DataStreamAPI
import JobGraphs
import Sandbox
import SimulationKernel
import StreamModel
import Testing

/// Batch runs one stage after the other, and does again only what a failure took.
@Suite struct BatchStageTests {
  /// A word count at parallelism 2 whose first stage takes about a second and a half, and its
  /// second one somewhat less.
  private static func options(_ faults: [String] = []) throws -> RunOptions {
    var options = try Fixture.options(lines: 300, rate: 200)
    options.runtimeMode = .batch
    options.cluster.costPerRecord = .microseconds(400)
    options.faults = try faults.map { try TimedCommand(parsing: $0) }
    return options
  }

  /// The changes of tasks in order: `counts[0] #1 RUNNING`.
  private static func changes(_ observed: ObservedRun) -> [(milliseconds: Double, text: String)] {
    observed.journal.compactMap { milliseconds, entry in
      guard case .taskState(let change) = entry else { return nil }
      let stage = change.subtask.vertex == 0 ? "lines" : "counts"
      let text = "\(stage)[\(change.subtask.index)] #\(change.attempt) \(change.to.rawValue)"
      return (milliseconds, text)
    }
  }

  /// How often each task was deployed: lines[0], lines[1], counts[0], counts[1].
  private static func deployments(_ observed: ObservedRun) -> [Int] {
    ["lines[0]", "lines[1]", "counts[0]", "counts[1]"].map { task in
      changes(observed).count { $0.text.hasPrefix(task) && $0.text.hasSuffix("RUNNING") }
    }
  }

  private static func expectRight(
    _ observed: ObservedRun,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let job = observed.run.options.job
    #expect(observed.run.ending == .job(.finished), sourceLocation: sourceLocation)
    let mistake = job.findMistake?(observed.run.options.input, observed.lines, true)
    #expect(mistake == nil, sourceLocation: sourceLocation)
  }

  @Test func deploysAConsumerWhenItsProducersHaveFinished() throws {
    let observed = try ObservedRun(try Self.options())
    Self.expectRight(observed)
    let texts = Self.changes(observed).map(\.text)
    let finished = try #require(
      texts.lastIndex { $0.hasPrefix("lines") && $0.hasSuffix("FINISHED") }
    )
    let deployed = try #require(
      texts.firstIndex { $0.hasPrefix("counts") && $0.hasSuffix("DEPLOYING") }
    )
    #expect(finished < deployed)
    #expect(Self.deployments(observed) == [1, 1, 1, 1])
    let committed = observed.instants { if case .rowsCommitted = $0 { true } else { false } }
    let ended = Self.changes(observed).map(\.milliseconds).max() ?? 0
    #expect(committed.count == 2)
    #expect(committed.allSatisfy { $0 > ended })
  }

  @Test func isTheSameTwice() throws {
    let faults = ["kill tm-1 at 2500ms"]
    let first = try ObservedRun(try Self.options(faults))
    let second = try ObservedRun(try Self.options(faults))
    #expect(first.run.digest == second.run.digest)
    #expect(first.lines == second.lines)
  }

  /// The instant in the middle of the second stage of a run without failures.
  private static func secondStage() throws -> Int {
    let changes = changes(try ObservedRun(try options()))
    let begin = changes.first { $0.text == "counts[0] #0 RUNNING" }?.milliseconds ?? 0
    let end = changes.first { $0.text == "counts[0] #0 FINISHED" }?.milliseconds ?? 0
    return Int((begin + end) / 2)
  }

  @Test func doesOnlyTheFailedTaskAgain() throws {
    let instant = try Self.secondStage()
    let observed = try ObservedRun(try Self.options(["fail task counts[0] at \(instant)ms"]))
    Self.expectRight(observed)
    #expect(Self.deployments(observed) == [1, 1, 2, 1])
    #expect(observed.run.history.restarts == 1)
  }

  @Test func cannotFailWhatHasFinished() throws {
    let instant = try Self.secondStage()
    let observed = try ObservedRun(try Self.options(["fail task lines[0] at \(instant)ms"]))
    Self.expectRight(observed)
    #expect(Self.deployments(observed) == [1, 1, 1, 1])
  }

  @Test func doesOnlyTheFailedTaskOfTheFirstStageAgain() throws {
    let observed = try ObservedRun(try Self.options(["fail task lines[1] at 700ms"]))
    Self.expectRight(observed)
    #expect(Self.deployments(observed) == [1, 2, 1, 1])
  }

  @Test func doesAgainWhatALostTaskManagerHeld() throws {
    let instant = try Self.secondStage()
    let observed = try ObservedRun(try Self.options(["kill tm-1 at \(instant)ms"]))
    Self.expectRight(observed)
    let deployments = Self.deployments(observed)
    #expect(deployments[0] == 2)
    #expect(deployments[1] == 1)
    #expect(deployments[2] >= 2)
  }

  @Test func doesAgainWhatARestartedTaskManagerHeld() throws {
    let instant = try Self.secondStage()
    let observed = try ObservedRun(
      try Self.options(["kill tm-2 at \(instant)ms", "restart tm-2 at \(instant + 300)ms"])
    )
    Self.expectRight(observed)
    #expect(Self.deployments(observed)[0] == 1)
    #expect(Self.deployments(observed)[1] == 2)
  }

  @Test func doesNothingOfAFinishedStageAgainThatNobodyNeeds() throws {
    // Only the first of three stages is lost, when the third one runs.
    let job = Program("job", summary: "", columns: ["key", "n"], isConfluent: true) { environment in
      environment.generate(count: 400) { number, _ in Tuple2("k\(number % 50)", 1) }
        .name("numbers").setParallelism(1).slotSharingGroup("first")
        .keyBy(\.f0).sum(\.f1).name("sums").setParallelism(1).slotSharingGroup("second")
        .rebalance().map { $0 }.name("copies").setParallelism(1).slotSharingGroup("third")
        .writeAsCSV().name("rows")
    }
    var options = RunOptions(job: job)
    options.runtimeMode = .batch
    options.cluster.costPerRecord = .milliseconds(10)
    options.faults = [try TimedCommand(parsing: "kill tm-1 at 8500ms")]
    let observed = try ObservedRun(options)
    #expect(observed.run.ending == .job(.finished))
    #expect(observed.lines.count == 50)
    let running = observed.journal.compactMap { _, entry in
      if case .taskState(let change) = entry, change.to == .running {
        change.subtask.vertex
      } else {
        nil
      }
    }
    #expect(running == [0, 1, 2])
  }

  @Test func losesNothingToAPauseOrACut() throws {
    let instant = try Self.secondStage()
    for faults in [
      ["pause tm-1 for 70s at \(instant)ms"], ["pause tm-2 for 5s at \(instant)ms"],
      ["partition tm-1 from tm-2 at \(instant)ms", "heal tm-1 from tm-2 at \(instant + 4000)ms"],
      [
        "partition tm-1 from jobmanager at \(instant)ms",
        "heal tm-1 from jobmanager at \(instant + 90000)ms",
      ],
      ["pause tm-1 for 70s at 1s"],
    ] {
      let observed = try ObservedRun(try Self.options(faults))
      Self.expectRight(observed)
    }
  }

  @Test func endsByTheStrategyOfTheJob() throws {
    var options = try Self.options(["fail task counts[0] at \(try Self.secondStage())ms"])
    options.restartStrategy = RestartStrategy.none
    let observed = try ObservedRun(options)
    #expect(observed.run.ending == .job(.failed))
    #expect(observed.lines.isEmpty)
  }
}
