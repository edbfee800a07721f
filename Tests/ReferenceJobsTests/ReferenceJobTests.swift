import RecordFormats
import DataStreamAPI
import Datasets
import Foundation
import ReferenceJobs
import SimulationKernel
import Testing

/// Every job that Drey brings along runs, and does what it says of itself.
@Suite struct ReferenceJobTests {
  /// How many kills each confluent job is tried with; more with DREY_SEARCH_RUNS.
  static let kills =
    ProcessInfo.processInfo.environment["DREY_SEARCH_RUNS"].flatMap { Int($0) } ?? 1

  @Test func namesAndInputsAreKnown() {
    #expect(
      Set(JobCatalogue.reference.programs.map(\.name)).count
        == JobCatalogue.reference.programs.count
    )
    for job in JobCatalogue.reference.programs {
      #expect(job.inputs.allSatisfy { Dataset.named($0) != nil }, "\(job.name)")
      #expect(!job.summary.isEmpty && !job.columns.isEmpty, "\(job.name)")
    }
  }

  /// At rest at parallelism 1 and 4, and twice with a kill: what it says, and the same twice.
  ///
  /// A confluent job has the same rows each time, wherever and whenever a TaskManager dies.
  @Test(arguments: JobCatalogue.reference.programs.map(\.name))
  func keepsWhatItPromises(_ name: String) throws {
    let job = try #require(JobCatalogue.reference[name])
    let quiet = try JobTrial(job)
    let wide = try JobTrial(job, parallelism: 4)
    let killed = try (0..<2).map { _ in
      try JobTrial(job, parallelism: 2, seconds: 5, faults: ["kill tm-1 at 3s"])
    }
    for trial in [quiet, wide] + killed {
      #expect(trial.problem == nil)
      #expect(!trial.rows.isEmpty)
      for row in trial.rows {
        let count = try CSVRecord.fields(of: row).count
        guard count == job.columns.count else {
          Issue.record("\(row) has not the columns \(job.columns)")
          return
        }
      }
    }
    #expect(killed[0].restarts > 0)
    #expect(killed[0].digest == killed[1].digest)
    #expect(killed[0].rows == killed[1].rows)
    guard job.isConfluent else { return }
    let rows = quiet.rows.sorted()
    #expect(wide.rows.sorted() == rows)
    #expect(killed[0].rows.sorted() == rows)
    try survivesDrawnKills(job, rows)
  }

  /// Kills at instants that are drawn, at parallelism 1, 2 and 4.
  private func survivesDrawnKills(_ job: Program, _ rows: [String]) throws {
    for seed in 1...UInt64(max(1, Self.kills)) {
      var random = RandomStream(seed: seed, name: "kills")
      let parallelism = [1, 2, 4][Int(random.next() % 3)]
      let taskManager = 1 + random.next() % UInt64(parallelism)
      let fault = "kill tm-\(taskManager) at \(600 + random.next() % 3000)ms"
      let trial = try JobTrial(
        job,
        parallelism: parallelism,
        seconds: 4,
        faults: [fault],
        seed: seed
      )
      let place = "seed \(seed), parallelism \(parallelism), \(fault)"
      #expect(trial.problem == nil, "\(place)")
      #expect(trial.rows.sorted() == rows, "\(place)")
    }
  }
}
