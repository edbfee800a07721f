import Checkers
import ClusterProtocol
import Foundation
import JobGraphs
import RunFarm
import Sandbox
import SimulationKernel
import StreamOperators
import Testing
import Workloads

/// Random kills at random instants of batch jobs: rows must be those of the failure-free run.
@Suite(.serialized) struct BatchSearch {
  /// How many seeds are tried; set DREY_SEARCH_RUNS for a long search in release.
  static let runs =
    ProcessInfo.processInfo.environment["DREY_SEARCH_RUNS"].flatMap { Int($0) } ?? 20

  /// A word count of two stages of one to two seconds each.
  static func search(slots: Int) throws -> SeedSearch {
    let words = ["leaf", "nest", "acorn", "branch", "stream", "moss", "wind"]
    let text = (0..<300).map { line in
      (0..<8).map { words[(line * 5 + $0 * $0 + line / 7) % words.count] + "\(line % 23)" }
        .joined(separator: " ")
    }
    var options = RunOptions(job: try #require(ReferenceJob.named("word-count")))
    options.input = InputBytes(Array((text.joined(separator: "\n") + "\n").utf8))
    options.parallelism = slots == 1 ? 2 : 3
    options.slots = slots
    options.rate = SourceRate(elementsPerSecond: 200)
    options.runtimeMode = .batch
    options.cluster.costPerRecord = .milliseconds(1)
    let faults = FaultPlan(
      horizon: .seconds(4),
      taskManagers: ["tm-1", "tm-2", "tm-3"],
      tasks: [("lines", 2), ("counts", 2)]
    )
    return SeedSearch(options: options, faults: faults, properties: Property.exactlyOnce)
  }

  @Test(arguments: [1, 2])
  func holdsAtEveryInstant(slots: Int) throws {
    let outcome = try Self.search(slots: slots).run(count: Self.runs, input: "TEXT")
    print(
      "batch search, \(slots) slots: \(outcome.runs) runs, \(outcome.struckFaults) faults struck,"
        + " \(outcome.restarts) restarts, \(outcome.violations.count) violations"
    )
    for violation in outcome.violations.prefix(5) {
      print(violation.findings, violation.replay)
    }
    #expect(outcome.violations.isEmpty)
    #expect(outcome.restarts > Self.runs / 2)
  }
}
