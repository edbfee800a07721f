import Checkers
import DataStreamAPI
import ReferenceJobs
import RecordFormats
import RunFarm
import Sandbox
import SimulationKernel
import StreamOperators

/// How many runs a second a search tries on all cores: a small job that loses a machine or a task,
/// two faults a run on average, and is held against the run without faults.
struct SearchBenchmark {
  let runs: Int
  let rounds: Int

  /// - Returns: How many events of the loop on all cores a run takes as long as, in millions.
  func run() throws -> Double {
    guard let job = JobCatalogue.reference["word-count"] else {
      throw BenchmarkError("there is no word-count")
    }
    var options = RunOptions(job: job)
    options.input = InputBytes(
      Array(String(repeating: "leaf nest acorn branch stream moss wind nest\n", count: 60).utf8)
    )
    options.parallelism = 2
    options.rate = SourceRate(elementsPerSecond: 40)
    options.checkpointInterval = .milliseconds(600)
    let search = SeedSearch(
      options: options,
      faults: FaultPlan(
        horizon: .milliseconds(1500),
        taskManagers: ["tm-1", "tm-2", "tm-3"],
        tasks: [("lines", 2), ("counts", 2)]
      ),
      properties: Property.exactlyOnce
    )
    let calm = try RunRecord(running: options)
    var outcome: SeedSearch.Outcome?
    let figure = try BesideLoop(rounds: rounds, onAllCores: true) {
      outcome = try search.run(count: runs, input: "TEXT")
      return runs
    }
    guard let outcome, outcome.violations.isEmpty else {
      throw BenchmarkError("a search found \(outcome?.violations.first?.replay ?? "nothing")")
    }
    let events = 1 / figure.ratio / 1e6
    print(
      "searches, word count of \(calm.rows.count) words, parallelism 2, \(calm.checkpoints)"
        + " checkpoints where nothing fails"
    )
    print(
      "  what struck          \(outcome.struckFaults) commands in \(runs) runs;"
        + " \(outcome.restarts) restarts of the job"
    )
    print(
      "  on all cores         \(Int(figure.perSecond)) runs/s; the loop"
        + " \(Figure.tenths(figure.loopPerSecond / 1e6)) M events/s"
    )
    print("  ratio                a run takes as long as \(Figure.tenths(events)) M events")
    return events
  }
}
