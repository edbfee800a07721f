import RecordFormats
import Connectors
import Checkers
import ClusterProtocol
import DataStreamAPI
import Foundation
import JobGraphs
import ReferenceJobs
import RunFarm
import Sandbox
import SimulationKernel
import StreamModel
import StreamOperators
import Testing

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
    var options = RunOptions(job: try #require(JobCatalogue.reference["word-count"]))
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

  /// Four stages between which records are dealt out in every way: a task that is executed anew
  /// must deal them out as before.
  static func dealing() throws -> SeedSearch {
    let job = Program("deal", summary: "", columns: ["key", "n"], isConfluent: true) {
      environment in
      let numbers = environment.generate(count: 600) { number, _ in
        Tuple2("k\(number % 90)", number)
      }.name("lines")
      numbers.shuffle().map { $0 }.name("counts").disableChaining()
        .rebalance().map { $0 }.name("dealt").disableChaining()
        .union(numbers.rebalance().filter { $0.f1 % 3 == 0 }.name("few"))
        .keyBy(\.f0).reduce { Tuple2($0.f0, $0.f1 + $1.f1) }.name("sums")
        .rebalance().map { $0 }.name("copies").disableChaining()
        .writeAsCSV().name("rows")
    }
    var options = RunOptions(job: job)
    options.parallelism = 3
    options.slots = 1
    options.runtimeMode = .batch
    options.cluster.costPerRecord = .milliseconds(2)
    let faults = FaultPlan(
      horizon: .seconds(5),
      taskManagers: ["tm-1", "tm-2", "tm-3", "tm-4"],
      tasks: [("lines", 3), ("counts", 3), ("sums", 3), ("copies", 3)]
    )
    return SeedSearch(options: options, faults: faults, properties: Property.exactlyOnce)
  }

  @Test(arguments: ["one slot", "two slots", "dealing"])
  func holdsAtEveryInstant(_ scenario: String) throws {
    let search =
      switch scenario {
      case "one slot": try Self.search(slots: 1)
      case "two slots": try Self.search(slots: 2)
      default: try Self.dealing()
      }
    let outcome = try search.run(count: Self.runs, input: "TEXT")
    print(
      "batch search, \(scenario): \(outcome.runs) runs, \(outcome.struckFaults) faults struck,"
        + " \(outcome.restarts) restarts, \(outcome.violations.count) violations"
    )
    for violation in outcome.violations.prefix(5) {
      print(violation.findings, violation.replay)
    }
    #expect(outcome.violations.isEmpty)
    #expect(outcome.restarts > Self.runs / 4)
  }
}
