import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel

/// A task of a ``FakeTaskManager``.
final class FakeTask {
  let deployment: TaskDeployment
  /// The consumers that asked for a part of its output.
  var consumers: [(channel: ChannelID, process: ProcessID)] = []
  /// The channels over which the barrier of a checkpoint has come.
  var arrived: [ChannelID: CheckpointID] = [:]
  var endedChannels: [ChannelID] = []
  var finishedChannels: [ChannelID] = []
  var isAtEnd = false
  var isEnding = false
  /// The checkpoint that it took after its end of data.
  var finalCheckpoint: CheckpointID?
  var outcome: (state: ExecutionState, error: ClusterError?)?

  init(_ deployment: TaskDeployment) {
    self.deployment = deployment
    isAtEnd = deployment.restore?.isFinished ?? false
  }

  var attempt: ExecutionAttemptID { deployment.attempt }
  var channels: [(id: ChannelID, process: ProcessID)] { deployment.inputs.flatMap(\.channels) }

  func readsFrom(_ process: ProcessID) -> Bool {
    channels.contains { $0.process == process }
  }
}

extension FakeTaskManager {
  func task(_ attempt: ExecutionAttemptID) -> FakeTask? {
    tasks.first { $0.attempt == attempt }
  }

  func submit(_ deployment: TaskDeployment, in context: RoleContext) {
    tasks.append(FakeTask(deployment))
    context.after(options.taskSetUpDelay, .taskManager(.taskSetUp(deployment.attempt)))
  }

  func setUp(_ attempt: ExecutionAttemptID, in context: RoleContext) {
    guard let task = task(attempt), !task.isEnding else { return }
    report(task, .initializing, nil, in: context)
    for channel in task.channels {
      context.process.connect(to: channel.process)
      context.send(
        .data(.requestPartition(channel.id, credit: 2)),
        to: Endpoint(process: channel.process, role: .taskManager)
      )
    }
    context.after(options.stateRestoreDelay, .taskManager(.wake(attempt, number: 0)))
  }

  func restored(_ attempt: ExecutionAttemptID, in context: RoleContext) {
    guard let task = task(attempt), !task.isEnding else { return }
    if task.deployment.restore?.isFinished == true {
      end(attempt, .finished, nil, in: context)
    } else {
      report(task, .running, nil, in: context)
    }
  }

  func fail(_ task: FakeTask, because error: ClusterError, in context: RoleContext) {
    end(task.attempt, .failed, error, in: context)
  }

  func end(
    _ attempt: ExecutionAttemptID,
    _ state: ExecutionState,
    _ error: ClusterError?,
    in context: RoleContext
  ) {
    guard let task = task(attempt) else {
      let jobMaster = Endpoint(process: resourceManager.process, role: .jobMaster(attempt.job))
      context.send(.jobMaster(.taskStateChanged(attempt, .canceled, nil)), to: jobMaster)
      return
    }
    guard !task.isEnding else { return }
    task.isEnding = true
    task.outcome = (state, error)
    context.after(options.taskCleanUpDelay, .taskManager(.taskCleanedUp(attempt)))
  }

  func cleanedUp(_ attempt: ExecutionAttemptID, in context: RoleContext) {
    guard let task = task(attempt), let outcome = task.outcome else { return }
    if outcome.state == .finished { send(.endOfPartition, from: task, in: context) }
    report(task, outcome.state, outcome.error, in: context)
    tasks.removeAll { $0 === task }
  }

  private func report(
    _ task: FakeTask,
    _ state: ExecutionState,
    _ error: ClusterError?,
    in context: RoleContext
  ) {
    context.send(
      .jobMaster(.taskStateChanged(task.attempt, state, error)),
      to: task.deployment.jobMaster
    )
  }

  private func reachEnd(_ task: FakeTask, in context: RoleContext) {
    guard !task.isAtEnd else { return }
    task.isAtEnd = true
    send(.endOfData, from: task, in: context)
  }

  private func send(_ element: StreamElement, from task: FakeTask, in context: RoleContext) {
    for consumer in task.consumers {
      context.send(
        .data(.element(consumer.channel, backlog: 0, Handover(element))),
        to: Endpoint(process: consumer.process, role: .taskManager)
      )
    }
  }
}

extension FakeTaskManager {
  func receive(_ message: DataMessage, from sender: Endpoint, in context: RoleContext) {
    switch message {
    case .requestPartition(let channel, _):
      guard let task = task(channel.producer) else { return }
      task.consumers.append((channel, sender.process))
      if task.isAtEnd { send(.endOfData, from: task, in: context) }
    case .element(let channel, _, let handover):
      guard let task = task(channel.consumer) else { return }
      switch handover.element {
      case .barrier(let barrier):
        task.arrived[channel] = barrier.checkpoint
        let open = task.channels.filter { !task.finishedChannels.contains($0.id) }
        if open.allSatisfy({ task.arrived[$0.id] == barrier.checkpoint }) {
          snapshot(barrier, task, in: context)
        }
      case .endOfData:
        task.endedChannels.append(channel)
        if task.channels.allSatisfy({ task.endedChannels.contains($0.id) }) {
          reachEnd(task, in: context)
        }
      case .endOfPartition: task.finishedChannels.append(channel)
      case .records, .watermark, .status: break
      }
    case .partitionNotFound, .credit, .close: break
    }
  }

  func snapshot(_ barrier: CheckpointBarrier, _ task: FakeTask, in context: RoleContext) {
    let jobMaster = task.deployment.jobMaster
    let checkpoint = barrier.checkpoint
    switch manner {
    case .acknowledge:
      if task.isAtEnd { task.finalCheckpoint = checkpoint }
      let handle = TaskSnapshotHandle(
        subtask: task.attempt.subtask,
        operators: [
          OperatorSnapshotHandle(
            operatorID: OperatorID(uid: "count"),
            keyed: [],
            operatorState: [UInt8(truncatingIfNeeded: checkpoint.number)]
          )
        ],
        isFinished: task.isAtEnd
      )
      context.send(
        .jobMaster(.acknowledgeCheckpoint(task.attempt, checkpoint, handle)),
        to: jobMaster
      )
    case .decline:
      context.send(
        .jobMaster(
          .declineCheckpoint(task.attempt, checkpoint, .stateAccess(message: "disk full"))
        ),
        to: jobMaster
      )
    case .keepSilent: return
    }
    send(.barrier(barrier), from: task, in: context)
  }
}
