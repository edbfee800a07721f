import JobGraphs
import SimulationKernel
import StreamModel
public import StreamOperators

/// One operator in a test's hand: it is given records, watermarks and time, one by one, and shows
/// everything that it says.
///
/// ```swift
/// let harness = try OperatorHarness(keyedBy: \String.self, FirstSeen.init)
/// try harness.send("drey", at: 1_000)
/// try harness.send("drey", at: 2_000)
/// try harness.advanceWatermark(to: 5_000)
/// #expect(harness.records == ["drey"])
/// #expect(harness.watermarks == [5_000])
/// ```
///
/// The operator runs as one subtask or as several. Records are dealt to them as in a cluster, and
/// what they say is shown as an operator behind them would take it in. Time is virtual: it stands
/// still until the test moves it. Who asks for more than the operator can take at the moment (see
/// ``waitingInputs``) finds it waiting in front of the operator, as back pressure would have it.
///
/// *Source:* Flink `KeyedOneInputStreamOperatorTestHarness` and its sisters.
public final class OperatorHarness<Output> {
  /// Where the operator runs.
  public let options: HarnessOptions
  /// Whether all inputs have ended, and the operator has said its last.
  public internal(set) var isFinished = false

  let factory: StreamOperatorFactory
  let inputs: [HarnessInput]
  let attempt: Int
  let clock: TaskClock
  let log: OutputLog<Output>
  var subtasks: [HarnessSubtask] = []
  var steps: [HarnessStep] = []
  var endedInputs: [Bool]
  var storage = SinkStorage()
  var checkpoints = 0
  private var gates: [HarnessGate] = []
  private var hasFailed = false

  /// Opens an operator with any inputs.
  ///
  /// - Parameters:
  ///   - factory: Makes the operator of each subtask.
  ///   - inputs: Its inputs, in order.
  ///   - type: What it emits.
  ///   - options: Where it runs.
  /// - Throws: `OperatorFailure` when the operator cannot be opened.
  public convenience init(
    _ factory: StreamOperatorFactory,
    inputs: [HarnessInput],
    emitting type: Output.Type = Output.self,
    options: HarnessOptions = HarnessOptions()
  ) throws {
    try self.init(factory, inputs, options, from: nil)
  }

  init(
    _ factory: StreamOperatorFactory,
    _ inputs: [HarnessInput],
    _ options: HarnessOptions,
    from snapshot: HarnessSnapshot?
  ) throws {
    self.factory = factory
    self.inputs = inputs
    self.options = options
    attempt = snapshot.map { $0.attempt + 1 } ?? 0
    clock = TaskClock(now: snapshot?.takenAt ?? .zero, epoch: options.startTime)
    log = OutputLog(parallelism: options.parallelism)
    endedInputs = snapshot?.endedInputs ?? inputs.map { _ in false }
    checkpoints = snapshot?.checkpoint.number ?? 0
    storage = snapshot?.storage ?? SinkStorage()
    isFinished = snapshot?.isFinished ?? false
    let restored = snapshot?.restoredStates(parallelism: options.parallelism)
    gates = inputs.indices.map { HarnessGate(inputs[$0], edgeContext(ofInput: $0)) }
    for index in 0..<options.parallelism {
      try subtasks.append(open(subtask: index, restored: restored?[index]))
    }
    for (input, hasEnded) in endedInputs.enumerated() where hasEnded && !isFinished {
      for subtask in subtasks { try subtask.advance(to: .max, input: input) }
    }
    steps = snapshot?.waiting ?? []
    try work()
  }

  deinit {
    for gate in gates { gate.close() }
  }

  private func edgeContext(ofInput input: Int) -> EdgeContext {
    EdgeContext(
      name: options.name,
      producer: 0,
      channels: options.parallelism,
      consumers: options.parallelism,
      maxParallelism: options.maxParallelism,
      bufferBytes: 32 * 1024,
      random: RandomStream(seed: options.seed, name: "input-\(input)")
    )
  }

