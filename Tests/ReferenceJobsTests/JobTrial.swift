import RecordFormats
import Connectors
import DataStreamAPI
import Datasets
import Deployment
import Foundation
import Sandbox
import SimulationKernel
import StreamOperators
import Testing

/// A run of a job on the datasets that it names, to its end.
struct JobTrial {
  /// The rows that became visible.
  let rows: [String]
  /// How often the job was restarted.
  let restarts: Int
  /// How long it took, in milliseconds of virtual time.
  let milliseconds: Int64
  /// The digest of all that happened.
  let digest: String
  /// How many records each task took in, by its name.
  private let recordsIn: [(task: String, records: Int)]
  /// What is wrong with the run; nil when it finished and every fault struck.
  let problem: String?

  /// Runs a job.
  ///
  /// - Parameters:
  ///   - job: The job.
  ///   - parallelism: That of every operator.
  ///   - seconds: How long the sources take for the first input; nil for as fast as they can.
  ///   - checkpointInterval: The time between checkpoints.
  ///   - faults: What happens to the cluster.
  ///   - seed: The seed of the run.
  /// - Throws: What reading the datasets and running the job throws.
  init(
    _ job: Program,
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
    options.input = try Self.input(main)
    for name in job.inputs.dropFirst() { options.otherInputs[name] = try Self.input(name) }
    if let seconds {
      let rows = try #require(Dataset.named(main)).rows
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
  func recordsIn(by operatorName: String) -> [Int] {
    recordsIn.filter { $0.task.hasPrefix(operatorName) }.map(\.records)
  }

  private final class Lines {
    var bytes: [UInt8] = []
  }

  private static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The bytes of every dataset, made or read once.
  private static let inputs: [String: Result<InputBytes, any Error>] =
    Dictionary(
      uniqueKeysWithValues: Dataset.all.map { dataset in
        (
          dataset.name,
          Result {
            if let generator = dataset.generator { return InputBytes(generator.bytes()) }
            let file = root.appending(path: "datasets/" + dataset.file)
            return InputBytes(Array(try Data(contentsOf: file)))
          }
        )
      }
    )

  /// The bytes of a dataset.
  static func input(_ name: String) throws -> InputBytes {
    try #require(inputs[name]).get()
  }
}
