import RecordFormats
import ClusterProtocol
import JobGraphs
import SimulationKernel
import StreamModel
import StreamOperators
import TaskRuntime

/// Records between tasks, and everything else that a task wants done.
extension TaskManager {
  func receive(_ message: DataMessage, from sender: Endpoint, _ context: RoleContext) {
    switch message {
    case .element(let channel, let backlog, let handover):
      tell(channel.consumer, context) {
        $0.deliver(handover.element, on: channel.channel, backlog: Int(backlog))
      }
    case .credit(let channel, let credit):
      tellProducer(of: channel, context) {
        $0.grant(credit, output: channel.output, subpartition: channel.subpartition)
      }
    case .close(let channel):
      tellProducer(of: channel, context) {
        $0.release(output: channel.output, subpartition: channel.subpartition)
      }
    case .requestPartition(let channel, let credit):
      context.process.connect(to: sender.process)
      let request = PartitionRequest(channel: channel, credit: credit, consumer: sender)
      if let task = tasks[channel.producer], task.readableTask != nil {
        connect(request, to: task, context)
      } else {
        earlyRequests[channel.producer, default: EarlyRequests()].add(request)
        context.after(
          options.partitionRequestTimeout,
          .taskManager(.partitionRequestTimedOut(channel))
        )
      }
    case .partitionNotFound(let channel):
      guard let task = tasks[channel.consumer] else { return }
      let producer = task.deployment.graph.taskName(of: channel.producer.subtask)
      fail(task, .partitionNotFound(producer: producer), context)
    }
  }

  /// Lets a consumer read a task's output.
  func connect(_ request: PartitionRequest, to task: RunningTask, _ context: RoleContext) {
    guard !isStale(request.channel, of: task) else { return }
    task.setConsumer(request.channel, at: request.consumer.process)
    tell(producer: task, context) {
      $0.connect(
        output: request.channel.output,
        subpartition: request.channel.subpartition,
        credit: request.credit
      )
    }
  }

  /// Whether a channel of a finished task in batch has a consumer of a later attempt by now.
  private func isStale(_ channel: ChannelID, of task: RunningTask) -> Bool {
    guard task.isBatch else { return false }
    let known = task.consumer(output: channel.output, subpartition: channel.subpartition)
    return known.map { $0.id.consumer.attempt > channel.consumer.attempt } ?? false
  }

  /// Answers a request whose producer did not appear in time.
  func timeOutRequest(for channel: ChannelID, _ context: RoleContext) {
    if let request = earlyRequests[channel.producer]?.timeOut(channel) {
      context.send(.data(.partitionNotFound(request.channel)), to: request.consumer)
    }
  }

  /// A consumer's producer is gone before it could be asked.
  func loseConnection(
    of consumer: ExecutionAttemptID,
    to peer: ProcessID,
    _ context: RoleContext
  ) {
    guard let task = tasks[consumer] else { return }
    fail(task, .connectionLost(peer: context.process.name(of: peer)), context)
  }

  private func tellProducer(
    of channel: ChannelID,
    _ context: RoleContext,
    _ body: (StreamTask) -> Void
  ) {
    guard let task = tasks[channel.producer], !isStale(channel, of: task) else { return }
    tell(producer: task, context, body)
  }

  private func tell(
    producer task: RunningTask,
    _ context: RoleContext,
    _ body: (StreamTask) -> Void
  ) {
    guard let readable = task.readableTask else { return }
    cores[task.core].wake(task)
    body(readable)
    if readable.hasActions { perform(readable.takeActions(), of: task, context) }
    run(core: task.core, context)
  }

  // MARK: Actions

  /// Does what a task wants done, in its order.
  func perform(_ actions: [TaskAction], of task: RunningTask, _ context: RoleContext) {
    for action in actions {
      switch action {
      case .send(let output, let subpartition, let element, let backlog):
        send(element, of: task, output, subpartition, backlog: backlog, context)
      case .grantCredit(let channel, let credit):
        let producer = task.producers[channel]
        context.send(
          .data(.credit(producer.id, credit)),
          to: Endpoint(process: producer.process, role: .taskManager),
          bytes: 64
        )
      case .snapshot(let snapshot): begin(snapshot, of: task, context)
      case .decline(let checkpoint, let reason):
        decline(checkpoint, of: task, .rejected(message: reason), context)
      case .reportWatermark(let group, let watermark):
        context.send(
          .jobMaster(.reportWatermark(task.attempt, group: group, watermark)),
          to: task.deployment.jobMaster
        )
      case .makeVisible(let transactions):
        for transaction in transactions { commit(transaction, of: task, context) }
      case .operate(let operations):
        for operation in operations { operate(operation, of: task, context) }
      case .finish:
        task.wantsToFinish = true
        finishIfDone(task, context)
      case .note(let note): record(note, of: task, context)
      }
    }
  }

  private func send(
    _ element: StreamElement,
    of task: RunningTask,
    _ output: Int,
    _ subpartition: Int,
    backlog: Int,
    _ context: RoleContext
  ) {
    guard let consumer = task.consumer(output: output, subpartition: subpartition) else { return }
    var bytes = 64
    if case .records(let batch) = element {
      bytes = batch.byteCount
      context.process.contribute(batch.contentHash &+ Digest.mix(UInt64(batch.count)))
    }
    context.send(
      .data(.element(consumer.id, backlog: Int32(backlog), Handover(element))),
      to: Endpoint(process: consumer.process, role: .taskManager),
      bytes: bytes
    )
  }

  private func record(_ note: TaskNote, of task: RunningTask, _ context: RoleContext) {
    let job = task.attempt.job
    let subtask = task.attempt.subtask
    switch note {
    case .barrier(let checkpoint, let channel):
      context.record(
        .barrierArrived(
          job,
          checkpoint,
          subtask: subtask,
          channel: channel,
          of: task.producers.count
        )
      )
    case .offset(let offset, let checkpoint):
      context.record(.sourceOffset(job, subtask, offset: offset, checkpoint: checkpoint))
    case .setAside(let row):
      context.record(.rowSetAside(job, subtask, line: row.line, reason: row.reason))
    case .endOfData: context.record(.endOfData(job, subtask))
    }
  }
}
