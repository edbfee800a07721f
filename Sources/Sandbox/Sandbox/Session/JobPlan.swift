import Connectors
package import DataStreamAPI
import GraphTranslation
package import JobGraphs

/// A job that could be submitted: its program before and after chaining.
package struct JobPlan: Sendable {
  /// The program before chaining.
  package let streamGraph: StreamGraph
  /// The program after chaining.
  package let jobGraph: JobGraph

  /// Lets a program describe its job, which makes its plan and nothing else.
  ///
  /// - Parameters:
  ///   - program: The program.
  ///   - submission: What the user said of it.
  ///   - input: The name under which the cluster knows its input.
  ///   - others: The names under which it knows what else the job reads, by dataset.
  ///   - options: What the session adds: a limit of rows, another restart strategy.
  /// - Throws: ``UsageError`` when the program contradicts itself or its options, or throws.
  package init(
    of program: Program,
    _ submission: JobSubmission,
    input: String,
    others: [String: String] = [:],
    options: SandboxOptions
  ) throws(UsageError) {
    try submission.check()
    if submission.socket != nil {
      guard program.readsSockets else { throw UsageError(.readsNoSocket(submission.job)) }
      guard submission.rate == nil else { throw UsageError(.socketHasNoRate) }
    }
    let environment = StreamExecutionEnvironment(parallelism: submission.parallelism ?? 1)
    submission.configure(environment)
    if let strategy = options.restartStrategy { environment.setRestartStrategy(strategy) }
    environment.settings.rowLimit = options.rowLimit
    environment.arguments = ProgramArguments(
      input: input,
      inputs: others.merging(program.inputs.first.map { [$0: input] } ?? [:]) { $1 },
      rate: submission.rate.map { SourceRate(elementsPerSecond: $0) },
      readsSocket: submission.socket != nil,
      parameters: try ParameterSetting.check(submission.settings, of: program)
    )
    let graph: StreamGraph
    do {
      graph = try program.streamGraph(in: environment, named: submission.name ?? submission.job)
    } catch {
      throw UsageError("\(error)")
    }
    try self.init(of: graph)
  }

  /// Plans a job that a program has described.
  ///
  /// - Throws: ``UsageError`` when the program contradicts itself.
  package init(of graph: StreamGraph) throws(UsageError) {
    streamGraph = graph
    do {
      jobGraph = try graph.translated()
    } catch {
      throw UsageError("\(error)")
    }
  }
}
