import RecordFormats
import Connectors
package import DataStreamAPI
import Datasets
import Deployment
import Sandbox
package import SimulationKernel
import StreamOperators

/// A run of a job on the datasets that it names, to its end.
package struct JobTrial {
  /// The rows that became visible.
  package let rows: [String]
  /// How often the job was restarted.
  package let restarts: Int
  /// How long it took, in milliseconds of virtual time.
  package let milliseconds: Int64
  /// The digest of all that happened.
  package let digest: String
  /// How many records each task took in, by its name.
  private let recordsIn: [(task: String, records: Int)]
  /// What is wrong with the run; nil when it finished and every fault struck.
  package let problem: String?

  /// Runs a job.
  ///
  /// - Parameters:
  ///   - job: The job.
  ///   - shelf: What it reads.
  ///   - parallelism: That of every operator.
  ///   - seconds: How long the sources take for the first input; nil for as fast as they can.
  ///   - checkpointInterval: The time between checkpoints.
  ///   - faults: What happens to the cluster.
  ///   - seed: The seed of the run.
  /// - Throws: What reading the datasets and running the job throws.
  package init(
    _ job: Program,
    _ shelf: DatasetShelf,
    parallelism: Int = 1,
    seconds: Int? = nil,
    checkpointInterval: VirtualDuration = .seconds(1),
    faults: [String] = [],
    seed: UInt64 = 1
  ) throws {
    var options = RunOptions(job: job)
    options.parallelism = parallelism
    options.seed = seed
    options.checkpointInterval = checkpointInterval
    let main = job.inputs.first ?? "the-nest"
    options.input = try shelf.bytes(of: main)
    for name in job.inputs.dropFirst() { options.otherInputs[name] = try shelf.bytes(of: name) }
    if let seconds {
      let rows = Dataset.named(main)?.rows ?? 0
      options.rate = SourceRate(elementsPerSecond: max(1, rows / seconds))
    }
    options.faults = try faults.map { try TimedCommand(parsing: $0) }
    let lines = Lines()
    let run = try JobRun(options) { bytes, _ in lines.bytes += bytes }
    let ending = try run.finish()
    rows = lines.bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    restarts = run.history.restarts
    milliseconds = run.now.milliseconds
    digest = run.digest.description
    recordsIn = run.session.taskFigures.map { figures in
      (run.graph.taskName(of: figures.subtask), figures.recordsIn)
    }
    if ending != .job(.finished) {
      problem = "\(ending): \(run.error.map { "\($0)" } ?? "no error")"
    } else {
      problem = run.unstruck.isEmpty ? nil : "nothing to strike: \(run.unstruck.map(\.text))"
    }
  }

  /// How many records the subtasks took in whose chain begins with an operator.
  package func recordsIn(by operatorName: String) -> [Int] {
    recordsIn.filter { $0.task.hasPrefix(operatorName) }.map(\.records)
  }

  private final class Lines {
    var bytes: [UInt8] = []
  }
}
