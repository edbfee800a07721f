package import ExternalSystems
package import RecordFormats
import ClusterClient
package import ClusterProtocol
import Dispatcher
import JobMaster
package import JobGraphs
package import KeyedState
import ResourceManager
package import SimulationKernel
package import StreamModel
import StreamOperators
import TaskManager
import TaskRuntime

/// How a cluster's processes are laid out.
package enum DeploymentKind: String, Sendable, CaseIterable {
  /// A JobManager and TaskManagers that were started beforehand, each a process.
  case standalone
  /// Client, JobManager and the one TaskManager in one process.
  case local
}

/// What a cluster is made of.
package struct ClusterLayout: Sendable {
  /// How its processes are laid out.
  package var kind: DeploymentKind
  /// How many TaskManagers there are.
  package var taskManagers: Int
  /// How many slots each of them has.
  package var slotsPerTaskManager: Int

  /// Describes a layout.
  package init(kind: DeploymentKind, taskManagers: Int, slotsPerTaskManager: Int) {
    self.kind = kind
    self.taskManagers = taskManagers
    self.slotsPerTaskManager = slotsPerTaskManager
  }
}

/// A cluster in a simulated world: it is started before zero, so that a run begins at zero with
/// every TaskManager registered.
package final class Cluster {
  /// The world.
  package let simulation: Simulation<ClusterMessage, JournalEntry>
  /// What the cluster is made of.
  package let layout: ClusterLayout

  /// The log and the tables that jobs write and read, beside the storage.
  package let external = ExternalSystems()

  private let options: ClusterOptions
  private var inputs: InputCatalog
  private let client: ClusterClient
  private let clientProcess: ProcessID
  private let jobManager: ProcessID
  /// The JobMasters, for observers.
  private let masters = JobMasters()
  /// The TaskManagers that live or lived, by name.
  private var taskManagers: [(name: String, process: ProcessID, role: TaskManager)] = []

  /// The name of the process in which Dispatcher, ResourceManager and JobMasters live.
  package static let jobManagerName = "jobmanager"

  /// Starts a cluster and lets its TaskManagers register; afterwards it is zero o'clock.
  package init(
    seed: UInt64,
    layout: ClusterLayout,
    options: ClusterOptions = ClusterOptions(),
    inputs: InputCatalog = InputCatalog(),
    network: NetworkOptions = NetworkOptions(),
    storage: StorageOptions = StorageOptions(),
    backend: any StorageBackend = MemoryStorage()
  ) {
    self.layout = layout
    self.options = options
    self.inputs = inputs
    simulation = Simulation(
      seed: seed,
      startingAt: VirtualInstant(nanoseconds: -1_000_000_000),
      network: network,
      storage: storage,
      backend: backend
    )
    let host = HostProcess()
    let masters = masters
    jobManager = simulation.start(
      host,
      named: layout.kind == .local ? "local" : Self.jobManagerName
    )
    let dispatcher = Endpoint(process: jobManager, role: .dispatcher)
    let resourceManager = Endpoint(process: jobManager, role: .resourceManager)
    host.add(ResourceManager(options: options), as: .resourceManager, runningIn: nil)
    host.add(
      Dispatcher(seed: seed) { [unowned host] job, graph, dispatcher, context in
        let master = JobMaster(
          job: job,
          graph: graph,
          options: options,
          dispatcher: dispatcher,
          resourceManager: resourceManager
        )
        masters.all.append(master)
        host.add(master, as: .jobMaster(job), runningIn: context.process)
      },
      as: .dispatcher,
      runningIn: nil
    )
    client = ClusterClient(dispatcher: dispatcher)
    if layout.kind == .local {
      clientProcess = jobManager
      host.add(client, as: .client, runningIn: nil)
      let role = TaskManager(
        name: "local",
        slots: layout.slotsPerTaskManager,
        resourceManager: resourceManager,
        options: options,
        inputs: inputs,
        seed: seed
      )
      role.external = external
      host.add(role, as: .taskManager, runningIn: nil)
      taskManagers.append(("local", jobManager, role))
    } else {
      clientProcess = simulation.start(HostProcess([(.client, client)]), named: "client")
      for number in 0..<layout.taskManagers { startTaskManager(named: "tm-\(number + 1)") }
    }
    _ = simulation.run(until: .zero)
  }

  /// Starts a TaskManager, for the first time or after it was killed.
  package func startTaskManager(named name: String) {
    let role = TaskManager(
      name: name,
      slots: layout.slotsPerTaskManager,
      resourceManager: Endpoint(process: jobManager, role: .resourceManager),
      options: options,
      inputs: inputs,
      seed: simulation.seed
    )
    role.external = external
    let process = simulation.start(HostProcess([(.taskManager, role)]), named: name)
    taskManagers.removeAll { $0.name == name }
    taskManagers.append((name, process, role))
  }

  /// Submits a job; its id is known once the cluster has accepted it.
  ///
  /// The topics that it names are made at once, as an administrator would have made them before.
  package func submit(_ graph: JobGraph) {
    for link in graph.vertices.flatMap(\.chain) {
      let factory = link.node.factory as? StreamOperatorFactory
      for topic in factory?.topics ?? [] { external.create(topic) }
    }
    inject(.client(.submit(graph)), into: Endpoint(process: clientProcess, role: .client))
  }

  /// Cancels a job.
  package func cancel(_ job: JobID) {
    inject(.client(.cancel(job)), into: Endpoint(process: clientProcess, role: .client))
  }

  /// Takes a checkpoint of a job beside those of its interval.
  package func triggerCheckpoint(of job: JobID) {
    inject(
      .jobMaster(.triggerCheckpoint),
      into: Endpoint(process: jobManager, role: .jobMaster(job))
    )
  }

  /// Lets jobs that are submitted from now on read an input.
  package func add(_ input: InputBytes, named name: String) {
    inputs.add(input, named: name)
    for (_, _, role) in taskManagers { role.inputs = inputs }
  }

  /// Kills a process; the journal learns how far its sources had come.
  package func kill(_ process: ProcessID, named name: String) {
    if let role = taskManagers.first(where: { $0.name == name })?.role {
      for (job, subtask, offset) in role.sourceOffsets {
        simulation.record(.sourceStopped(job, subtask, offset: offset))
      }
    }
    simulation.kill(process)
  }

  /// The keyed state of a job's running tasks as it is now, by subtask and operator.
  ///
  /// Looking changes nothing: tables are retained as for a snapshot and written elsewhere.
  ///
  /// - Throws: `StateCodecError` when a value cannot be encoded.
  package func keyedState(of job: JobID) throws -> [(subtask: SubtaskID, bytes: KeyedStateBytes)] {
    try livingTaskManagers
      .flatMap { try $0.role.keyedState(of: job) }
      // A TaskManager that is cut off goes on with attempts which the job has replaced.
      .filter { executionGraph(of: job)?.attemptID(of: $0.attempt.subtask) == $0.attempt }
      .map { ($0.attempt.subtask, $0.bytes) }
      .sorted { ($0.subtask.vertex, $0.subtask.index) < ($1.subtask.vertex, $1.subtask.index) }
  }

  /// How far event time has come at a job's running tasks, task by task.
  package func eventTimes(of job: JobID) -> [TaskEventTime] {
    livingTaskManagers
      .flatMap { $0.role.eventTimes(of: job) }
      .filter { executionGraph(of: job)?.attemptID(of: $0.attempt.subtask) == $0.attempt }
      .map(\.eventTime)
      .sorted { ($0.subtask.vertex, $0.subtask.index) < ($1.subtask.vertex, $1.subtask.index) }
  }

  /// Fails a task of a job.
  package func fail(_ subtask: SubtaskID, of job: JobID) {
    inject(
      .jobMaster(.failTask(subtask)),
      into: Endpoint(process: jobManager, role: .jobMaster(job))
    )
  }

  /// What the client knows of the jobs that it submitted, in order.
  package var jobs: [ClientJob] {
    client.jobs.map { ClientJob(id: $0.id, state: $0.outcome, error: $0.error) }
  }

  /// The attempts of a job's subtasks as its JobMaster knows them.
  package func executionGraph(of job: JobID) -> ExecutionGraph? {
    masters.all.last { $0.job == job }?.execution
  }

  /// Whether the job that was submitted first has reached a state in which it stays.
  package var isFirstJobOver: Bool { isJobOver(0) }

  /// Whether the job that was submitted at a position, from 0, has reached a state in which it
  /// stays.
  package func isJobOver(_ position: Int) -> Bool {
    client.jobs.indices.contains(position) && client.jobs[position].outcome != nil
  }

  /// Figures of every running task, by TaskManager in the order of starting.
  package var taskMetrics: [RunningTaskMetrics] {
    livingTaskManagers
      .flatMap { name, _, role in
        role.metrics.map { entry in
          RunningTaskMetrics(
            job: entry.attempt.job,
            subtask: entry.attempt.subtask,
            attempt: entry.attempt.attempt,
            taskManager: name,
            slot: entry.slot,
            recordsIn: entry.metrics.recordsIn,
            recordsOut: entry.metrics.recordsOut,
            queuedElements: entry.metrics.queuedElements,
            isBackPressured: entry.metrics.isBackPressured,
            rowsSetAside: entry.metrics.rowsSetAside
          )
        }
      }
  }

  private var livingTaskManagers: [(name: String, process: ProcessID, role: TaskManager)] {
    taskManagers.filter { simulation.isAlive($0.process) }
  }

  private func inject(_ payload: ClusterMessage.Payload, into endpoint: Endpoint) {
    simulation.inject(
      ClusterMessage(sender: endpoint, receiver: endpoint.role, payload: payload),
      into: endpoint.process
    )
  }
}

/// The JobMasters that were started, in order.
private final class JobMasters {
  var all: [JobMaster] = []
}

/// A job as its client knows it.
package struct ClientJob: Sendable {
  /// The job, once the cluster has accepted it.
  package var id: JobID?
  /// The state that it ended in, or nil while it runs.
  package var state: JobState?
  /// What it ended by, if by a failure.
  package var error: ClusterError?
}

/// Figures of a task that runs.
package struct RunningTaskMetrics: Sendable, Equatable {
  /// The job.
  package var job: JobID
  /// The subtask.
  package var subtask: SubtaskID
  /// The attempt's number.
  package var attempt: Int
  /// The TaskManager that it is on.
  package var taskManager: String
  /// The slot that it is in.
  package var slot: Int
  /// Records taken in; for a source, elements read.
  package var recordsIn: Int
  /// Records sent on; for a sink, records written.
  package var recordsOut: Int
  /// Elements that wait in its channels.
  package var queuedElements: Int
  /// Whether it cannot go on because its consumers have no room.
  package var isBackPressured: Bool
  /// Rows that its source skipped because they were bad.
  package var rowsSetAside: Int
}
