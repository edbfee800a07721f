public import JobGraphs
public import SimulationKernel
import StreamModel

extension StreamExecutionEnvironment {
  // MARK: What the program was told

  /// The name of the main input: the one that a run may replace.
  ///
  /// ```swift
  /// let echo = Program("echo") { environment in
  ///   environment.readTextFile(environment.input).print()
  /// }
  /// ```
  public var input: String { arguments.input }

  /// The value of a parameter that is a number of things.
  ///
  /// ```swift
  /// let count = ProgramParameter.number("count", of: "rows", default: 9, in: 1...99, help: "")
  /// let counting = Program("counting", parameters: [count]) { environment in
  ///   environment.fromSequence(1, environment.number(count)).print()
  /// }
  /// ```
  public func number(_ parameter: ProgramParameter) -> Int {
    Int(arguments.parameters[parameter.name] ?? parameter.defaultValue)
  }

  /// The value of a parameter that is a length of time.
  ///
  /// ```swift
  /// let gap = ProgramParameter.time(
  ///   "gap",
  ///   default: .seconds(5),
  ///   in: .seconds(1) ... .hours(1),
  ///   help: "the pause between sessions"
  /// )
  /// let sessions = Program("sessions", parameters: [gap]) { environment in
  ///   environment.readTextFile(environment.input).keyBy { $0 }
  ///     .window(.processingTimeSession(gap: environment.time(gap)))
  ///     .reduce { first, _ in first }
  ///     .print()
  /// }
  /// ```
  public func time(_ parameter: ProgramParameter) -> VirtualDuration {
    .milliseconds(arguments.parameters[parameter.name] ?? parameter.defaultValue)
  }

  /// The name under which the cluster knows an input of the program.
  func name(ofInput name: String) -> String { arguments.inputs[name] ?? name }

  // MARK: Execution

  /// Runs what was described since the last execution, and waits for its end.
  ///
  /// Who waits, and where, depends on who made the environment: the environment of a cluster in a
  /// script lets virtual time pass until the job is over; a program that is submitted to a cluster
  /// goes on at once, and has nothing to look at in the result.
  ///
  /// ```swift
  /// let environment = try DreyCluster(taskManagers: 2).environment()
  /// environment.fromData("to be", "or not").map { $0.utf8.count }.print()
  /// try environment.execute("lengths")
  /// ```
  ///
  /// - Throws: ``ExecutionProblem``; what is wrong with the job; what ended it.
  ///
  /// *Source:* Flink `execute`.
  @discardableResult
  public func execute(_ jobName: String = defaultJobName) throws -> JobExecutionResult {
    guard let executor else { throw ExecutionProblem.noExecutor }
    return try executor.execute(takeGraph(named: jobName))
  }

  /// Runs what was described since the last execution, and goes on at once.
  ///
  /// ```swift
  /// environment.fromSequence(1, 1_000).print()
  /// let client = try environment.executeAsync("many")
  /// print(try client.getJobID(), try client.getJobStatus())
  /// try client.cancel()
  /// ```
  ///
  /// - Throws: ``ExecutionProblem``; what is wrong with the job.
  ///
  /// *Source:* Flink `executeAsync`.
  public func executeAsync(_ jobName: String = defaultJobName) throws -> any JobClient {
    guard let executor else { throw ExecutionProblem.noExecutor }
    return try executor.executeAsync(takeGraph(named: jobName))
  }

  /// The name of a job that is executed without one.
  ///
  /// *Source:* Flink `StreamGraphGenerator.DEFAULT_STREAMING_JOB_NAME`.
  public static let defaultJobName = "Flink Streaming Job"

  /// The graph of what was described, which is then forgotten.
  private func takeGraph(named name: String) throws(ExecutionProblem) -> StreamGraph {
    let graph = streamGraph(named: name)
    guard !graph.nodes.isEmpty else { throw .noOperators }
    plan = Plan()
    return graph
  }
}

extension Program {
  /// Lets the program describe its job in an environment, and takes the graph.
  ///
  /// A program may call `execute` or leave it to whoever runs it: either way it is one job.
  ///
  /// - Parameters:
  ///   - environment: Where it is described; its executor is replaced.
  ///   - name: The job's name; nil means the one that the program executes it under, or its own.
  /// - Returns: The program before chaining.
  /// - Throws: ``ExecutionProblem`` when it describes no job or several; what ``main`` throws.
  public func streamGraph(
    in environment: StreamExecutionEnvironment,
    named name: String? = nil
  ) throws -> StreamGraph {
    let note = GraphNote()
    environment.executor = note
    try main(environment)
    guard var graph = note.graph else {
      let graph = environment.streamGraph(named: name ?? self.name)
      guard !graph.nodes.isEmpty else { throw ExecutionProblem.noOperators }
      return graph
    }
    let isUnnamed = graph.name == StreamExecutionEnvironment.defaultJobName
    graph.name = name ?? (isUnnamed ? self.name : graph.name)
    return graph
  }
}

/// Notes the one job that a program executes; whoever runs the program submits it afterwards.
private final class GraphNote: ProgramExecutor {
  private(set) var graph: StreamGraph?

  func execute(_ graph: StreamGraph) throws -> JobExecutionResult {
    try note(graph)
    return JobExecutionResult(detached: graph.name)
  }

  func executeAsync(_ graph: StreamGraph) throws -> any JobClient {
    try note(graph)
    return UnknownJob()
  }

  private func note(_ graph: StreamGraph) throws(ExecutionProblem) {
    guard self.graph == nil else { throw .secondExecution }
    self.graph = graph
  }
}

/// A job that will be submitted when its program has come to its end.
private struct UnknownJob: JobClient {
  func getJobID() throws -> JobID { throw DetachedJobResult() }
  func getJobStatus() throws -> JobState { .initializing }
  func cancel() throws { throw DetachedJobResult() }
  func getJobExecutionResult() throws -> JobExecutionResult { throw DetachedJobResult() }
}

extension DataStream where Element: Codable & SendableMetatype {
  /// Runs what was described, and gives back what this stream emits.
  ///
  /// ```swift
  /// let lengths = try environment.fromData("to", "be").map { $0.utf8.count }.executeAndCollect()
  /// print(lengths)
  /// ```
  ///
  /// - Throws: As ``StreamExecutionEnvironment/execute(_:)``; ``DetachedJobResult`` where nobody
  ///   waits.
  ///
  /// *Source:* Flink `executeAndCollect`, whose iterator is an array here.
  public func executeAndCollect(
    _ jobName: String = StreamExecutionEnvironment.defaultJobName
  ) throws -> [Element] {
    collect().name("executeAndCollect")
    return try environment.execute(jobName).outcome.commits
      .filter { $0.sink == "executeAndCollect: Writer" }
      .flatMap { try CollectedRows.decode(Element.self, from: $0.bytes) }
  }
}
