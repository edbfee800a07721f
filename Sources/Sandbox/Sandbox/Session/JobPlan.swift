import DataStreamAPI
import GraphTranslation
package import JobGraphs
package import Workloads

/// A job that could be submitted: its program before and after chaining.
package struct JobPlan: Sendable {
  /// The program before chaining.
  package let streamGraph: StreamGraph
  /// The program after chaining.
  package let jobGraph: JobGraph

  /// Runs the program of a job, which makes its plan and nothing else.
  ///
  /// - Parameters:
  ///   - reference: The job.
  ///   - submission: What the user said of it.
  ///   - input: The name under which the cluster knows its input.
  ///   - others: The names under which it knows what else the job reads, by dataset.
  ///   - options: What the session adds: a limit of rows, another restart strategy.
  /// - Throws: ``UsageError`` when the program contradicts itself or its options.
  package init(
    of reference: ReferenceJob,
    _ submission: JobSubmission,
    input: String,
    others: [String: String] = [:],
    options: SandboxOptions
  ) throws(UsageError) {
    try submission.check()
    if submission.socket != nil {
      guard reference.readsSockets else { throw UsageError(.readsNoSocket(submission.job)) }
      guard submission.rate == nil else { throw UsageError(.socketHasNoRate) }
    }
    let environment = StreamExecutionEnvironment(parallelism: submission.parallelism ?? 1)
    submission.configure(environment)
    if let strategy = options.restartStrategy { environment.setRestartStrategy(strategy) }
    reference.program(
      environment,
      JobParameters(
        input: input,
        inputs: others.merging(reference.inputs.first.map { [$0: input] } ?? [:]) { $1 },
        rate: submission.rate.map { SourceRate(elementsPerSecond: $0) },
        rowLimit: options.rowLimit,
        readsSocket: submission.socket != nil
      )
    )
    streamGraph = environment.streamGraph(named: submission.name ?? submission.job)
    do {
      jobGraph = try streamGraph.translated()
    } catch {
      throw UsageError("\(error)")
    }
  }
}
