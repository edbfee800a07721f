public import JobGraphs
public import SimulationKernel
public import StreamModel

/// Runs the jobs that a program describes: a cluster in a script, a client, a test.
///
/// *Source:* Flink `PipelineExecutor`, which an environment finds by its configuration.
public protocol ProgramExecutor: AnyObject {
  /// Submits a job and comes back when it is over, or, where nobody waits, when it is submitted.
  ///
  /// - Throws: What is wrong with the job, or what ended it.
  func execute(_ graph: StreamGraph) throws -> JobExecutionResult

  /// Submits a job and comes back at once.
  ///
  /// - Throws: What is wrong with the job.
  func executeAsync(_ graph: StreamGraph) throws -> any JobClient
}

/// A job that was submitted, in the hand of the program that did it.
///
/// ```swift
/// environment.fromSequence(1, 1_000).print()
/// let client = try environment.executeAsync("many")
/// print(try client.getJobID(), try client.getJobStatus())
/// try client.cancel()
/// ```
///
/// *Source:* Flink `JobClient`.
public protocol JobClient {
  /// The job's id.
  ///
  /// - Throws: ``DetachedJobResult`` while nobody has submitted it.
  func getJobID() throws -> JobID
  /// Its state at this moment.
  func getJobStatus() throws -> JobState
  /// Asks for its end.
  func cancel() throws
  /// Waits for its end.
  ///
  /// - Throws: What ended the job, if it did not finish.
  func getJobExecutionResult() throws -> JobExecutionResult
}

/// What came of a job that a program executed.
///
/// ```swift
/// environment.fromData(1, 2).print()
/// let result = try environment.execute("numbers")
/// print(result.jobName, try result.netRuntime, try result.outcome.jobID)
/// ```
///
/// *Source:* Flink `JobExecutionResult`, and `DetachedJobExecutionResult` where nobody waited.
public struct JobExecutionResult: Sendable {
  /// What is known of a job that somebody waited for.
  ///
  /// ```swift
  /// environment.fromData(1, 2).print()
  /// let result = try environment.execute("numbers")
  /// print(result.jobName, try result.netRuntime, try result.outcome.jobID)
  /// ```
  public struct Outcome: Sendable {
    /// The job's id.
    public let jobID: JobID
    /// How long it ran.
    public let netRuntime: VirtualDuration
    /// What its sinks made visible, in order: by sink, the bytes of a transaction.
    public let commits: [(sink: String, bytes: [UInt8])]

    /// Describes what came of a job.
    public init(
      jobID: JobID,
      netRuntime: VirtualDuration,
      commits: [(sink: String, bytes: [UInt8])] = []
    ) {
      self.jobID = jobID
      self.netRuntime = netRuntime
      self.commits = commits
    }
  }

  /// The name under which the job was submitted.
  public let jobName: String
  private let known: Outcome?

  /// The result of a job that is over.
  public init(jobName: String, outcome: Outcome) {
    self.jobName = jobName
    known = outcome
  }

  /// The result of a job that nobody waits for.
  public init(detached jobName: String) {
    self.jobName = jobName
    known = nil
  }

  /// What came of the job.
  ///
  /// ```swift
  /// environment.fromData(1, 2).print()
  /// let result = try environment.execute("numbers")
  /// print(result.jobName, try result.netRuntime, try result.outcome.jobID)
  /// ```
  ///
  /// - Throws: ``DetachedJobResult`` where nobody waited for it.
  public var outcome: Outcome {
    get throws(DetachedJobResult) {
      guard let known else { throw DetachedJobResult() }
      return known
    }
  }

  /// How long the job ran, in virtual time.
  ///
  /// ```swift
  /// environment.fromData(1, 2).print()
  /// let result = try environment.execute("numbers")
  /// print(result.jobName, try result.netRuntime, try result.outcome.jobID)
  /// ```
  ///
  /// - Throws: ``DetachedJobResult`` where nobody waited for it.
  public var netRuntime: VirtualDuration {
    get throws(DetachedJobResult) { try outcome.netRuntime }
  }
}

/// Nobody waited for the job, so nothing is known of what came of it.
///
/// *Source:* Flink `DetachedJobExecutionResult`, which throws `InvalidProgramException`.
public struct DetachedJobResult: Error, CustomStringConvertible {
  /// A sentence for people.
  public let description =
    "The job was submitted without anybody waiting for it, so its results are not available."

  /// Makes the error.
  public init() {}
}

/// What is wrong with how a program asks for its execution.
public enum ExecutionProblem: Error, Equatable, CustomStringConvertible {
  /// Nobody who could run the program has made the environment.
  case noExecutor
  /// A program that was submitted to a cluster asks for a second job.
  ///
  /// *Source:* Flink `StreamContextEnvironment.validateAllowedExecution`.
  case secondExecution
  /// Nothing was described.
  ///
  /// *Source:* Flink `StreamExecutionEnvironment.getStreamGraph`.
  case noOperators

  /// A sentence for people.
  public var description: String {
    switch self {
    case .noExecutor:
      "Nothing here can run the program: take the environment of a DreyCluster, or hand the program"
        + " to whoever runs it."
    case .secondExecution:
      "Cannot have more than one execute() or executeAsync() call in a single environment."
    case .noOperators: "No operators defined in streaming topology. Cannot execute."
    }
  }
}
