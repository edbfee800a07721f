import ClusterProtocol
import DataStreamAPI
import Deployment
import JobGraphs
package import SimulationKernel
package import StreamModel

extension SandboxSession {
  /// Judges an expectation at this moment.
  package func judge(_ expectation: Expectation) -> Judgement {
    switch expectation {
    case .not(let other):
      switch judge(other) {
      case .holds: return .fails(.unwanted(other.text))
      // Of what is not there nothing can be said, neither one way nor the other.
      case .fails(let seen): return seen.isOfNothing ? .fails(seen) : .holds
      }
    case .job(let name, let wanted):
      guard let job = job(named: name) else { return .fails(.noJob(name)) }
      let state = job.history.jobState
      return state == wanted
        ? .holds : .fails(.jobState(name, state.rawValue, wanted: wanted.rawValue))
    case .task(let task, let wanted):
      guard let job = jobs.last,
        let subtask = job.graph.subtask(named: task.name, index: task.index)
      else { return .fails(.noTask(task.text)) }
      let state = job.history.state(of: subtask)
      return state == wanted
        ? .holds : .fails(.taskState(task.text, state.rawValue, wanted: wanted.rawValue))
    case .process(let name, let wanted): return judge(process: name, wanted)
    case .measure(let measure, let comparison, let number):
      guard let value = value(of: measure) else { return .fails(.noValue(measure.text)) }
      return comparison.holds(value, number)
        ? .holds
        : .fails(.measure(measure.text, value, wanted: "\(comparison.rawValue) \(number)"))
    case .outputEqualsFailureFree(let name): return compareWithCalmRun(of: name)
    case .outputIsRight(let name): return compareWithTruth(of: name)
    }
  }

  private func judge(process name: String, _ wanted: ProcessCondition) -> Judgement {
    guard let process = ledger.process(named: name) else { return .fails(.noProcess(name)) }
    let isMet =
      switch wanted {
      case .alive: process.isAlive && !process.isPaused
      case .paused: process.isPaused
      case .dead: !process.isAlive
      case .lost: process.isLost
      case .spare: process.condition == .spare
      }
    return isMet
      ? .holds : .fails(.process(name, process.condition.rawValue, wanted: wanted.rawValue))
  }

  /// The job of that name, or the last one.
  package func job(named name: String?) -> SessionJob? {
    name.map { name in jobs.first { $0.name == name } } ?? jobs.last
  }

  // MARK: Measures

  /// The value of a measure at this moment; nil where it has none.
  package func value(of measure: Measure) -> Int? {
    switch measure.quantity {
    case .slots: return ledger.slots
    case .freeSlots: return ledger.freeSlots
    case .taskManagers: return ledger.taskManagers.count
    case .jobs: return jobs.count
    case .kills: return cluster == nil ? nil : ledger.kills.count
    case .busyKills: return cluster == nil ? nil : ledger.busyKills
    case .slotsPerTaskManager: return slotsPerTaskManager
    default: break
    }
    guard let job = job(named: measure.job) else { return nil }
    let history = job.history
    switch measure.quantity {
    case .rows: return history.committedRows
    case .rate: return job.submission.rate
    case .records: return records(of: job)
    case .rereads: return history.rereads
    case .differentKeys: return job.distinctKeys
    case .restarts: return history.restarts
    case .failures: return history.failures.count
    case .recoveries: return history.recoveries.count
    case .futileRedeployments: return history.futileRedeployments.count
    case .checkpoints: return history.completed.count
    case .failedCheckpoints: return history.failedCheckpoints
    case .operators: return job.streamGraph.nodes.count
    case .vertices: return job.graph.vertices.count
    case .tasks: return job.graph.subtaskCount
    case .slotsNeeded: return job.graph.slotsNeeded
    default: return value(of: measure, in: job)
    }
  }

  /// The value of a measure that is of a key or of a task.
  private func value(of measure: Measure, in job: SessionJob) -> Int? {
    guard let subject = measure.subject else { return nil }
    let index = jobs.firstIndex { $0.name == job.name } ?? 0
    switch measure.quantity {
    case .count: return job.lastCount(of: subject)
    case .state: return presentState(of: index).first { $0.key == subject }?.value
    case .checkpointedState:
      return checkpointedState(of: index).first { $0.key == subject }?.value
    case .position, .checkpointedPosition:
      guard let task = TaskName(parsing: subject),
        let subtask = job.graph.subtask(named: task.name, index: task.index)
      else { return nil }
      return measure.quantity == .position
        ? position(of: subtask, in: job) : checkpointedPosition(of: subtask, in: job)
    default: return nil
    }
  }

