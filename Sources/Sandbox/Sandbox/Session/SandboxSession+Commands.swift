import RecordFormats
import StreamOperators
import ClusterProtocol
import Deployment
package import JobGraphs
import KeyedState
import SimulationKernel
package import StreamModel
package import DataStreamAPI

extension SandboxSession {
  func perform(_ command: Command, _ watch: Watcher) throws -> CommandReply {
    switch command {
    case .deploy(let shape): return try deploy(shape, command)
    case .submit(let submission):
      return try submit(submission, try submission.program(in: options.catalogue), command)
    case .cancel(let name):
      let (index, id) = try runningJob(named: name, command)
      cluster?.simulation.record(.command(command.text))
      cluster?.cancel(id)
      return .cancelled(name: jobs[index].name)
    case .checkpoint(let name):
      let (index, id) = try runningJob(named: name, command)
      guard jobs[index].graph.settings.checkpoints != nil else {
        throw UsageError(.checkpointsAreOff(jobs[index].name))
      }
      cluster?.simulation.record(.command(command.text))
      cluster?.triggerCheckpoint(of: id)
      return .checkpointRequested(name: jobs[index].name)
    case .run, .runUntil, .step, .expect: return try pass(command, watch)
    case .show(let request): return .show(request)
    case .save(let file): return .save(file: file, text: SessionFile(self).text)
    case .kill, .failTask, .restart, .pause, .slow, .partition, .heal:
      return try strike(command)
    case .sendToSocket, .closeSocket: return try type(command)
    }
  }

  /// The cluster.
  ///
  /// - Throws: ``UsageError`` when none is deployed.
  func deployedCluster(_ command: Command) throws(UsageError) -> Cluster {
    guard let cluster else { throw UsageError(.nothingDeployed(line: command.text)) }
    return cluster
  }

  // MARK: The cluster and its jobs

  private func deploy(_ shape: ClusterShape, _ command: Command) throws -> CommandReply {
    guard cluster == nil else { throw UsageError(.deployedAlready) }
    try shape.check()
    deploy(shape.layout, command)
    return .deployed(shape.layout)
  }

  /// Submits a job that need not be one of those known by name.
  ///
  /// - Parameters:
  ///   - submission: What is said of it.
  ///   - program: The program.
  ///   - command: The command that asks for it.
  ///   - makePlan: Plans the job, given the names under which the cluster knows its inputs; nil for
  ///     the plan of the program.
  /// - Returns: What came of it.
  /// - Throws: ``UsageError`` when there is no cluster, or when the job cannot be planned.
  @discardableResult
  package func submit(
    _ submission: JobSubmission,
    _ program: Program,
    _ command: Command,
    planning makePlan: (() throws(UsageError) -> JobPlan)? = nil
  ) throws(UsageError) -> CommandReply {
    let cluster = try deployedCluster(command)
    let name = submission.name ?? submission.job
    guard !jobs.contains(where: { $0.name == name }) else {
      throw UsageError(.jobNameTaken(name))
    }
    try checkSocket(of: submission)
    let input = try options.inputs.input(named: submission.input ?? program.inputs.first)
    var others: [String: SessionInput] = [:]
    for name in program.inputs.dropFirst() {
      others[name] = try options.inputs.input(named: name)
    }
    let plan: JobPlan
    if let makePlan {
      plan = try makePlan()
    } else {
      plan = try JobPlan(
        of: program,
        submission,
        input: input.name,
        others: others.mapValues(\.name),
        options: options
      )
    }
    for read in [input] + program.inputs.compactMap({ others[$0] }) {
      cluster.add(read.bytes, named: read.name)
      cluster.simulation.record(
        .input(name: read.name, bytes: read.bytes.count, contentHash: read.contentHash)
      )
    }
    // A path or an address of the machine never enters a run: what comes from there stands for it.
    var recorded = submission
    recorded.input = nil
    recorded.socket = nil
    cluster.simulation.record(.command(Command.submit(recorded).text))
    cluster.submit(plan.jobGraph)
    var names = InputNames()
    names.call(input.name, submission.input ?? program.inputs.first ?? "the input")
    for name in program.inputs.dropFirst() { others[name].map { names.call($0.name, name) } }
    // Jobs that the cluster has not heard of yet will ask for theirs first.
    let waiting = jobs.filter { $0.id == nil }.reduce(0) { $0 + $1.graph.slotsNeeded }
    let freeSlots = max(0, ledger.freeSlots - waiting)
    jobs.append(
      SessionJob(
        name: name,
        submission: submission,
        program: program,
        streamGraph: plan.streamGraph,
        graph: plan.jobGraph,
        input: input.bytes,
        otherInputs: others,
        inputNames: names,
        submittedAt: now,
        history: JobHistory(taskCount: plan.jobGraph.subtaskCount)
      )
    )
    return .submitted(
      name: name,
      slotsNeeded: plan.jobGraph.slotsNeeded,
      freeSlots: freeSlots
    )
  }

