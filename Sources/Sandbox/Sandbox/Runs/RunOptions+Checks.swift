import Connectors
import DataStreamAPI
import Deployment
import JobGraphs
import SimulationKernel

extension RunOptions {
  /// What the session of the run is made of.
  var sandbox: SandboxOptions {
    var sandbox = SandboxOptions(
      catalogue: JobCatalogue([job]),
      inputs: SingleInput(
        SessionInput(input, contentHash: inputHash),
        others: otherInputs.mapValues { SessionInput($0) }
      )
    )
    sandbox.seed = seed
    sandbox.cluster = cluster
    sandbox.makeStorage = makeStorage
    sandbox.keepsRows = false
    sandbox.rowLimit = rowLimit
    sandbox.restartStrategy = restartStrategy
    return sandbox
  }

  /// What the run's `submit` says.
  var submission: JobSubmission {
    var submission = JobSubmission(job: job.name)
    submission.parallelism = parallelism
    submission.rate = rate?.elementsPerSecond
    submission.input = inputName
    submission.socket = socket
    submission.checkpointInterval = checkpointInterval.map { .every($0) } ?? .off
    submission.guarantee = guarantee
    if runtimeMode != .streaming { submission.runtimeMode = runtimeMode }
    submission.settings = settings
    return submission
  }

  /// What the run's `deploy` says: as many slots as the job needs, and on standalone one
  /// TaskManager to spare.
  func shape(for graph: JobGraph) -> ClusterShape {
    switch deployment {
    case .local:
      return ClusterShape(kind: .local, slots: slots ?? graph.slotsNeeded)
    case .standalone:
      let slots = slots ?? 1
      let needed = (graph.slotsNeeded + slots - 1) / slots
      return ClusterShape(
        kind: .standalone,
        taskManagers: taskManagers ?? needed + 1,
        slots: slots
      )
    }
  }

  /// Checks everything that can be known to be wrong before a run begins.
  ///
  /// - Returns: The program before and after chaining.
  /// - Throws: ``UsageError`` with the first contradiction.
  @discardableResult
  package func validate() throws(UsageError) -> JobPlan {
    try ClusterShape(kind: deployment, taskManagers: taskManagers, slots: slots).check()
    let plan = try JobPlan(of: job, submission, input: "input", options: sandbox)
    let shape = shape(for: plan.jobGraph)
    try shape.check()
    let taskManagers = (1...shape.layout.taskManagers).map { "tm-\($0)" }
    for fault in faults {
      if case .failTask(let name, let index) = fault.command {
        _ = try plan.jobGraph.existingSubtask(named: name, index: index, fault.text)
      }
      try fault.command.check(against: shape.layout, taskManagers: taskManagers, line: fault.text)
    }
    return plan
  }
}
