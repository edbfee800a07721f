import DataStreamAPI
import JobGraphs
import Sandbox
import SimulationKernel
import StreamModel

/// Runs what an environment describes on a cluster in a script.
final class ClusterExecutor: ProgramExecutor {
  private let cluster: DreyCluster

  init(_ cluster: DreyCluster) {
    self.cluster = cluster
  }

  func execute(_ graph: StreamGraph) throws -> JobExecutionResult {
    try executeAsync(graph).getJobExecutionResult()
  }

  func executeAsync(_ graph: StreamGraph) throws -> any JobClient {
    let session = cluster.session
    var graph = graph
    graph.name = cluster.freeName(graph.name)
    let name = graph.name
    let program = Program(name, inputs: session.options.inputs.names) { _ in }
    var submission = JobSubmission(job: name)
    submission.name = name
    try ClusterProblem.translated {
      let plan = try JobPlan(of: graph)
      try session.submit(submission, program, .submit(submission)) { () throws(UsageError) in plan }
    }
    return SubmittedJob(cluster: cluster, position: session.jobs.count - 1, since: session.now)
  }
}

/// A job that an environment has submitted to a cluster in a script.
private struct SubmittedJob: JobClient {
  let cluster: DreyCluster
  let position: Int
  let since: VirtualInstant

  func getJobID() throws -> JobID {
    // The cluster gives the id when it has heard of the job.
    while cluster.session.jobs[position].id == nil { try cluster.advance(by: .milliseconds(10)) }
    guard let id = cluster.session.jobs[position].id else { throw DetachedJobResult() }
    return id
  }

  func getJobStatus() throws -> JobState { cluster.session.jobs[position].history.jobState }

  func cancel() throws {
    _ = try getJobID()
    try cluster.perform("cancel \"\(cluster.session.jobs[position].name)\"")
  }

  func getJobExecutionResult() throws -> JobExecutionResult {
    let end = try cluster.wait(JobWait(position: position, since: since))
    let result = cluster.result(of: position, end)
    guard end.state == JobState.finished.rawValue else {
      throw JobExecutionFailure(job: result.job, state: end.state, cause: result.error)
    }
    return JobExecutionResult(
      jobName: result.job,
      outcome: JobExecutionResult.Outcome(
        jobID: try getJobID(),
        netRuntime: result.duration,
        commits: result.commits
      )
    )
  }
}

/// A job that was executed and did not finish.
///
/// *Source:* Flink `JobExecutionException`.
public struct JobExecutionFailure: Error, CustomStringConvertible {
  /// The job's name.
  public let job: String
  /// The state in which it ended.
  public let state: String
  /// What ended it, if a failure did.
  public let cause: String?

  /// A sentence for people.
  public var description: String {
    "Job execution failed: \(job) is \(state)" + (cause.map { ": \($0)" } ?? "")
  }
}