  /// The plan of a job that is only looked at.
  ///
  /// - Throws: ``UsageError`` when there is no such job, or when it cannot be planned.
  package func plan(of submission: JobSubmission) throws(UsageError) -> JobPlan {
    let program = try submission.program(in: options.catalogue)
    return try JobPlan(of: program, submission, input: "input", options: options)
  }

  /// The attempts of a job's subtasks as its JobMaster knows them; nil until it is accepted.
  package func executionGraph(of job: SessionJob) -> ExecutionGraph? {
    job.id.flatMap { cluster?.executionGraph(of: $0) }
  }

  private func runningJob(
    named name: String?,
    _ command: Command
  ) throws(UsageError) -> (index: Int, id: JobID) {
    _ = try deployedCluster(command)
    guard let index = try jobIndex(named: name, command) else {
      throw UsageError(.nothingSubmitted(line: command.text))
    }
    guard !jobs[index].isOver else {
      throw UsageError(.jobIsOver(jobs[index].name, state: jobs[index].history.jobState.rawValue))
    }
    guard let id = jobs[index].id else { throw UsageError(.noTaskYet(line: command.text)) }
    return (index, id)
  }

  /// The job of that name, or the last one; nil where none was submitted.
  ///
  /// - Throws: ``UsageError`` when there are jobs, but not that one.
  private func jobIndex(named name: String?, _ command: Command) throws(UsageError) -> Int? {
    guard let name, !jobs.isEmpty else { return jobs.indices.last }
    guard let index = jobs.firstIndex(where: { $0.name == name }) else {
      throw UsageError(.unknown(.job, name, among: jobs.map(\.name)))
    }
    return index
  }

  // MARK: Faults

  private func strike(_ command: Command) throws(UsageError) -> CommandReply {
    let cluster = try deployedCluster(command)
    try command.check(against: cluster.layout, taskManagers: taskManagerNames)
    switch command {
    case .restart(let name):
      guard cluster.simulation.process(named: name) == nil else {
        throw UsageError(.processLives(name, line: command.text))
      }
      cluster.simulation.record(.command(command.text))
      cluster.startTaskManager(named: name)
    case .heal(let first, let second):
      // A link is healed between names: who bears them may be dead.
      guard cluster.simulation.isCut(first, second) else {
        throw UsageError(.linkIsWhole(line: command.text))
      }
      cluster.simulation.record(.command(command.text))
      cluster.simulation.heal(first, second)
    case .failTask(let name, let index):
      let (job, subtask) = try task(named: name, index, command)
      sampleState(before: command)
      cluster.simulation.record(.command(command.text))
      cluster.fail(subtask, of: job)
    default:
      var living: [ProcessID] = []
      for name in command.processes {
        guard let process = cluster.simulation.process(named: name) else {
          throw UsageError(.processIsDead(name, line: command.text))
        }
        living.append(process)
      }
      sampleState(before: command)
      cluster.simulation.record(.command(command.text))
      if let first = living.first { cluster.strike(command, first) }
    }
    return .done(command)
  }

