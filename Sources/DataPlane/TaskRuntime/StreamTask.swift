import DequeModule
import JobGraphs
package import SimulationKernel
package import StreamModel
import StreamOperators

/// One attempt of a subtask, without any input or output of its own.
///
/// It is told what arrived and asked to run slice by slice; what it wants done in the world it says
/// as ``TaskAction``. *Source:* Flink `StreamTask` with its mailbox.
package final class StreamTask {
  /// What waits in the mailbox: control comes before records.
  private enum Letter {
    case trigger(CheckpointID)
    case completed(CheckpointID)
    case aborted(CheckpointID)
  }

  // What every element touches comes first: a wide job has a thousand tasks, and each field that
  // lies apart costs a way to memory.
  var life = TaskLife.running
  private let isSource: Bool
  /// Whether buffers wait until they are full, and results until everything was read.
  private let isBatch: Bool
  /// Whether operators were told something since they were asked last what is to be done.
  private var areOperatorsTold = true
  private var acceptsRecords = true
  private var mailbox = Deque<Letter>()
  var actions: [TaskAction] = []
  let partitions: [ResultPartition]
  private let clock: TaskClock
  private var flushDue: VirtualInstant?
  /// What the operators said last of their timers, as of their room; see ``noteOperators()``.
  private var timer: VirtualInstant?
  var gate: InputGate
  let inputs: ChannelInputs
  var alignment: BarrierAlignment
  var valves: [WatermarkValve]
  private var sourceDue = VirtualInstant.zero
  /// How many records the operators had taken in after the last work.
  private var countedRecords = 0
  let chain: OperatorChain
  private let takesCheckpoints: Bool
  private let bufferTimeout: VirtualDuration

  /// Opens a task.
  ///
  /// - Throws: ``StreamOperators/OperatorFailure`` when an operator cannot be opened or restored.
  package init(_ setup: TaskSetup) throws {
    partitions = setup.channelCounts.map {
      ResultPartition(
        subpartitions: $0,
        exclusive: setup.exclusiveBuffers,
        floating: setup.floatingBuffers,
        isBlocking: setup.settings.isBatch
      )
    }
    let writers = zip(setup.edgeContexts, partitions).enumerated().map { index, pair in
      setup.openWriter(index, pair.0, pair.1)
    }
    let clock = TaskClock(now: setup.now, epoch: setup.settings.epoch)
    self.clock = clock
    chain = try OperatorChain(
      setup.vertex,
      isBatch: setup.settings.isBatch,
      writers: writers,
      context: { node in
        var context = setup.operatorContext(node)
        context.clock = clock
        context.watermarkInterval = setup.settings.watermarkInterval
        return context
      },
      sendOverEdge: { [partitions] edge, element in partitions[edge].broadcast(element) }
    )
    isSource = chain.source != nil
    inputs = ChannelInputs(setup.inputOfChannel)
    valves = inputs.widths.map { WatermarkValve(channels: $0) }
    gate = InputGate(
      channels: inputs.count,
      exclusive: setup.exclusiveBuffers,
      floating: setup.floatingBuffers,
      order: setup.channelOrder
    )
    alignment = BarrierAlignment(mode: setup.alignment, channels: inputs.count)
    takesCheckpoints = setup.settings.checkpoints != nil
    isBatch = setup.settings.isBatch
    bufferTimeout = setup.settings.bufferTimeout
    sourceDue = setup.now
    chain.reportWatermark = { [unowned self] group, watermark in
      self.actions.append(.reportWatermark(group: group, watermark))
    }
    if let source = chain.source { actions.append(.note(.offset(source.offset, nil))) }
    try makeVisible()
    if setup.isFinished {
      // Consumers do not remember what it promised at its end: watermarks are in no checkpoint.
      broadcast(.watermark(.max))
      broadcast(.endOfData)
      finish()
    }
    countedRecords = allRecords
    noteOperators()
  }

  // MARK: What is told to the task

  /// An element arrived on a channel.
  package func deliver(_ element: StreamElement, on channel: Int, backlog: Int) {
    let credit = gate.deliver(element, to: channel, backlog: backlog)
    if credit > 0 { actions.append(.grantCredit(channel: channel, credit: credit)) }
  }

  /// A consumer is there and has room for so many buffers.
  package func connect(output: Int, subpartition: Int, credit: Int) {
    partitions[output].connect(subpartition, credit: credit)
    collectSends(output)
  }

  /// A consumer has room for so many buffers more.
  package func grant(_ credit: Int, output: Int, subpartition: Int) {
    partitions[output].grant(credit, to: subpartition)
    collectSends(output)
  }

  /// A consumer is gone.
  package func release(output: Int, subpartition: Int) {
    partitions[output].release(subpartition)
  }

  /// The JobMaster begins a checkpoint here: no channel will bring its barrier.
  package func trigger(_ checkpoint: CheckpointID) {
    mailbox.append(.trigger(checkpoint))
  }

  /// A checkpoint is complete.
  package func checkpointCompleted(_ checkpoint: CheckpointID) {
    mailbox.append(.completed(checkpoint))
  }

  /// A checkpoint will never be complete.
  package func checkpointAborted(_ checkpoint: CheckpointID) {
    mailbox.append(.aborted(checkpoint))
  }

  // MARK: What the task says

  /// The credit that each of its channels starts with.
  package var initialCredit: Int { gate.initialCredit }

  /// Whether a channel will bring nothing any more.
  package func isClosed(_ channel: Int) -> Bool { gate.isClosed(channel) }

  /// What the task wants done; each is said once.
  package func takeActions() -> [TaskAction] {
    defer { actions = [] }
    return actions
  }

  /// Whether it wants something done.
  package var hasActions: Bool { !actions.isEmpty }

  /// When it can do something: at once if that is not after `now`, or nil while it waits for
  /// others.
  package func nextInstant(now: VirtualInstant) -> VirtualInstant? {
    if case .finished = life { return nil }
    if !mailbox.isEmpty { return now }
    let takesInput = hasInput && acceptsRecords && isAvailable
    if takesInput, !isSource { return now }
    var instant = flushDue
    if isProcessing, let timer { instant = min(instant ?? timer, timer) }
    if takesInput { instant = min(instant ?? sourceDue, sourceDue) }
    return instant
  }

  /// Whether there is something to read.
  private var hasInput: Bool {
    guard isSource else { return gate.hasNext }
    return if case .running = life { true } else { false }
  }

  /// Keeps in mind what the operators say of their timers and their room: it changes only when
  /// they work or are told something, and is asked at every element that arrives.
  private func noteOperators() {
    timer = chain.nextTimer
    acceptsRecords = chain.acceptsRecords
  }

  /// Tells each operator something that is no work.
  func tellOperators(_ body: (any StreamOperator) -> Void) {
    for place in chain.operators { body(place.instance) }
    noteOperators()
    areOperatorsTold = true
  }

  /// How many records the operators took in, and the source read.
  private var allRecords: Int { chain.receivedRecords + (chain.source?.offset ?? 0) }

  /// Whether every output has room.
  private var isAvailable: Bool {
    for partition in partitions where !partition.isAvailable { return false }
    return true
  }

  // MARK: Running

  /// Does one piece of work: the mail, or one buffer, or one batch of a source.
  ///
  /// - Returns: How many records its operators took in, which is what the work costs.
  /// - Throws: ``StreamOperators/OperatorFailure`` of a user's function or of a source.
  package func runSlice(now: VirtualInstant) throws -> TaskWork {
    var buffers = 0
    var isWork = true
    clock.now = now
    if isProcessing, let timer, timer <= now {
      try chain.timersDue(at: now)
    } else if !mailbox.isEmpty {
      while let letter = mailbox.popFirst() { try handle(letter) }
    } else if let due = flushDue, due <= now {
      flush()
    } else if !acceptsRecords {
      // Its operators have to make room first.
    } else if let source = chain.source {
      try runSource(source, now: now)
    } else if let (channel, element) = gate.next() {
      if element.isRecords { buffers = 1 }
      isWork = try process(element, on: channel)
    }
    // Most control elements only wait for those of other channels: operators hear nothing of them.
    guard isWork || areOperatorsTold else { return TaskWork(records: 0, buffers: 0) }
    try afterWork(now: now)
    noteOperators()
    areOperatorsTold = false
    let records = allRecords - countedRecords
    countedRecords += records
    return TaskWork(records: records, buffers: buffers)
  }

  /// Whether its operators still have something to do.
  private var isProcessing: Bool {
    switch life {
    case .running, .draining: true
    case .awaitingFinalCheckpoint, .awaitingClose, .finished: false
    }
  }

  private func afterWork(now: VirtualInstant) throws {
    if case .draining = life, chain.isDrained { try endData() }
    try makeVisible()
    if isBatch || !chain.hasPartialBuffers {
      flushDue = nil
    } else if bufferTimeout <= .zero {
      flush()
    } else if flushDue == nil {
      flushDue = now + bufferTimeout
    }
    for output in partitions.indices { collectSends(output) }
  }

  private func runSource(_ source: any SourceOperator, now: VirtualInstant) throws {
    guard case .running = life else { return }
    let progress = try source.emitNext(now: now)
    actions += source.takeSetAside().map { .note(.setAside($0)) }
    switch progress {
    case .emitted: sourceDue = now
    case .waiting(let instant): sourceDue = instant
    case .endOfInput: life = .draining
    }
  }

  private func handle(_ letter: Letter) throws {
    switch letter {
    case .trigger(let checkpoint):
      // It may stand behind the news that ended the task: nothing follows the end of a partition.
      if case .finished = life { return }
      try takeSnapshot(checkpoint)
    case .aborted(let checkpoint):
      if alignment.abort(checkpoint) { gate.releaseAll() }
    case .completed(let checkpoint):
      for place in chain.operators {
        let transactions = place.instance.checkpointCompleted(checkpoint)
        if !transactions.isEmpty { actions.append(.makeVisible(transactions)) }
      }
      // Before the task is done: what it commits must be known to be outstanding then.
      try makeVisible()
      if case .awaitingFinalCheckpoint(let taken?) = life, taken <= checkpoint {
        life = .awaitingClose
        finish()
      }
    }
  }

  /// The barrier goes on before the snapshot is taken: what is downstream need not wait for it.
  func takeSnapshot(_ checkpoint: CheckpointID) throws {
    flush()
    broadcast(.barrier(CheckpointBarrier(checkpoint: checkpoint)))
    var parts: [(id: OperatorID, snapshot: OperatorSnapshot)] = []
    for place in chain.operators {
      parts.append((place.node.operatorID, try place.attempt { try $0.snapshot(checkpoint) }))
    }
    if let source = chain.source { actions.append(.note(.offset(source.offset, checkpoint))) }
    if case .awaitingFinalCheckpoint(nil) = life {
      life = .awaitingFinalCheckpoint(taken: checkpoint)
    }
    actions.append(
      .snapshot(TaskSnapshot(checkpoint: checkpoint, operators: parts, isFinished: !isProcessing))
    )
  }

  private func endData() throws {
    // Bounded input ends with the promise that nothing more comes at all.
    if chain.source != nil { try chain.endEventTime() }
    try chain.endOfInput()
    flush()
    broadcast(.endOfData)
    if let source = chain.source { actions.append(.note(.offset(source.offset, nil))) }
    actions.append(.note(.endOfData))
    try makeVisible()
    life = takesCheckpoints ? .awaitingFinalCheckpoint(taken: nil) : .awaitingClose
    if !takesCheckpoints { finish() }
  }

  func finish() {
    guard gate.isClosed || chain.source != nil || isRestoredAsFinished else { return }
    broadcast(.endOfPartition)
    actions.append(.finish)
    life = .finished
  }

  /// Whether the task had nothing to do from the beginning.
  private var isRestoredAsFinished: Bool {
    if case .running = life { true } else { false }
  }

  private func makeVisible() throws {
    for place in chain.operators {
      let transactions = try place.attempt { try $0.takeVisible() }
      if !transactions.isEmpty { actions.append(.makeVisible(transactions)) }
      let operations = try place.attempt { try $0.takeOperations() }
      if !operations.isEmpty { actions.append(.operate(operations)) }
    }
  }

  private func flush() {
    chain.flush()
    flushDue = nil
  }

  private func broadcast(_ element: StreamElement) {
    for (output, partition) in partitions.enumerated() {
      partition.broadcast(element)
      collectSends(output)
    }
  }

  private func collectSends(_ output: Int) {
    while let (subpartition, element, backlog) = partitions[output].nextToSend() {
      actions.append(
        .send(output: output, subpartition: subpartition, element: element, backlog: backlog)
      )
    }
  }
}
