import SimulationKernel
import ClusterProtocol
import Deployment
public import DataStreamAPI
import Rendering
import Sandbox
import SessionViews

/// What came of a run.
///
/// ```swift
/// print(run.isSuccess, run.state, run.duration, run.fields.count)
/// ```
public struct RunResult: Sendable {
  /// The name of the job.
  public let job: String
  /// The state in which it ended: one of Flink's job states, `STUCK` when nothing came nearer to
  /// the end for ten virtual minutes, or `LIMIT` when its time was over.
  public let state: String
  /// The rows that became visible, as lines of CSV, in the order in which they did.
  public let rows: [String]
  /// How many source elements were read, each once however often that was.
  public let recordsIn: Int
  /// How many rows became visible.
  public let recordsOut: Int
  /// How often the job was restarted.
  public let restarts: Int
  /// How many checkpoints completed.
  public let checkpoints: Int
  /// How long it took, in virtual time.
  public let duration: VirtualDuration
  /// What kept the job from finishing, or made it restart last; nil for one that FINISHED.
  public let error: String?
  /// Faults that found nothing to strike.
  public let unstruck: [String]
  /// A hash of all that happened in the cluster so far.
  public let digest: String
  /// The report as `drey run` prints it: the verdict, the figures, how it recovered, first rows.
  public let report: String
  let commits: [(sink: String, bytes: [UInt8])]

  /// Whether the job FINISHED and every fault struck.
  ///
  /// ```swift
  /// print(run.isSuccess, run.state, run.duration, run.fields.count)
  /// ```
  public var isSuccess: Bool { state == JobState.finished.rawValue && unstruck.isEmpty }

  /// The rows, field by field.
  ///
  /// ```swift
  /// print(run.isSuccess, run.state, run.duration, run.fields.count)
  /// ```
  public var fields: [[String]] { rows.map { (try? CSVRecord.fields(of: $0)) ?? [$0] } }

  /// What a sink of ``DataStreamAPI/DataStream/collect()`` took, as values.
  ///
  /// ```swift
  /// let values = try cluster.run(Program("values") { $0.fromData(1, 2).collect() })
  /// print(try values.values(as: Int.self))
  /// ```
  ///
  /// Where several sinks collect, they are what all of them took, commit by commit.
  ///
  /// - Throws: An error when a sink took values of another type.
  public func values<Value: Codable>(as type: Value.Type = Value.self) throws -> [Value] {
    try commits.flatMap { try CollectedRows.decode(type, from: $0.bytes) }
  }
}

extension DreyCluster {
  /// What came of the job at a position.
  func result(of position: Int, _ end: JobEnd) -> RunResult {
    view.update(from: session)
    let job = session.jobs[position]
    let commits = commits(of: position)
    let outcome = RunOutcome(
      state: end.state,
      isSuccess: end.state == JobState.finished.rawValue && end.unstruck.isEmpty,
      recordsIn: job.history.sourceElements,
      recordsOut: job.history.committedRows,
      digest: session.digest?.description,
      header: job.program.columns,
      firstRows: job.rows.prefix(10).map { (try? CSVRecord.fields(of: $0)) ?? [$0] }
    )
    let report = RunReport(picture: view.pictures[position], outcome: outcome)
      .text(width: 80, style: TextStyle(characters: .unicode, isColoured: false))
    return RunResult(
      job: job.name,
      state: end.state,
      rows: job.rows,
      recordsIn: outcome.recordsIn,
      recordsOut: outcome.recordsOut,
      restarts: job.history.restarts,
      checkpoints: job.history.completed.count,
      duration: session.now - job.submittedAt,
      error: outcome.state == JobState.finished.rawValue ? nil : view.pictures[position].reason,
      unstruck: end.unstruck,
      digest: outcome.digest ?? "",
      report: report.joined(separator: "\n"),
      commits: commits
    )
  }

  /// What the sinks of a job made visible, in order.
  func commits(of position: Int) -> [(sink: String, bytes: [UInt8])] {
    let id = session.jobs[position].id
    var sinks: [(isOwn: Bool, sink: String)] = []
    for item in session.journal {
      if case .rowsCommitted(let job, let sink, _, _, _) = item.entry {
        sinks.append((job == id, sink))
      }
    }
    return zip(sinks, commits.all).filter { $0.0.isOwn }.map { ($0.0.sink, $0.1) }
  }
}
