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

/// Random kills at random instants: exactly once must hold at every one of them.
@Suite(.serialized) struct ExactlyOnceSearch {
  /// How many seeds are tried; set DREY_SEARCH_RUNS for a long search in release.
  static let runs =
    ProcessInfo.processInfo.environment["DREY_SEARCH_RUNS"].flatMap { Int($0) } ?? 40

  /// How the searched runs differ: how records flow, and when faults strike.
  enum Scenario: CaseIterable {
    /// Some four seconds at 60 lines a second.
    case trickle
    /// As fast as the cost model allows, with checkpoints every 40 ms: buffers are in flight
    /// always.
    case torrent
    /// Parallelism 3 on TaskManagers of two slots each.
    case sharedTaskManagers
  }

  /// A word count on short lines that loses TaskManagers and tasks.
  static func search(
    _ scenario: Scenario = .trickle,
    plantedBugs: Set<PlantedBug> = []
  ) throws -> SeedSearch {
    let words = ["leaf", "nest", "acorn", "branch", "stream", "moss", "wind"]
    let isTorrent = scenario == .torrent
    let text = (0..<(isTorrent ? 6000 : 240)).map { line in
      (0..<8).map { words[(line * 5 + $0 * $0 + line / 7) % words.count] }.joined(separator: " ")
    }
    var options = RunOptions(job: try #require(JobCatalogue.reference["word-count"]))
    options.input = InputBytes(Array((text.joined(separator: "\n") + "\n").utf8))
    options.parallelism = scenario == .sharedTaskManagers ? 3 : 2
    options.slots = scenario == .sharedTaskManagers ? 2 : nil
    options.rate = isTorrent ? nil : SourceRate(elementsPerSecond: 60)
    options.checkpointInterval = .milliseconds(isTorrent ? 40 : 400)
    options.cluster.plantedBugs = plantedBugs
    let faults = FaultPlan(
      horizon: isTorrent ? .milliseconds(700) : .seconds(8),
      taskManagers: ["tm-1", "tm-2", "tm-3"],
      tasks: [("lines", 2), ("counts", 2)]
    )
    return SeedSearch(options: options, faults: faults, properties: Property.exactlyOnce)
  }

  @Test(arguments: Scenario.allCases)
  func holdsAtEveryInstant(_ scenario: Scenario) throws {
    let outcome = try Self.search(scenario).run(count: Self.runs, input: "TEXT")
    print(
      "exactly-once search, \(scenario): \(outcome.runs) runs,"
        + " \(outcome.struckFaults) faults struck,"
        + " \(outcome.restarts) restarts, \(outcome.violations.count) violations"
    )
    for violation in outcome.violations.prefix(5) {
      print(violation.findings, violation.replay)
    }
    #expect(outcome.violations.isEmpty)
    #expect(outcome.struckFaults > Self.runs / 2)
    #expect(outcome.restarts > Self.runs / 2)
  }

  @Test func findsATaskThatDoesNotAlign() throws {
    let outcome = try Self.search(plantedBugs: [.skipsAlignment])
      .run(count: min(200, max(Self.runs, 40)), input: "TEXT")
    let first = try #require(outcome.violations.first)
    print("planted bug: first found with seed \(first.seed): \(first.findings[0])")
    #expect(first.replay.contains("--seed \(first.seed)"))
  }
}