  /// The TaskManagers that the cluster was deployed with.
  private var taskManagerNames: [String] {
    ledger.processes.map(\.name).filter { $0.hasPrefix("tm-") }
  }

  private func task(
    named name: String,
    _ index: Int,
    _ command: Command
  ) throws(UsageError) -> (JobID, SubtaskID) {
    guard !jobs.isEmpty else { throw UsageError(.nothingSubmitted(line: command.text)) }
    let running = jobs.reversed().filter { !$0.isOver }
    guard let last = running.first else {
      throw UsageError(
        .jobIsOver(jobs[jobs.count - 1].name, state: jobs[jobs.count - 1].history.jobState.rawValue)
      )
    }
    let job = running.first { $0.graph.subtask(named: name, index: index) != nil } ?? last
    let subtask = try job.graph.existingSubtask(named: name, index: index, command.text)
    guard let id = job.id else { throw UsageError(.noTaskYet(line: command.text)) }
    return (id, subtask)
  }

  /// Keeps what keyed state holds, so that it can be told later what a failure undid.
  private func sampleState(before command: Command) {
    guard options.keepsRows else { return }
    let readings = jobs.indices.flatMap { index in
      liveState(of: index).map { (job: index, key: $0.key, value: $0.value) }
    }
    let checkpointed = jobs.indices.flatMap { index in
      checkpointedState(of: index).map { (job: index, key: $0.key, value: $0.value) }
    }
    stateSamples.append(
      StateSample(
        instant: now,
        command: command,
        readings: readings,
        checkpointed: checkpointed
      )
    )
  }

  /// How far event time has come at a job's running tasks, task by task.
  package func eventTimes(of index: Int) -> [TaskEventTime] {
    guard jobs.indices.contains(index), let id = jobs[index].id else { return [] }
    return cluster?.eventTimes(of: id) ?? []
  }

  /// The numbers in the keyed state of a job's running tasks, by key.
  package func liveState(of index: Int) -> [(key: String, value: Int)] {
    guard jobs.indices.contains(index), let id = jobs[index].id, let cluster,
      let parts = try? cluster.keyedState(of: id)
    else { return [] }
    return parts.flatMap { Self.numbers(in: $0.bytes) }
  }

  /// The numbers in a job's keyed state: of its running tasks, or, since a job that is over has
  /// none, of its last checkpoint.
  package func presentState(of index: Int) -> [(key: String, value: Int)] {
    let isOver = jobs.indices.contains(index) && jobs[index].isOver
    return isOver ? checkpointedState(of: index) : liveState(of: index)
  }

  /// The numbers in the keyed state of a job's last completed checkpoint, by key.
  package func checkpointedState(of index: Int) -> [(key: String, value: Int)] {
    guard jobs.indices.contains(index), let id = jobs[index].id, let cluster,
      let last = jobs[index].history.completed.last
    else { return [] }
    let place = CheckpointPlace(job: id, checkpoint: last.id)
    let paths = (try? cluster.simulation.storage.list(place.prefix)) ?? []
    return paths.filter(place.isState).flatMap { path in
      (try? cluster.simulation.storage.read(path)).flatMap { bytes in
        try? Self.numbers(in: KeyedStateBytes(finding: bytes))
      } ?? []
    }
  }

  private static func numbers(in bytes: KeyedStateBytes) -> [(key: String, value: Int)] {
    guard let entries = try? KeyedStateReader(bytes).readableEntries() else { return [] }
    return entries.compactMap { entry in
      entry.value.lastInteger.map { (entry.key.text, $0) }
    }
  }
}

extension Cluster {
  /// Lets a fault strike a living process.
  fileprivate func strike(_ command: Command, _ process: ProcessID) {
    switch command {
    case .kill(let name): kill(process, named: name)
    case .pause(_, let duration): simulation.pause(process, for: duration)
    case .slow(_, let percent, let duration):
      simulation.slow(process, percent: percent, for: duration)
    case .partition(let first, let second): simulation.cut(first, second)
    default: break
    }
  }
}
