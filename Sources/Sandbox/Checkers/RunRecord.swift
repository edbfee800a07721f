import ExternalSystems
package import ClusterProtocol
import Deployment
package import Sandbox
import SimulationKernel
import StreamOperators

/// What a run left behind: all that properties are judged by.
package struct RunRecord: Sendable, Equatable {
  /// How it ended.
  package let ending: RunEnding
  /// What ended the job, if a failure did.
  package let error: ClusterError?
  /// The run's digest.
  package let digest: String
  /// The committed rows as lines, sorted.
  package let rows: [String]
  /// What became visible, place by place: sinks, tables, topics.
  package let contents: [SinkContents]
  /// How many operations of replaced attempts the log refused.
  package let fencedOperations: Int
  /// The keyed state of the last checkpoint, entry by entry, sorted.
  package let state: [[UInt8]]
  /// How often the job was restarted.
  package let restarts: Int
  /// How many checkpoints completed.
  package let checkpoints: Int
  /// How long the run took in virtual time, in milliseconds.
  package let milliseconds: Int64
  /// Commands that found nothing to strike.
  package let unstruck: Int

  /// Makes a run and keeps what it left behind.
  ///
  /// - Throws: `UsageError` when the options contradict each other.
  package init(running options: RunOptions) throws {
    let lines = CommittedLines()
    let run = try JobRun(options) { bytes, _ in lines.add(bytes) }
    ending = try run.finish()
    error = run.error
    digest = run.digest.description
    rows = lines.sorted
    fencedOperations = run.cluster.external.fencedOperations
    contents = run.contents(commits: lines.commits)
    state = try run.checkpointedState()
    restarts = run.history.restarts
    checkpoints = run.history.completed.count
    milliseconds = run.now.milliseconds
    unstruck = run.unstruck.count
  }
}

/// The lines that became visible.
private final class CommittedLines {
  private(set) var commits: [[UInt8]] = []

  func add(_ bytes: [UInt8]) {
    commits.append(bytes)
  }

  var sorted: [String] {
    commits.flatMap { bytes in
      bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    }
    .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
