import SimulationKernel
import StreamModel
import StreamOperators
import TaskRuntime

/// One subtask of an operator under test, with what stands between it and its channels.
final class HarnessSubtask {
  private let name: String
  private let operation: any StreamOperator
  private let eventTime: EventTimeOutput
  private var valves: [WatermarkValve]

  init(_ operation: any StreamOperator, _ context: OperatorContext) {
    name = context.name
    self.operation = operation
    eventTime = context.eventTime
    valves = operation.inputs.map { _ in WatermarkValve(channels: 1) }
  }

  // MARK: What it is told

  func process(_ batch: AnyRecordBatch, input: Int) throws {
    try operation.inputs[input].acceptErased(batch)
  }

  func advance(to watermark: Watermark, input: Int) throws {
    try follow(valves[input].watermark(watermark, on: 0), input: input)
  }

  func statusChanged(isIdle: Bool, input: Int) throws {
    try follow(valves[input].status(isIdle: isIdle, on: 0), input: input)
  }

  private func follow(_ outputs: [WatermarkValve.Output], input: Int) throws {
    try naming {
      for output in outputs {
        switch output {
        case .watermark(let watermark):
          if let passed = try operation.advance(to: watermark, input: input) {
            try eventTime.emitWatermark(passed)
          }
        case .status(let isIdle):
          if let passed = try operation.statusChanged(isIdle: isIdle, input: input) {
            try eventTime.emitStatus(passed)
          }
        }
      }
    }
  }

  func endOfInput() throws {
    try naming { try operation.endOfInput() }
  }

  /// Lets it do what is due, all of it.
  func fireTimers(at now: VirtualInstant) throws {
    var rounds = 0
    while let timer = operation.nextTimer, timer <= now {
      rounds += 1
      guard rounds < 10_000 else { throw HarnessError.findsNoRest }
      try naming { try operation.timerDue(at: now) }
    }
  }

  // MARK: What it says

  var nextTimer: VirtualInstant? { operation.nextTimer }
  var acceptsRecords: Bool { operation.acceptsRecords }
  var isDrained: Bool { operation.isDrained }

  func snapshot(_ checkpoint: CheckpointID) throws -> OperatorSnapshot {
    try naming { try operation.snapshot(checkpoint) }
  }

  // MARK: Sinks

  func takeVisible() throws -> [Transaction] {
    try naming { try operation.takeVisible() }
  }

  func checkpointCompleted(_ checkpoint: CheckpointID) -> [Transaction] {
    operation.checkpointCompleted(checkpoint)
  }

  func commitDone(at path: String) {
    operation.commitDone(at: path)
  }

  /// Reports an error as the operator's, as its chain does.
  private func naming<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      throw OperatorFailure.wrap(error, operatorName: name)
    }
  }
}
