import ExternalSystems
import RecordFormats
import Connectors
import Checkers
import ClusterProtocol
import DataStreamAPI
import Foundation
import ReferenceJobs
import RunFarm
import Sandbox
import SimulationKernel
import StreamOperators
import Testing

/// One job that writes the same rows to every kind of sink: the same faults tell them apart.
@Suite(.serialized) struct DeliverySearch {
  /// How many seeds are tried; set DREY_SEARCH_RUNS for a long search in release.
  static let runs =
    ProcessInfo.processInfo.environment["DREY_SEARCH_RUNS"].flatMap { Int($0) } ?? 20

  /// How the searched runs differ.
  enum Scenario: CaseIterable {
    /// Kills and failed tasks, checkpoints every 400 ms.
    case crashes
    /// Records in flight always, checkpoints every 40 ms.
    case torrent
    /// Also TaskManagers that stand still or are cut off, too short a time to be given up.
    case hiccups
    /// Pauses and cuts for longer than the cluster endures: what was given up goes on writing.
    case zombies
  }

  /// A count of words that goes to six sinks.
  static let job = Program(
    "deliveries",
    summary: "a count of words that goes to six sinks",
    columns: ["word", "count"],
    isConfluent: true
  ) { environment in
    let counts = environment.readTextFile(environment.input)
      .flatMap { line, words in
        Tokens.forEach(in: line) { words.collect(Tuple2($0, 1)) }
      }
      .keyBy(\.f0)
      .sum(\.f1).name("counts")
    counts.sinkTo(.csv() as FileSink).name("file")
    counts.sinkTo(.csv() as PlainSink).name("plain")
    counts.sinkTo(.csv(table: "upsert") { $0.f0 } as UpsertSink).name("upsert")
    for guarantee in DeliveryGuarantee.allCases {
      let name = "log-\(guarantee.rawValue)"
      var sink = LogSink<Tuple2<String, Int>>.csv(
        LogTopic(name, partitions: 3),
        guarantee: guarantee
      ) { $0.f0 }
      // Long enough for a producer to hold records when a barrier passes.
      sink.options.linger = .milliseconds(100)
      sink.options.batchBytes = 1 << 20
      counts.sinkTo(sink).name(name)
    }
  }

  static func search(
    _ scenario: Scenario,
    plantedBugs: Set<PlantedBug> = []
  ) -> SeedSearch {
    let words = ["leaf", "nest", "acorn", "branch", "stream", "moss", "wind"]
    let isTorrent = scenario == .torrent
    let lines = isTorrent ? 2000 : scenario == .zombies ? 300 : 180
    let text = (0..<lines).map { line in
      (0..<4).map { words[(line * 5 + $0 * $0 + line / 7) % words.count] }.joined(separator: " ")
    }
    var options = RunOptions(job: job)
    options.input = InputBytes(Array((text.joined(separator: "\n") + "\n").utf8))
    options.parallelism = 2
    options.rate = SourceRate(elementsPerSecond: isTorrent ? 2000 : 60)
    options.checkpointInterval = .milliseconds(isTorrent ? 40 : 400)
    options.cluster.plantedBugs = plantedBugs
    var faults = FaultPlan(
      horizon: isTorrent ? .milliseconds(1300) : .seconds(4),
      taskManagers: ["tm-1", "tm-2", "tm-3"],
      tasks: [("lines", 2), ("counts", 2)]
    )
    if scenario == .hiccups {
      faults.most = 2
      faults.longestPause = .seconds(5)
      faults.longestCut = .seconds(5)
    }
    if scenario == .zombies {
      // Soon given up and soon replaced, while there is still something to read.
      options.cluster.heartbeatInterval = .milliseconds(100)
      options.cluster.heartbeatTimeout = .milliseconds(500)
      options.restartStrategy = .fixedDelay(attempts: 1000, delay: .milliseconds(100))
      faults.longestPause = .seconds(4)
      faults.longestCut = .seconds(4)
      faults.most = 2
    }
    // A zombie's late row writes over a newer one: nothing fences a table.
    let upsert = SinkPromise.exactlyOnce
    let promises: [(name: String, promise: SinkPromise)] = [
      ("file: Writer", .exactlyOnce), ("log-exactly-once", .exactlyOnce),
      ("upsert", scenario == .zombies ? .nothing : upsert),
      ("plain: Writer", .atLeastOnce), ("log-at-least-once", .atLeastOnce),
      ("log-none", .nothing),
    ]
    return SeedSearch(
      options: options,
      faults: faults,
      properties: [.finishes, .sameState, .delivers(promises)]
    )
  }

  @Test(arguments: Scenario.allCases)
  func eachSinkKeepsItsPromise(_ scenario: Scenario) throws {
    let outcome = try Self.search(scenario).run(count: Self.runs, input: "TEXT")
    print(
      "delivery search, \(scenario): \(outcome.runs) runs, \(outcome.struckFaults) faults struck,"
        + " \(outcome.restarts) restarts, \(outcome.fencedOperations) operations fenced,"
        + " \(outcome.violations.count) violations"
    )
    for tally in outcome.deliveries { print("  \(tally)") }
    for violation in outcome.violations.prefix(5) {
      print(violation.findings, violation.replay)
    }
    #expect(outcome.violations.isEmpty)
    #expect(outcome.restarts > Self.runs / 3)
    func tally(_ name: String) throws -> DeliveryTally {
      try #require(outcome.deliveries.first { $0.name == name })
    }
    #expect(try tally("plain: Writer").runsWithDuplicates > 0)
    #expect(try tally("log-at-least-once").runsWithDuplicates > 0)
    #expect(try tally("log-none").runsWithLoss > 0)
    if scenario == .zombies { #expect(outcome.fencedOperations > 0) }
  }

  @Test func findsASinkThatCommitsBeforeItsCheckpointIsComplete() throws {
    let search = Self.search(.torrent, plantedBugs: [.commitsEarly])
    for first in stride(from: 1, through: 200, by: 20) {
      let outcome = try search.run(first: UInt64(first), count: 20, input: "TEXT")
      for violation in outcome.violations {
        for finding in violation.findings where finding.property == "delivers" {
          print("commits early: first found with seed \(violation.seed): \(finding)")
          #expect(violation.replay.contains("--seed \(violation.seed)"))
          return
        }
      }
    }
    Issue.record("200 seeds do not find a sink that commits early")
  }
}
