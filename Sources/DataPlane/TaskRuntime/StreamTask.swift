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

  let chain: OperatorChain
  let partitions: [ResultPartition]
  var gate: InputGate
  let inputOfChannel: [Int]
  /// For each channel its place among those of its input.
  let placeOfChannel: [Int]
  private(set) var valves: [WatermarkValve]
  private let clock: TaskClock
  private var alignment: BarrierAlignment
  private let takesCheckpoints: Bool
  /// Whether buffers wait until they are full, and results until everything was read.
  private let isBatch: Bool
  private let bufferTimeout: VirtualDuration
  private var mailbox = Deque<Letter>()
  private var life = TaskLife.running
  private var actions: [TaskAction] = []
  private var flushDue: VirtualInstant?
  private var sourceDue = VirtualInstant.zero

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
    inputOfChannel = setup.inputOfChannel
    var widths: [Int] = []
    placeOfChannel = inputOfChannel.map { input in
      while widths.count <= input { widths.append(0) }
      defer { widths[input] += 1 }
      return widths[input]
    }
    valves = widths.map { WatermarkValve(channels: $0) }
    gate = InputGate(
      channels: inputOfChannel.count,
      exclusive: setup.exclusiveBuffers,
      floating: setup.floatingBuffers,
      order: setup.channelOrder
    )
    alignment = BarrierAlignment(mode: setup.alignment, channels: inputOfChannel.count)
    takesCheckpoints = setup.settings.checkpoints != nil
    isBatch = setup.settings.isBatch
    bufferTimeout = setup.settings.bufferTimeout
    sourceDue = setup.now
    chain.reportWatermark = { [unowned self] group, watermark in
      self.actions.append(.reportWatermark(group: group, watermark))
    }
    if let source = chain.source { actions.append(.noteOffset(source.offset, nil)) }
    try makeVisible()
    if setup.isFinished {
      // Consumers do not remember what it promised at its end: watermarks are in no checkpoint.
      broadcast(.watermark(.max))
      broadcast(.endOfData)
      finish()
    }
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
    var instant = flushDue
    if isProcessing, let timer = chain.nextTimer { instant = min(instant ?? timer, timer) }
    guard partitions.allSatisfy(\.isAvailable), chain.acceptsRecords else { return instant }
    if chain.source != nil {
      if case .running = life { instant = min(instant ?? sourceDue, sourceDue) }
    } else if gate.hasNext {
      return now
    }
    return instant
  }

  // MARK: Running

  /// Does one piece of work: the mail, or one buffer, or one batch of a source.
  ///
  /// - Returns: How many records its operators took in, which is what the work costs.
  /// - Throws: ``StreamOperators/OperatorFailure`` of a user's function or of a source.
  package func runSlice(now: VirtualInstant) throws -> TaskWork {
    let before = chain.receivedRecords + (chain.source?.offset ?? 0)
    var buffers = 0
    clock.now = now
    if isProcessing, let timer = chain.nextTimer, timer <= now {
      try chain.timersDue(at: now)
    } else if !mailbox.isEmpty {
      while let letter = mailbox.popFirst() { try handle(letter) }
    } else if let due = flushDue, due <= now {
      flush()
    } else if !chain.acceptsRecords {
      // Its operators have to make room first.
    } else if let source = chain.source {
      try runSource(source, now: now)
    } else if let (channel, element) = gate.next() {
      if element.isRecords { buffers = 1 }
      try process(element, on: channel)
    }
    try afterWork(now: now)
    let records = chain.receivedRecords + (chain.source?.offset ?? 0) - before
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
    actions += source.takeSetAside().map { .noteSetAside($0) }
    switch progress {
    case .emitted: sourceDue = now
    case .waiting(let instant): sourceDue = instant
    case .endOfInput: life = .draining
    }
  }

  private func process(_ element: StreamElement, on channel: Int) throws {
    switch element {
    case .records(let batch):
      try chain.process(batch, input: inputOfChannel[channel])
      for grant in gate.recycle(channel) where !gate.isClosed(grant.channel) {
        actions.append(.grantCredit(channel: grant.channel, credit: grant.credit))
      }
    case .watermark(let watermark):
      let input = inputOfChannel[channel]
      try follow(valves[input].watermark(watermark, on: placeOfChannel[channel]), input: input)
    case .status(let isIdle):
      let input = inputOfChannel[channel]
      try follow(valves[input].status(isIdle: isIdle, on: placeOfChannel[channel]), input: input)
    case .barrier(let barrier):
      actions.append(.noteBarrier(barrier.checkpoint, channel: channel))
      let decision = alignment.barrier(barrier.checkpoint, on: channel)
      // What an overtaken checkpoint held is let go first: its barrier may wait behind the hold.
      if decision.subsumed != nil { gate.releaseAll() }
      if decision.holdsChannel { gate.hold(channel) }
      try follow(decision)
    case .endOfData:
      gate.endData(channel)
      if case .running = life, gate.isDataEnded { life = .draining }
    case .endOfPartition:
      gate.close(channel)
      try follow(alignment.close(channel))
      if case .awaitingClose = life { finish() }
    }
  }

  private func follow(_ outputs: [WatermarkValve.Output], input: Int) throws {
    for output in outputs {
      switch output {
      case .watermark(let watermark): try chain.advance(to: watermark, input: input)
      case .status(let isIdle): try chain.statusChanged(isIdle: isIdle, input: input)
      }
    }
  }

  private func follow(_ decision: BarrierAlignment.Decision) throws {
    if let subsumed = decision.subsumed {
      actions.append(.decline(subsumed, reason: "a later checkpoint overtook it"))
    }
    if let ready = decision.ready {
      gate.releaseAll()
      try takeSnapshot(ready)
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
  private func takeSnapshot(_ checkpoint: CheckpointID) throws {
    flush()
    broadcast(.barrier(CheckpointBarrier(checkpoint: checkpoint)))
    var parts: [(id: OperatorID, snapshot: OperatorSnapshot)] = []
    for place in chain.operators {
      parts.append((place.node.operatorID, try place.attempt { try $0.snapshot(checkpoint) }))
    }
    if let source = chain.source { actions.append(.noteOffset(source.offset, checkpoint)) }
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
    if let source = chain.source { actions.append(.noteOffset(source.offset, nil)) }
    actions.append(.noteEndOfData)
    try makeVisible()
    life = takesCheckpoints ? .awaitingFinalCheckpoint(taken: nil) : .awaitingClose
    if !takesCheckpoints { finish() }
  }

  private func finish() {
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