  private func open(subtask index: Int, restored: RestoredState?) throws -> HarnessSubtask {
    var context = OperatorContext(
      name: options.name,
      operatorID: OperatorID(uid: options.name),
      subtask: index,
      parallelism: options.parallelism,
      maxParallelism: options.maxParallelism,
      now: clock.now,
      attempt: attempt,
      restored: restored,
      guarantee: options.guarantee,
      random: RandomStream(seed: options.seed, name: "subtask-\(index)-\(attempt)")
    )
    let log = log
    context.watermarkInterval = options.watermarkInterval
    context.clock = clock
    context.sideOutputs = SideOutputs(listener: log)
    context.eventTime.emitWatermark = { log.watermark($0, subtask: index) }
    context.eventTime.emitStatus = { log.status(isIdle: $0, subtask: index) }
    let receiver = log.receiver(named: options.name, subtask: index)
    do {
      let operation = try factory.open(context, [receiver])
      guard operation.inputs.count == inputs.count else {
        throw HarnessError.wrongInputs(inputs.count, ofOperator: operation.inputs.count)
      }
      return HarnessSubtask(operation, context)
    } catch let error as HarnessError {
      throw error
    } catch {
      throw OperatorFailure.wrap(error, operatorName: options.name)
    }
  }

  /// How many subtasks the operator runs as.
  public var parallelism: Int { options.parallelism }
}

// MARK: Work

/// Something on its way to the operator.
enum HarnessStep {
  case records(input: Int, batch: () -> AnyRecordBatch?)
  case watermark(Watermark, input: Int)
  case status(isIdle: Bool, input: Int)
  case end(input: Int)
}

extension OperatorHarness {
  /// Puts something in front of the operator, and lets it take what it can.
  func run(_ step: HarnessStep, input: Int) throws {
    guard !hasFailed else { throw HarnessError.attemptFailed }
    guard inputs.indices.contains(input) else {
      throw HarnessError.noInput(input, inputs: inputs.count)
    }
    let isEnding = steps.contains {
      if case .end(input) = $0 { true } else { false }
    }
    guard !endedInputs[input], !isEnding else { throw HarnessError.inputEnded(input) }
    steps.append(step)
    try work()
  }

  /// Lets the operator do what is due and take in what waits, as far as it can.
  func work() throws {
    guard !hasFailed else { throw HarnessError.attemptFailed }
    do {
      while true {
        try fireTimers()
        try finishIfDrained()
        guard let step = steps.first, subtasks.allSatisfy(\.acceptsRecords) else { break }
        steps.removeFirst()
        try take(step)
      }
      try makeVisible()
    } catch {
      hasFailed = true
      throw error
    }
  }

  private func fireTimers() throws {
    guard !isFinished else { return }
    for subtask in subtasks { try subtask.fireTimers(at: clock.now) }
  }

  private func take(_ step: HarnessStep) throws {
    switch step {
    case .records(let input, let make):
      guard let batch = make() else { return }
      for share in try gates[input].deal(batch) {
        try subtasks[share.subtask].process(share.batch, input: input)
      }
    case .watermark(let watermark, let input):
      for subtask in subtasks { try subtask.advance(to: watermark, input: input) }
    case .status(let isIdle, let input):
      for subtask in subtasks { try subtask.statusChanged(isIdle: isIdle, input: input) }
    case .end(let input):
      for subtask in subtasks {
        try subtask.statusChanged(isIdle: false, input: input)
        try subtask.advance(to: .max, input: input)
      }
      endedInputs[input] = true
    }
  }

  /// Ends when every input has, and everything was worked off.
  private func finishIfDrained() throws {
    guard !isFinished, endedInputs.allSatisfy({ $0 }), subtasks.allSatisfy(\.isDrained) else {
      return
    }
    for subtask in subtasks { try subtask.endOfInput() }
    log.append(.endOfInput)
    isFinished = true
  }

  /// Whether the input takes records of a type.
  func check<Element>(_ type: Element.Type, input: Int) throws {
    guard gates.indices.contains(input) else {
      throw HarnessError.noInput(input, inputs: inputs.count)
    }
    guard gates[input].takes(type) else {
      throw HarnessError.wrongType("\(type)", input: input)
    }
  }
}
