package import JobGraphs
package import KeyedState
package import SimulationKernel
package import StreamModel
package import StreamOperators

/// The operators of one task, wired: function calls inside, edges at its ends.
package final class OperatorChain {
  /// The operators, head first.
  package let operators: [OpenOperator]

  /// The writers of the edges that leave the chain, in the order of the vertex's outputs.
  package let writers: [any EdgeWriter]

  /// Opens every operator of a vertex, the last first, since each emits into those after it.
  ///
  /// - Throws: ``StreamOperators/OperatorFailure`` when an operator cannot be opened.
  package init(
    _ vertex: JobVertex,
    isBatch: Bool = false,
    writers: [any EdgeWriter],
    context: (StreamNode) -> OperatorContext,
    sendOverEdge: @escaping (Int, StreamElement) -> Void
  ) throws {
    self.isBatch = isBatch
    var opened: [any StreamOperator] = []
    var outputs: [EventTimeOutput] = []
    for link in vertex.chain.reversed() {
      let first = vertex.chain.count - opened.count
      let wires = Wires(link, chained: { opened[$0 - first].inputs.first }) { writers[$0].receiver }
      guard let factory = link.node.factory as? StreamOperatorFactory else {
        invariant(false, "\(link.node.name) has no runnable factory")
        continue
      }
      do {
        var context = context(link.node)
        context.sideOutputs = SideOutputs(wires.sides)
        context.isBatch = isBatch
        let open = isBatch ? factory.openInBatch ?? factory.open : factory.open
        opened.insert(try open(context, wires.results), at: 0)
        outputs.insert(context.eventTime, at: 0)
      } catch {
        throw OperatorFailure.wrap(error, operatorName: link.node.name)
      }
    }
    operators = zip(vertex.chain, opened).map { OpenOperator($0.node, $1) }
    source = operators.first?.instance as? any SourceOperator
    self.writers = writers
    self.sendOverEdge = sendOverEdge
    successors = vertex.chain.map { ($0.chainedOutputs, $0.edgeOutputs) }
    for (index, output) in outputs.enumerated() {
      output.emitWatermark = { [unowned self] in try self.pass($0, from: index) }
      output.reportWatermark = { [unowned self] in
        if !self.isBatch { self.reportWatermark($0, $1) }
      }
      output.emitStatus = { [unowned self] in try self.passStatus(isIdle: $0, from: index) }
    }
  }

  /// Whether nothing is said about event time before its end.
  private let isBatch: Bool
  /// For each operator those behind it in the chain, and the edges that it feeds.
  private let successors: [(operators: [Int], edges: [Int])]
  /// What the last operator promised last.
  private(set) var promised = Watermark.none
  /// Tells the JobMaster how far a source of an alignment group is.
  var reportWatermark: (_ group: String, Watermark) -> Void = { _, _ in }
  /// Takes a watermark or a status over an edge.
  private let sendOverEdge: (Int, StreamElement) -> Void

  /// The source at the chain's head, if it begins with one.
  package let source: (any SourceOperator)?

  /// Hands records to an input of the chain's head.
  package func process(_ batch: AnyRecordBatch, input: Int) throws {
    guard let head = operators.first else { return }
    try head.inputs[input].acceptErased(batch)
  }

  // MARK: Event time

  /// Hands a watermark to an input of the chain's head.
  package func advance(to watermark: Watermark, input: Int) throws {
    try advance(operator: 0, to: watermark, input: input)
  }

  /// What the head's source promises at the end of its input.
  package func endEventTime() throws {
    try pass(.max, from: 0)
  }

  /// Tells an input of the chain's head whether it is idle.
  package func statusChanged(isIdle: Bool, input: Int) throws {
    try statusChanged(operator: 0, isIdle: isIdle, input: input)
  }

  private func advance(operator index: Int, to watermark: Watermark, input: Int) throws {
    let passed = try operators[index].attempt { try $0.advance(to: watermark, input: input) }
    if let passed { try pass(passed, from: index) }
  }

  /// Takes a watermark to whoever is behind an operator.
  ///
  /// In batch that is only the last one, which every source has.
  private func pass(_ watermark: Watermark, from index: Int) throws {
    guard !isBatch || watermark == .max else { return }
    if index == operators.count - 1 { promised = watermark }
    for next in successors[index].operators {
      try advance(operator: next, to: watermark, input: 0)
    }
    for edge in successors[index].edges {
      writers[edge].flush()
      sendOverEdge(edge, .watermark(watermark))
    }
  }

  private func statusChanged(operator index: Int, isIdle: Bool, input: Int) throws {
    let passed = try operators[index].attempt {
      try $0.statusChanged(isIdle: isIdle, input: input)
    }
    if let passed { try passStatus(isIdle: passed, from: index) }
  }

  private func passStatus(isIdle: Bool, from index: Int) throws {
    guard !isBatch else { return }
    for next in successors[index].operators {
      try statusChanged(operator: next, isIdle: isIdle, input: 0)
    }
    for edge in successors[index].edges {
      writers[edge].flush()
      sendOverEdge(edge, .status(isIdle: isIdle))
    }
  }

  /// The next instant at which an operator has something to do of its own accord.
  package var nextTimer: VirtualInstant? {
    var next: VirtualInstant?
    for place in operators {
      if let timer = place.instance.nextTimer { next = min(next ?? timer, timer) }
    }
    return next
  }

  /// Lets the operators do what is due, first to last.
  package func timersDue(at now: VirtualInstant) throws {
    for place in operators {
      guard let timer = place.instance.nextTimer, timer <= now else { continue }
      try place.attempt { try $0.timerDue(at: now) }
    }
  }

  /// Says to each operator, first to last, that no more records will come.
  package func endOfInput() throws {
    for place in operators { try place.attempt { try $0.endOfInput() } }
  }

  /// How many records the operators took in; a source's own are counted by its offset.
  package var receivedRecords: Int {
    var count = 0
    for place in operators { count += place.receivedRecords }
    return count
  }

  /// The keyed state of every operator as it is now.
  package var keyedState: [KeyedSnapshotWriter] {
    operators.flatMap { $0.instance.keyedState }
  }

  /// How many records left the chain over its edges.
  package var emittedRecords: Int {
    writers.reduce(0) { $0 + $1.receiver.receivedRecords }
  }

  /// Whether every operator can take records now.
  package var acceptsRecords: Bool { operators.allSatisfy { $0.instance.acceptsRecords } }

  /// Whether everything that its operators took in is worked off.
  package var isDrained: Bool { operators.allSatisfy { $0.instance.isDrained } }

  /// Whether records wait for their buffer to be full.
  package var hasPartialBuffers: Bool { writers.contains { $0.hasPartialBuffers } }

  /// Hands on what waits.
  package func flush() {
    for writer in writers { writer.flush() }
  }
}

/// What an operator emits into: the receivers of its results, and those of each side output.
private struct Wires {
  private(set) var results: [AnyBatchReceiver] = []
  private(set) var sides: [(tag: String, receivers: [AnyBatchReceiver])] = []

  init(
    _ link: ChainedOperator,
    chained: (Int) -> AnyBatchReceiver?,
    edge: (Int) -> AnyBatchReceiver
  ) {
    for next in link.chainedOutputs {
      guard let receiver = chained(next) else { continue }
      add(receiver, to: link.sideOutputs.first { $0.way == .chained(next) }?.tag)
    }
    for output in link.edgeOutputs {
      add(edge(output), to: link.sideOutputs.first { $0.way == .edge(output) }?.tag)
    }
  }

  private mutating func add(_ receiver: AnyBatchReceiver, to tag: String?) {
    guard let tag else { return results.append(receiver) }
    if let index = sides.firstIndex(where: { $0.tag == tag }) {
      sides[index].receivers.append(receiver)
    } else {
      sides.append((tag, [receiver]))
    }
  }
}
