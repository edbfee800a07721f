import ClusterProtocol
import Checkers
import Connectors
import DataStreamAPI
import ReferenceJobs
import RunFarm
import Sandbox
import SimulationKernel
import StreamModel

extension SearchScenario {
  /// Random kills at random instants of batch jobs: rows must be those of the failure-free run.
  package static let batch: [SearchScenario] = [
    SearchScenario("batch, one slot", search: { _ in stages(slots: 1) }, findDoubt: findDoubt),
    SearchScenario("batch, two slots", search: { _ in stages(slots: 2) }, findDoubt: findDoubt),
    SearchScenario("batch, dealing", search: { _ in dealing() }, findDoubt: findDoubt),
  ]

  @Sendable
  private static func findDoubt(_ outcome: SeedSearch.Outcome) -> String? {
    outcome.restarts > outcome.runs / 4 ? nil : "too few restarts to mean anything"
  }

  /// A word count of two stages of one to two seconds each.
  private static func stages(slots: Int) -> SeedSearch {
    var options = RunOptions(job: .wordCount)
    options.input = .lines(300, words: 8, spread: 23)
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
  private static func dealing() -> SeedSearch {
    let job = Program("deal", columns: ["key", "n"], isConfluent: true) { environment in
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
}