  /// How far a source has read: where it is now, or where it stood when it stopped.
  package func position(of subtask: SubtaskID, in job: SessionJob) -> Int? {
    guard job.graph.vertices[subtask.vertex].isSource else { return nil }
    return runningPositions(of: job)[subtask] ?? job.history.source(subtask)?.position
  }

  /// How far each running task of a job has read.
  private func runningPositions(of job: SessionJob) -> [SubtaskID: Int] {
    var latest: [SubtaskID: (attempt: Int, position: Int)] = [:]
    for task in cluster?.taskMetrics ?? [] where task.job == job.id {
      if let known = latest[task.subtask], known.attempt >= task.attempt { continue }
      latest[task.subtask] = (task.attempt, task.recordsIn)
    }
    return latest.mapValues(\.position)
  }

  private func checkpointedPosition(of subtask: SubtaskID, in job: SessionJob) -> Int? {
    guard let last = job.history.completed.last?.id else { return nil }
    return job.history.source(subtask)?.snapshots.last { $0.checkpoint == last }?.offset
  }

  private func records(of job: SessionJob) -> Int {
    var sum = 0
    let positions = runningPositions(of: job)
    for subtask in job.graph.subtasks where job.graph.vertices[subtask.vertex].isSource {
      let known = job.history.source(subtask)
      sum += max(known?.furthest ?? 0, positions[subtask] ?? known?.position ?? 0)
    }
    return sum
  }

  /// The instant of a moment; nil where it has not come.
  package func instant(of moment: Moment, inJob name: String? = nil) -> VirtualInstant? {
    let history = job(named: name)?.history
    switch moment {
    case .killed(let name): return ledger.kills.first { name == nil || $0.name == name }?.at
    case .lost(let name):
      return journal.first { item in
        guard case .taskManagerLost(let lost, _, _, _) = item.entry else { return false }
        return name == nil || lost == name
      }?.instant
    case .failed: return history?.failures.first
    case .restarting: return history?.restartings.first
    case .futile: return history?.futileRedeployments.first
    case .running: return history?.firstRunning
    case .recovered: return history?.recoveries.first
    case .checkpoint(let number):
      return history?.completed.first { $0.id.number == number }?.at
    case .ended: return history?.ended
    }
  }

  // MARK: Rows

  private func compareWithTruth(of name: String?) -> Judgement {
    guard let job = job(named: name) else { return .fails(.noJob(name)) }
    guard job.history.jobState == .finished else {
      return .fails(.notOver(job.name, job.history.jobState.rawValue))
    }
    guard let findMistake = job.program.findMistake else {
      return .fails(.cannotTell(SandboxPhrase.noTruth(job.name).english))
    }
    let mistake = findMistake(job.input, job.rows, job.graph.settings.isBatch)
    return mistake.map { .fails(.wrongRows($0)) } ?? .holds
  }

  /// Compares the rows with those of the same job, submitted at once to a cluster of the same shape
  /// on which nothing fails.
  private func compareWithCalmRun(of name: String?) -> Judgement {
    guard let job = job(named: name), let cluster,
      let index = jobs.firstIndex(where: { $0.name == job.name })
    else { return .fails(.noJob(name)) }
    guard job.history.jobState == .finished else {
      return .fails(.notOver(job.name, job.history.jobState.rawValue))
    }
    guard job.program.isConfluent else {
      return .fails(.cannotTell(SandboxPhrase.notConfluent(job.name).english))
    }
    let calm = calmRows[index] ?? rowsOfCalmRun(job, cluster.layout)
    calmRows[index] = calm
    let seen = job.rows.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard seen != calm else { return .holds }
    let position = zip(seen, calm).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    let example = position.map { seen[$0] } ?? (seen.count > calm.count ? seen : calm).last ?? ""
    return .fails(.otherRows(count: seen.count, wanted: calm.count, example: example))
  }

  private func rowsOfCalmRun(_ job: SessionJob, _ layout: ClusterLayout) -> [String] {
    var calmOptions = options
    calmOptions.inputs = SingleInput(SessionInput(job.input), others: job.otherInputs)
    calmOptions.makeStorage = { MemoryStorage() }
    calmOptions.keepsRows = true
    calmOptions.cluster.plantedBugs = []
    let calm = SandboxSession(calmOptions)
    var submission = job.submission
    submission.rate = nil
    calm.deploy(layout, .deploy(ClusterShape(kind: layout.kind)))
    _ = try? calm.submit(submission, job.program, .submit(submission))
    _ = try? calm.advance(
      until: .zero + .minutes(24 * 60),
      while: { !(calm.cluster?.isFirstJobOver ?? true) }
    )
    return calm.jobs.first?.rows.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } ?? []
  }
}
