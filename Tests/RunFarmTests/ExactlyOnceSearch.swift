import Checkers
import ClusterProtocol
import Foundation
import RunFarm
import Sandbox
import SimulationKernel
import StreamOperators
import Testing
import Workloads

/// Random kills at random instants: exactly once must hold at every one of them.
@Suite(.serialized) struct ExactlyOnceSearch {
  /// How many seeds are tried; set DREY_SEARCH_RUNS for a long search in release.
  static let runs =
    ProcessInfo.processInfo.environment["DREY_SEARCH_RUNS"].flatMap { Int($0) } ?? 40

  /// A word count of 240 short lines at 60 lines a second: some four seconds without a failure.
  static func search(plantedBugs: Set<PlantedBug> = []) throws -> SeedSearch {
    let words = ["leaf", "nest", "acorn", "branch", "stream", "moss", "wind"]
    let text = (0..<240).map { line in
      (0..<8).map { words[(line * 5 + $0 * $0 + line / 7) % words.count] }.joined(separator: " ")
    }
    var options = RunOptions(job: try #require(ReferenceJob.named("word-count")))
    options.input = InputBytes(Array((text.joined(separator: "\n") + "\n").utf8))
    options.parallelism = 2
    options.rate = SourceRate(elementsPerSecond: 60)
    options.checkpointInterval = .milliseconds(400)
    options.cluster.plantedBugs = plantedBugs
    let faults = FaultPlan(
      horizon: .seconds(12),
      taskManagers: ["tm-1", "tm-2", "tm-3"],
      tasks: [("lines", 2), ("counts", 2)]
    )
    return SeedSearch(options: options, faults: faults, properties: Property.exactlyOnce)
  }

  @Test func holdsAtEveryInstant() throws {
    let outcome = try Self.search().run(count: Self.runs, input: "TEXT")
    print(
      "exactly-once search: \(outcome.runs) runs, \(outcome.struckFaults) faults struck,"
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
