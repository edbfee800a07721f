import SimulationKernel
import ClusterProtocol
public import DataStreamAPI
import Deployment
import Sandbox
import SessionViews

/// A cluster in a script: it runs programs in virtual time, with the failures that one asks for.
///
/// A client, a JobManager, TaskManagers, a network and a storage in one process. What happens
/// follows from the seed, the programs and the faults alone, so the same script does the same
/// everywhere.
///
/// ```swift
/// let counts = Program("counts", columns: ["parity", "sum"]) { environment in
///   environment.fromSequence(1, 100)
///     .map { Tuple2($0 % 2 == 0 ? "even" : "odd", $0) }
///     .keyBy(\.f0).sum(\.f1)
///     .sinkTo(FileSink.csv())
/// }
/// let cluster = try DreyCluster(taskManagers: 3, seed: 7)
/// let run = try cluster.run(counts, parallelism: 2, rate: 20, faults: ["kill tm-1 at 3s"])
/// print(run.rows.suffix(2), run.recordsOut, run.restarts)
/// print(run.report)
/// ```
///
/// One thread at a time: it is not `Sendable`. A function that throws fails its task; a trap, such
/// as an index out of range, ends the process, after a line that names the task.
public final class DreyCluster {
  /// How the cluster's processes are laid out.
  public enum Deployment: Sendable {
    /// A JobManager and TaskManagers, each a process of its own.
    case standalone
    /// Everything in one process; nothing in it can be killed by itself.
    case local
  }

  let session: SandboxSession
  let commits = CommitLog()
  var view = SessionView()
  private let texts: [String: String]

  /// Deploys a cluster.
  ///
  /// ```swift
  /// let small = try DreyCluster(.local, slots: 2, inputs: ["notes": "to be\nor not\n"])
  /// ```
  ///
  /// - Parameters:
  ///   - deployment: How its processes are laid out.
  ///   - taskManagers: How many TaskManagers there are; one in a local cluster.
  ///   - slots: How many slots each has.
  ///   - seed: The seed of everything random.
  ///   - inputs: Texts that programs can read, by the names that they read them by.
  /// - Throws: ``ClusterProblem`` when there can be no such cluster.
  public init(
    _ deployment: Deployment = .standalone,
    taskManagers: Int = 2,
    slots: Int = 1,
    seed: UInt64 = 1,
    inputs: [String: String] = [:]
  ) throws {
    texts = inputs
    var options = SandboxOptions(
      catalogue: JobCatalogue(),
      inputs: TextLibrary(inputs.mapValues { SessionInput(InputBytes(Array($0.utf8))) })
    )
    options.seed = seed
    options.cluster.noteUserCode = { TrapNote.running($0) }
    let commits = commits
    session = SandboxSession(options) { bytes, _ in commits.all.append(bytes) }
    let shape = ClusterShape(
      kind: deployment == .local ? .local : .standalone,
      taskManagers: deployment == .local ? nil : taskManagers,
      slots: slots
    )
    TrapNote.install()
    _ = try ClusterProblem.translated { try session.apply(.deploy(shape)) }
  }

  /// Runs a program to its end.
  ///
  /// ```swift
  /// let counts = Program("counts", columns: ["parity", "sum"]) { environment in
  ///   environment.fromSequence(1, 100)
  ///     .map { Tuple2($0 % 2 == 0 ? "even" : "odd", $0) }
  ///     .keyBy(\.f0).sum(\.f1)
  ///     .sinkTo(FileSink.csv())
  /// }
  /// let cluster = try DreyCluster(taskManagers: 3, seed: 7)
  /// let run = try cluster.run(counts, parallelism: 2, rate: 20, faults: ["kill tm-1 at 3s"])
  /// print(run.rows.suffix(2), run.recordsOut, run.restarts)
  /// print(run.report)
  /// ```
  ///
  /// - Parameters:
  ///   - program: The program.
  ///   - input: Which of the cluster's inputs the program reads as `environment.input`; the first
  ///     by name where it is nil.
  ///   - parallelism: The parallelism of every operator that says nothing else.
  ///   - rate: How many elements sources emit per virtual second, over all subtasks; nil for as
  ///     fast as the cost model allows.
  ///   - checkpointInterval: The time between checkpoints; nil for none.
  ///   - guarantee: What checkpoints guarantee.
  ///   - runtimeMode: Whether it is executed as streaming or as batch.
  ///   - parameters: What its parameters are set to, as text: `["window": "10s"]`.
  ///   - faults: What happens to the cluster, and when, counted from the submission:
  ///     `"kill tm-1 at 3s"`, `"fail task counts[0] at 2s"`, `"pause tm-2 for 5s at 1s"`.
  ///   - limit: How much virtual time it may take; a job that is not over by then is cancelled.
  /// - Returns: What came of it; a job that failed is a result too.
  /// - Throws: ``ClusterProblem`` when the program or what is asked of it contradicts itself.
  public func run(
    _ program: Program,
    input: String? = nil,
    parallelism: Int = 1,
    rate: Int? = nil,
    checkpointInterval: VirtualDuration? = .seconds(1),
    guarantee: DeliveryGuarantee = .exactlyOnce,
    runtimeMode: RuntimeMode = .streaming,
    parameters: [String: String] = [:],
    faults: [String] = [],
    limit: VirtualDuration = .minutes(60)
  ) throws -> RunResult {
    var submission = JobSubmission(job: program.name)
    submission.name = freeName(program.name)
    submission.input = input
    submission.parallelism = parallelism
    submission.rate = rate
    submission.checkpointInterval = checkpointInterval.map { .every($0) } ?? .off
    submission.guarantee = guarantee
    submission.runtimeMode = runtimeMode
    submission.settings = parameters.sorted { $0.key < $1.key }
      .map { ParameterSetting(name: $0.key, value: $0.value) }
    return try ClusterProblem.translated {
      let plan = try faults.map { try TimedCommand(parsing: $0) }
      try session.submit(submission, program, .submit(submission))
      let position = session.jobs.count - 1
      let start = JobWait(position: position, faults: plan, limit: limit, since: session.now)
      let end = try wait(start)
      let result = result(of: position, end)
      if !session.jobs[position].history.jobState.isTerminal { try cancel(position) }
      return result
    }
  }

