import DataStreamAPI
import Foundation
import SimulationKernel
import Testing
import Workloads

/// Every job that Drey brings along runs, and does what it says of itself.
@Suite struct ReferenceJobTests {
  /// How many kills each confluent job is tried with; more with DREY_SEARCH_RUNS.
  static let kills =
    ProcessInfo.processInfo.environment["DREY_SEARCH_RUNS"].flatMap { Int($0) } ?? 2

  private static let confluent = ReferenceJob.all.filter(\.isConfluent).map(\.name)

  @Test func namesAndInputsAreKnown() {
    #expect(Set(ReferenceJob.all.map(\.name)).count == ReferenceJob.all.count)
    for job in ReferenceJob.all {
      #expect(job.inputs.allSatisfy { Dataset.named($0) != nil }, "\(job.name)")
      #expect(!job.summary.isEmpty && !job.columns.isEmpty, "\(job.name)")
    }
  }

  @Test(arguments: ReferenceJob.all.map(\.name))
  func finishesWithRowsOfItsColumns(_ name: String) throws {
    let job = try #require(ReferenceJob.named(name))
    for parallelism in [1, 4] {
      let trial = try JobTrial(job, parallelism: parallelism)
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
  }

  @Test(arguments: ReferenceJob.all.map(\.name))
  func finishesAfterAKillAndIsTheSameTwice(_ name: String) throws {
    let job = try #require(ReferenceJob.named(name))
    let trials = try (0..<2).map { _ in
      try JobTrial(job, parallelism: 2, seconds: 5, faults: ["kill tm-1 at 3s"])
    }
    #expect(trials[0].problem == nil)
    #expect(trials[0].restarts > 0)
    #expect(trials[0].digest == trials[1].digest)
    #expect(trials[0].rows == trials[1].rows)
  }

  /// Kills at instants that are drawn, at parallelism 1, 2 and 4.
  @Test(arguments: confluent)
  func rowsOfAConfluentJobAreThoseOfAQuietRun(_ name: String) throws {
    let job = try #require(ReferenceJob.named(name))
    let quiet = try JobTrial(job).rows.sorted()
    for parallelism in [2, 4] {
      #expect(try JobTrial(job, parallelism: parallelism).rows.sorted() == quiet)
    }
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
      #expect(trial.rows.sorted() == quiet, "\(place)")
    }
  }
}
