import DataStreamAPI
import Deployment
import GraphTranslation
package import JobGraphs
import SimulationKernel
import Workloads

extension RunOptions {
  /// The name under which a job finds its input: a path of the machine never enters a run.
  static let inputName = "input"

  /// The most channels that a job may have; each costs about a kilobyte on its two ends.
  static let channelLimit = 1_000_000

  /// The program with these options.
  var streamGraph: StreamGraph {
    let environment = StreamExecutionEnvironment(parallelism: parallelism)
    if let checkpointInterval, guarantee != .none {
      environment.enableCheckpointing(every: checkpointInterval, guarantee: guarantee)
    }
    if let restartStrategy { environment.setRestartStrategy(restartStrategy) }
    job.program(
      environment,
      JobParameters(input: Self.inputName, rate: rate, rowLimit: rowLimit)
    )
    return environment.streamGraph(named: job.name)
  }

  /// The cluster for a job: as many slots as it needs, and on standalone one TaskManager to spare.
  func layout(for graph: JobGraph) -> ClusterLayout {
    switch deployment {
    case .local:
      return ClusterLayout(
        kind: .local,
        taskManagers: 1,
        slotsPerTaskManager: slots ?? graph.slotsNeeded
      )
    case .standalone:
      let slots = slots ?? 1
      let needed = (graph.slotsNeeded + slots - 1) / slots
      return ClusterLayout(
        kind: .standalone,
        taskManagers: taskManagers ?? needed + 1,
        slotsPerTaskManager: slots
      )
    }
  }

  /// Checks everything that can be known to be wrong before a run begins.
  ///
  /// - Returns: The program before and after chaining.
  /// - Throws: ``UsageError`` with the first contradiction.
  @discardableResult
  package func validate() throws(UsageError) -> (streamGraph: StreamGraph, jobGraph: JobGraph) {
    try check()
    let streamGraph = streamGraph
    do {
      let graph = try streamGraph.translated()
      try checkFaults(against: graph)
      return (streamGraph, graph)
    } catch let error as UsageError {
      throw error
    } catch {
      throw UsageError("\(error)")
    }
  }

  /// Checks the numbers.
  func check() throws(UsageError) {
    let highest = KeyGroupAssignment.highestMaxParallelism
    guard (1...highest).contains(parallelism) else {
      throw UsageError("parallelism must be from 1 to \(highest), not \(parallelism)")
    }
    let channels = parallelism * parallelism
    guard channels <= Self.channelLimit else {
      throw UsageError(
        "parallelism \(parallelism) needs \(channels) channels between its tasks, which do not"
          + " fit in memory; at most \(Self.channelLimit) do"
      )
    }
    if let taskManagers, !(1...4096).contains(taskManagers) {
      throw UsageError("the number of TaskManagers must be from 1 to 4096, not \(taskManagers)")
    }
    if let slots, !(1...4096).contains(slots) {
      throw UsageError("the number of slots must be from 1 to 4096, not \(slots)")
    }
    if deployment == .local, let taskManagers, taskManagers != 1 {
      throw UsageError("a local cluster is one process with one TaskManager, not \(taskManagers)")
    }
    if let checkpointInterval, checkpointInterval < .milliseconds(10) {
      throw UsageError("checkpoints need an interval of at least 10ms, not \(checkpointInterval)")
    }
  }

  /// Checks that every command has something to strike.
  func checkFaults(against graph: JobGraph) throws(UsageError) {
    let layout = layout(for: graph)
    let taskManagers = (1...layout.taskManagers).map { "tm-\($0)" }
    let known = layout.kind == .local ? ["local"] : taskManagers + [Cluster.jobManagerName]
    for fault in faults {
      if case .failTask(let name, let index) = fault.command {
        try graph.check(name, index, in: fault)
      }
      for process in fault.command.processes where layout.kind == .local {
        throw UsageError(
          "\"\(fault.text)\": a local cluster is one process, so there is no \(process) of its own"
            + " to strike; fail a task, or use --deployment standalone"
        )
      }
      for process in fault.command.processes where !known.contains(process) {
        throw UsageError(
          "\"\(fault.text)\": there is no process \(process); there are "
            + known.joined(separator: ", ")
        )
      }
      switch fault.command {
      case .kill(Cluster.jobManagerName), .restart(Cluster.jobManagerName):
        throw UsageError(
          "\"\(fault.text)\": without high availability the job would be lost with its JobManager;"
            + " strike a TaskManager"
        )
      case .partition(let first, let second) where first == second,
        .heal(let first, let second) where first == second:
        throw UsageError("\"\(fault.text)\": a link has two different ends")
      default: break
      }
    }
  }
}

extension JobGraph {
  /// The subtask that a user means: by the name of its vertex or of an operator in it.
  func subtask(named name: String, index: Int) -> SubtaskID? {
    let wanted = name.lowercased()
    let vertex =
      vertices.firstIndex { $0.name.lowercased() == wanted }
      ?? vertices.firstIndex { vertex in
        vertex.chain.contains { $0.node.shortNames.contains(wanted) }
      }
    guard let vertex, index < vertices[vertex].parallelism else { return nil }
    return SubtaskID(vertex: vertex, index: index)
  }

  func check(_ name: String, _ index: Int, in fault: TimedCommand) throws(UsageError) {
    guard subtask(named: name, index: index) == nil else { return }
    guard subtask(named: name, index: 0) == nil else {
      throw UsageError("\"\(fault.text)\": \(name) has no task \(index); its tasks count from 0")
    }
    let known = vertices.flatMap(\.chain).compactMap(\.node.shortNames.last)
    throw UsageError(
      "\"\(fault.text)\": the job has no operator \(name)"
        + Suggestion.text(for: name, among: known)
    )
  }
}

extension StreamNode {
  /// What a user may call the operator: its whole name, and the name without what Flink adds.
  var shortNames: [String] {
    var short = name.lowercased()
    if short.hasPrefix("source: ") { short.removeFirst(8) }
    if short.hasSuffix(": writer") { short.removeLast(8) }
    return [name.lowercased(), short]
  }
}