  /// An environment whose programs run here: `execute` lets virtual time pass until its job is
  /// over.
  ///
  /// ```swift
  /// let environment = small.environment(parallelism: 2)
  /// environment.readTextFile("notes").print()
  /// try environment.execute("notes")
  /// ```
  ///
  /// - Parameter parallelism: The parallelism of every operator that says nothing else.
  /// - Returns: The environment.
  public func environment(parallelism: Int = 1) -> StreamExecutionEnvironment {
    let environment = StreamExecutionEnvironment(parallelism: parallelism)
    environment.enableCheckpointing(every: .seconds(1))
    environment.arguments.inputs = texts.mapValues {
      SessionInput(InputBytes(Array($0.utf8))).name
    }
    environment.executor = ClusterExecutor(self)
    return environment
  }

  /// Lets virtual time pass, whatever happens.
  ///
  /// ```swift
  /// try cluster.perform("restart tm-1")
  /// try cluster.advance(by: .seconds(10))
  /// print(cluster.now, cluster.digest)
  /// ```
  ///
  /// - Throws: ``ClusterProblem``.
  public func advance(by duration: VirtualDuration) throws {
    _ = try ClusterProblem.translated { try session.apply(.run(for: duration)) }
  }

  /// Does something to the cluster now, such as `"kill tm-1"` or `"restart tm-1"`: any command of
  /// the language.
  ///
  /// ```swift
  /// try cluster.perform("restart tm-1")
  /// try cluster.advance(by: .seconds(10))
  /// print(cluster.now, cluster.digest)
  /// ```
  ///
  /// - Throws: ``ClusterProblem`` when it cannot be done.
  public func perform(_ command: String) throws {
    _ = try ClusterProblem.translated { try session.apply(Command(parsing: command)) }
  }

  /// The present virtual instant, counted from the deployment.
  ///
  /// ```swift
  /// try cluster.perform("restart tm-1")
  /// try cluster.advance(by: .seconds(10))
  /// print(cluster.now, cluster.digest)
  /// ```
  public var now: VirtualDuration { session.now - .zero }

  /// A hash of all that happened so far: the same for the same seed, programs and commands.
  ///
  /// ```swift
  /// try cluster.perform("restart tm-1")
  /// try cluster.advance(by: .seconds(10))
  /// print(cluster.now, cluster.digest)
  /// ```
  public var digest: String { session.digest?.description ?? "" }

  /// Ends a job that is waited for no longer, so that its slots are there for the next one.
  private func cancel(_ position: Int) throws {
    try session.apply(.cancel(job: session.jobs[position].name))
    _ = try wait(JobWait(position: position, limit: .seconds(30), since: session.now))
  }

  /// A name that no job has yet.
  func freeName(_ name: String) -> String {
    let taken = Set(session.jobs.map(\.name))
    guard taken.contains(name) else { return name }
    var number = 2
    while taken.contains("\(name)-\(number)") { number += 1 }
    return "\(name)-\(number)"
  }
}

/// What became visible, transaction by transaction.
final class CommitLog {
  var all: [[UInt8]] = []
}

/// Texts by their names.
private struct TextLibrary: InputLibrary {
  let inputs: [String: SessionInput]

  init(_ inputs: [String: SessionInput]) {
    self.inputs = inputs
  }

  var names: [String] { inputs.keys.sorted() }

  func input(named name: String?) throws(UsageError) -> SessionInput {
    guard let name else {
      return names.first.flatMap { inputs[$0] } ?? SessionInput(InputBytes([]))
    }
    guard let input = inputs[name] else { throw UsageError(.unknown(.input, name, among: names)) }
    return input
  }
}

/// What is wrong with a program, or with what is asked of a cluster, in one sentence.
public struct ClusterProblem: Error, CustomStringConvertible {
  /// The sentence.
  public let description: String

  /// Turns the sandbox's errors into problems.
  static func translated<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as UsageError {
      throw ClusterProblem(description: error.description)
    }
  }
}
