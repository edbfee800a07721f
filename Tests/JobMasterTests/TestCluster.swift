import ClusterClient
import ClusterProtocol
import Dispatcher
import JobGraphs
import JobMaster
import ResourceManager
import SimulationKernel
import StreamModel

/// A process that hosts roles, as Deployment would.
final class RoleHost: SimulatedProcess {
  private(set) var roles: [(role: Role, object: any ClusterRole)] = []

  func add(_ object: any ClusterRole, as role: Role) {
    roles.append((role, object))
  }

  func handle(_ event: ProcessEvent<ClusterMessage>, in process: ClusterProcessContext) {
    switch event {
    case .started:
      for (role, object) in roles { object.start(in: RoleContext(process: process, role: role)) }
    case .message(let message, _):
      self[message.receiver]?.receive(
        message.payload,
        from: message.sender,
        in: RoleContext(process: process, role: message.receiver)
      )
    case .undeliverable(let message, let target):
      self[message.sender.role]?.undeliverable(
        message.payload,
        to: Endpoint(process: target, role: message.receiver),
        in: RoleContext(process: process, role: message.sender.role)
      )
    case .connectionLost(let peer):
      for (role, object) in roles {
        object.connectionLost(to: peer, in: RoleContext(process: process, role: role))
      }
    }
  }

  subscript(role: Role) -> (any ClusterRole)? {
    roles.first { $0.role == role }?.object
  }
}

/// A cluster of real roles and fake TaskManagers.
final class TestCluster {
  let simulation: Simulation<ClusterMessage, JournalEntry>
  let options: ClusterOptions
  let jobManager = RoleHost()
  let clientHost = RoleHost()
  let resourceManager: ResourceManager
  let client: ClusterClient
  private(set) var taskManagers: [FakeTaskManager] = []
  private let jobManagerID: ProcessID
  private let clientID: ProcessID

  init(seed: UInt64 = 1, taskManagers: Int, slots: Int = 1, options: ClusterOptions = .init()) {
    self.options = options
    simulation = Simulation(seed: seed)
    let host = jobManager
    resourceManager = ResourceManager(options: options)
    host.add(resourceManager, as: .resourceManager)
    let dispatcher = Dispatcher(seed: seed) { job, graph, dispatcher, context in
      let process = context.endpoint.process
      let jobMaster = JobMaster(
        job: job,
        graph: graph,
        options: options,
        dispatcher: dispatcher,
        resourceManager: Endpoint(process: process, role: .resourceManager)
      )
      host.add(jobMaster, as: .jobMaster(job))
      jobMaster.start(in: RoleContext(process: context.process, role: .jobMaster(job)))
    }
    host.add(dispatcher, as: .dispatcher)
    jobManagerID = simulation.start(host, named: "jm")
    client = ClusterClient(dispatcher: Endpoint(process: jobManagerID, role: .dispatcher))
    clientHost.add(client, as: .client)
    clientID = simulation.start(clientHost, named: "client")
    for number in 1...max(1, taskManagers) where taskManagers > 0 {
      startTaskManager("tm-\(number)", slots: slots)
    }
    _ = simulation.run(until: VirtualInstant(nanoseconds: 10_000_000))
  }

  @discardableResult
  func startTaskManager(_ name: String, slots: Int = 1) -> FakeTaskManager {
    let taskManager = FakeTaskManager(
      name: name,
      slots: slots,
      options: options,
      resourceManager: Endpoint(process: jobManagerID, role: .resourceManager)
    )
    taskManagers.append(taskManager)
    simulation.start(taskManager, named: name)
    return taskManager
  }

  func submit(_ graph: JobGraph) {
    inject(.client(.submit(graph)), role: .client, into: clientID)
  }

  var job: JobID { JobID(seed: simulation.seed, submission: 1) }

  var jobMaster: JobMaster? { jobManager[.jobMaster(job)] as? JobMaster }

  func tellJobMaster(_ message: JobMasterMessage) {
    inject(.jobMaster(message), role: .jobMaster(job), into: jobManagerID)
  }

  func cancel() {
    inject(.client(.cancel(job)), role: .client, into: clientID)
  }

  /// Ends the input of the source tasks of a TaskManager.
  func endInput(of taskManager: FakeTaskManager) {
    guard let process = simulation.process(named: taskManager.name) else { return }
    for task in taskManager.tasks where task.channels.isEmpty {
      // A channel from nowhere whose producer has come to its end.
      let channel = ChannelID(
        producer: task.attempt,
        output: 0,
        subpartition: 0,
        consumer: task.attempt,
        channel: 0
      )
      inject(
        .data(.element(channel, backlog: 0, Handover(.endOfData))),
        role: .taskManager,
        into: process
      )
    }
  }

  func kill(_ name: String) {
    if let process = simulation.process(named: name) { simulation.kill(process) }
  }

  func pause(_ name: String, for duration: VirtualDuration) {
    if let process = simulation.process(named: name) { simulation.pause(process, for: duration) }
  }

  @discardableResult
  func run(for duration: VirtualDuration) -> StopReason {
    simulation.run(until: simulation.now + duration)
  }

  func runUntil(_ limit: VirtualDuration = .minutes(5), _ condition: () -> Bool) {
    _ = simulation.run(until: simulation.now + limit) { !condition() }
  }

  private func inject(_ payload: ClusterMessage.Payload, role: Role, into process: ProcessID) {
    let sender = Endpoint(process: process, role: role)
    simulation.inject(
      ClusterMessage(sender: sender, receiver: role, payload: payload),
      into: process
    )
  }
}
