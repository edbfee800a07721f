import DataStreamAPI
import ReferenceJobs
import RecordFormats
import SimulationKernel

/// Every job that Drey brings along does what it says of itself.
package enum JobProof {
  /// At rest at parallelism 1 and 4, and twice with a kill: what it says, and the same twice.
  ///
  /// A confluent job has the same rows each time, wherever and whenever a TaskManager dies.
  ///
  /// - Parameters:
  ///   - shelf: The datasets.
  ///   - kills: With how many more kills, drawn by seeds, each confluent job is tried.
  /// - Returns: A proof for each job.
  package static func all(_ shelf: DatasetShelf, kills: Int) -> [Proof] {
    JobCatalogue.reference.programs.map { job in
      Proof("job \(job.name)") {
        let quiet = try JobTrial(job, shelf)
        let wide = try JobTrial(job, shelf, parallelism: 4)
        let killed = try (0..<2).map { _ in
          try JobTrial(job, shelf, parallelism: 2, seconds: 5, faults: ["kill tm-1 at 3s"])
        }
        var problems: [String] = []
        for (name, trial) in [("1", quiet), ("4", wide), ("2 with a kill", killed[0])] {
          problems += try shapeProblems(of: trial, job).map { "at parallelism \(name): \($0)" }
        }
        if killed[0].restarts == 0 { problems.append("the kill restarted nothing") }
        if killed[0].digest != killed[1].digest || killed[0].rows != killed[1].rows {
          problems.append("two runs with one seed part: \(killed[0].digest), \(killed[1].digest)")
        }
        if job.isConfluent {
          let rows = quiet.rows.sorted()
          if wide.rows.sorted() != rows { problems.append("other rows at parallelism 4") }
          if killed[0].rows.sorted() != rows { problems.append("other rows after a kill") }
          problems += try killProblems(of: job, shelf, rows, kills)
        }
        return Proof.Outcome("\(quiet.rows.count) rows", problems: problems)
      }
    }
  }

  /// What is wrong with a run whatever its rows should be.
  private static func shapeProblems(of trial: JobTrial, _ job: Program) throws -> [String] {
    if let problem = trial.problem { return [problem] }
    if trial.rows.isEmpty { return ["no row"] }
    let odd = try trial.rows.first { try CSVRecord.fields(of: $0).count != job.columns.count }
    return odd.map { ["\($0) has not the columns \(job.columns)"] } ?? []
  }

  /// Kills at instants that are drawn, at parallelism 1, 2 and 4.
  private static func killProblems(
    of job: Program,
    _ shelf: DatasetShelf,
    _ rows: [String],
    _ kills: Int
  ) throws -> [String] {
    var problems: [String] = []
    for seed in 1...UInt64(max(1, kills)) {
      var random = RandomStream(seed: seed, name: "kills")
      let parallelism = [1, 2, 4][Int(random.next() % 3)]
      let taskManager = 1 + random.next() % UInt64(parallelism)
      let fault = "kill tm-\(taskManager) at \(600 + random.next() % 3000)ms"
      let trial = try JobTrial(
        job,
        shelf,
        parallelism: parallelism,
        seconds: 4,
        faults: [fault],
        seed: seed
      )
      let place = "seed \(seed), parallelism \(parallelism), \(fault)"
      if let problem = trial.problem { problems.append("\(place): \(problem)") }
      if trial.rows.sorted() != rows { problems.append("\(place): other rows") }
    }
    return problems
  }
}
