import ClusterProtocol
import JobGraphs
package import Rendering
package import Sandbox
import SimulationKernel
import StreamModel

/// What can be seen of a session: a picture of each job, kept up to date, and all that is drawn
/// from them.
package struct SessionView: Sendable {
  /// The pictures of the jobs, in the order of their submission.
  package private(set) var pictures: [RunPicture] = []
  private var readItems: [Int] = []

  /// Makes the view of a session in which nothing has happened.
  package init() {}

  /// Takes in what happened since the last call.
  package mutating func update(from session: SandboxSession) {
    let items = session.journal
    let figures = session.taskFigures
    for (index, job) in session.jobs.enumerated() {
      if pictures.count == index {
        pictures.append(RunPicture(graph: job.graph, inputNames: job.inputNames))
        readItems.append(0)
      }
      for item in items[readItems[index]...] where Self.concerns(job.id, item.entry) {
        pictures[index].apply(item)
      }
      readItems[index] = items.count
      let own = figures.filter { $0.job == job.id }
      pictures[index].update(RunMetrics(own), at: session.now)
    }
  }

  /// Whether an entry says something of a job, of its cluster, or of slots that others hold.
  private static func concerns(_ job: JobID?, _ entry: JournalEntry) -> Bool {
    switch entry {
    case .slotAccepted, .slotReleased: true
    default: entry.job == nil || entry.job == job
    }
  }

  /// The picture of the job of that name, or of the last one.
  package func picture(ofJob name: String?, in session: SandboxSession) -> RunPicture? {
    let index = name.map { name in session.jobs.firstIndex { $0.name == name } } ?? nil
    let position = index ?? session.jobs.indices.last
    return position.flatMap { pictures.indices.contains($0) ? pictures[$0] : nil }
  }

  /// What a request asks to see, as it is at this moment.
  ///
  /// - Parameters:
  ///   - request: What is asked for.
  ///   - session: The session, which the view is up to date with.
  ///   - marks: What is marked on a timeline.
  /// - Returns: It, as it is now.
  /// - Throws: ``UsageError`` when there is nothing of it.
  package func picture(
    of request: ShowRequest,
    in session: SandboxSession,
    marks: [Timeline.Mark] = []
  ) throws(UsageError) -> SessionPicture {
    let content = try content(of: request, in: session, marks)
    return SessionPicture(content, isInWords: request.isInWords)
  }

  private func content(
    of request: ShowRequest,
    in session: SandboxSession,
    _ marks: [Timeline.Mark]
  ) throws(UsageError) -> SessionPicture.Content {
    switch request.subject {
    case .streamGraph: return .streamGraph(try graphs(request, session).stream)
    case .jobGraph: return .jobGraph(try graphs(request, session).job)
    case .slots where session.jobs.isEmpty && request.target == nil && session.cluster != nil:
      return .component(Listing(processesOf: session))
    case .slots where try isPlanned(request, session):
      let graph = try graphs(request, session).job
      let slots = session.slotsPerTaskManager ?? 1
      return .component(SlotBoard(graph, slotsPerTaskManager: slots))
    case .jobs: return .component(Listing(jobsOf: session))
    case .rows: return .component(Listing(rowsOf: try job(request, session)))
    case .state: return .component(Listing(stateOf: try job(request, session), in: session))
    case .watermarks:
      return .component(Listing(watermarksOf: try job(request, session), in: session))
    case .executionGraph:
      let job = try job(request, session)
      guard let graph = session.executionGraph(of: job) else {
        throw UsageError(.nothingToLookAt(request.subject.rawValue))
      }
      return .executionGraph(graph)
    case .run: return .component(try runPicture(request, session))
    case .slots: return .component(try runPicture(request, session).slotBoard)
    case .timeline: return .component(Timeline(try runPicture(request, session), marks: marks))
    case .checkpoint: return .component(try film(request, session))
    case .recovery: return .component(try recovery(request, session))
    }
  }

  private func runPicture(
    _ request: ShowRequest,
    _ session: SandboxSession
  ) throws(UsageError) -> RunPicture {
    let job = try job(request, session)
    guard let picture = picture(ofJob: job.name, in: session) else {
      throw UsageError(.nothingToLookAt(request.subject.rawValue))
    }
    return picture
  }

  /// The checkpoint of that number in the last job, or the last whole one of the job of that name.
  private func film(
    _ request: ShowRequest,
    _ session: SandboxSession
  ) throws(UsageError) -> CheckpointFilm {
    let number = request.target.flatMap { Int($0.job) }
    let name = number == nil ? try job(request, session).name : nil
    guard let picture = picture(ofJob: name, in: session) else {
      throw UsageError(.nothingToLookAt(request.subject.rawValue))
    }
    let wanted = number.map { CheckpointID($0) } ?? picture.lastWholeCheckpoint
    guard let wanted, let film = picture.film(of: wanted) else {
      throw UsageError(
        .noCheckpoint(number ?? 1, known: picture.filmedCheckpoints.last?.number ?? 0)
      )
    }
    return film
  }

  private func recovery(
    _ request: ShowRequest,
    _ session: SandboxSession
  ) throws(UsageError) -> RecoveryPicture {
    let name = try job(request, session).name
    guard let picture = picture(ofJob: name, in: session),
      let recovery = picture.recovery(readings: readings(in: session, name: name))
    else { throw UsageError(.nothingToLookAt(request.subject.rawValue)) }
    return recovery
  }

  // MARK: Which one

  /// Whether a request is about a job that was not submitted.
  private func isPlanned(
    _ request: ShowRequest,
    _ session: SandboxSession
  ) throws(UsageError) -> Bool {
    guard let target = request.target else { return false }
    return !target.hasNoOptions || !session.jobs.contains { $0.name == target.job }
  }

  private func job(
    _ request: ShowRequest,
    _ session: SandboxSession
  ) throws(UsageError) -> SessionJob {
    guard !session.jobs.isEmpty else { throw UsageError(.nothingSubmitted(line: request.text)) }
    guard let target = request.target else { return session.jobs[session.jobs.count - 1] }
    guard let job = session.jobs.first(where: { $0.name == target.job }) else {
      throw UsageError(.unknown(.job, target.job, among: session.jobs.map(\.name)))
    }
    return job
  }

  private func graphs(
    _ request: ShowRequest,
    _ session: SandboxSession
  ) throws(UsageError) -> (stream: StreamGraph, job: JobGraph) {
    guard try isPlanned(request, session), let target = request.target else {
      let job = try job(request, session)
      return (job.streamGraph, job.graph)
    }
    let plan = try session.plan(of: target)
    return (plan.streamGraph, plan.jobGraph)
  }

  /// What a few keys of the state held when the job was struck last, in the checkpoint, and now:
  /// those on which the failure undid most.
  private func readings(in session: SandboxSession, name: String?) -> [StateReading] {
    let index = session.jobs.firstIndex { $0.name == name } ?? 0
    guard let sample = session.stateSamples.last else { return [] }
    let saved = Dictionary(
      sample.checkpointed.filter { $0.job == index }.map { ($0.key, $0.value) },
      uniquingKeysWith: { first, _ in first }
    )
    let now = Dictionary(
      session.presentState(of: index).map { ($0.key, $0.value) },
      uniquingKeysWith: { first, _ in first }
    )
    let lost = sample.readings.filter { $0.job == index }.map { reading in
      (key: reading.key, value: reading.value, saved: saved[reading.key])
    }
    return lost.sorted {
      let (left, right) = ($0.value - ($0.saved ?? 0), $1.value - ($1.saved ?? 0))
      return left == right ? $0.key < $1.key : left > right
    }.prefix(3).map { key in
      StateReading(
        key: key.key,
        atFailure: key.value,
        inCheckpoint: key.saved,
        now: now[key.key]
      )
    }
  }
}

extension RunPicture {
  /// The last checkpoint that is complete, or else the one under way.
  fileprivate var lastWholeCheckpoint: CheckpointID? {
    checkpoints.latest.map(\.id) ?? filmedCheckpoints.last
  }
}

extension RunMetrics {
  /// The numbers of running tasks.
  package init(_ figures: [TaskFigures]) {
    self.init(
      subtasks: figures.map {
        Subtask(
          id: $0.subtask,
          attempt: $0.attempt,
          slot: $0.slot,
          recordsIn: $0.recordsIn,
          recordsOut: $0.recordsOut
        )
      }
    )
  }
}
