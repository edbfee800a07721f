public import SimulationKernel
public import StreamModel

/// How records get their event time, and what is promised about it.
///
/// *Source:* Flink `WatermarkStrategy`.
public struct WatermarkStrategy<Element>: Sendable {
  @usableFromInline let open:
    @Sendable (OperatorContext, [AnyBatchReceiver], WatermarkStrategy<Element>)
      -> any StreamOperator
  @usableFromInline var assign: (@Sendable (Element) -> Int64)?
  @usableFromInline var idleAfter: VirtualDuration?

  /// A strategy with a generator of one's own, made anew for each subtask attempt.
  @inlinable
  public static func custom<Generator: WatermarkGenerator & SendableMetatype>(
    _ makeGenerator: @escaping @Sendable () -> Generator
  ) -> WatermarkStrategy<Element> where Generator.Element == Element {
    WatermarkStrategy { context, outputs, strategy in
      TimestampsAndWatermarks(makeGenerator(), strategy, context: context, outputs: outputs)
    }
  }

  /// No record is more than that much behind the latest one.
  ///
  /// - Precondition: The bound is not negative.
  @inlinable
  public static func boundedOutOfOrderness(
    _ bound: VirtualDuration
  ) -> WatermarkStrategy<Element> {
    let milliseconds = bound.milliseconds
    return .custom { BoundedOutOfOrderness(milliseconds: milliseconds) }
  }

  /// The same, promised after each record instead of at intervals.
  @inlinable
  public static func boundedOutOfOrdernessPerRecord(
    _ bound: VirtualDuration
  ) -> WatermarkStrategy<Element> {
    let milliseconds = bound.milliseconds
    return .custom { PerRecordBoundedOutOfOrderness(milliseconds: milliseconds) }
  }

  /// Timestamps only ascend.
  @inlinable
  public static var monotonousTimestamps: WatermarkStrategy<Element> {
    .custom { BoundedOutOfOrderness(milliseconds: 0) }
  }

  /// Nothing is promised before the end of the input.
  @inlinable
  public static var noWatermarks: WatermarkStrategy<Element> { .custom { NoWatermarks() } }

  @inlinable
  init(
    open:
      @escaping @Sendable (OperatorContext, [AnyBatchReceiver], WatermarkStrategy<Element>)
      -> any StreamOperator
  ) {
    self.open = open
  }

  /// The strategy with the event time of a record, in milliseconds since 1970.
  @inlinable
  public func withTimestamps(
    _ assign: @escaping @Sendable (Element) -> Int64
  ) -> WatermarkStrategy<Element> {
    var strategy = self
    strategy.assign = assign
    return strategy
  }

  /// The strategy that says it is idle when no record has come for that long, so that nobody waits.
  @inlinable
  public func withIdleness(_ timeout: VirtualDuration) -> WatermarkStrategy<Element> {
    var strategy = self
    strategy.idleAfter = timeout
    return strategy
  }
}

/// Gives records their event time and makes watermarks; swallows those from upstream, but for the
/// last.
///
/// *Source:* Flink `TimestampsAndWatermarksOperator` and `WatermarksWithIdleness`.
public final class TimestampsAndWatermarks<Generator: WatermarkGenerator>: StreamOperator {
  private let context: OperatorContext
  private let idleAfter: VirtualDuration?
  private var generator: Generator
  private var last = Watermark.none
  private var nextEmit: VirtualInstant
  private var lastRecord: VirtualInstant
  private var isIdle = false
  private var receiver: AnyBatchReceiver?

  /// Opens the operator.
  @inlinable
  public convenience init(
    _ generator: Generator,
    _ strategy: WatermarkStrategy<Generator.Element>,
    context: OperatorContext,
    outputs: [AnyBatchReceiver]
  ) {
    self.init(
      generator,
      assign: strategy.assign,
      idleAfter: strategy.idleAfter,
      context: context,
      output: OperatorOutput(outputs)
    )
  }

  @usableFromInline
  init(
    _ generator: Generator,
    assign: (@Sendable (Generator.Element) -> Int64)?,
    idleAfter: VirtualDuration?,
    context: OperatorContext,
    output: OperatorOutput<Generator.Element>
  ) {
    self.context = context
    self.generator = generator
    self.idleAfter = idleAfter
    nextEmit = context.now + context.watermarkInterval
    lastRecord = context.now
    receiver = BatchReceiver<Generator.Element>(operatorName: context.name) {
      [unowned self] batch in
      try self.process(batch, assign, output)
    }
  }

  /// Its input.
  public var inputs: [AnyBatchReceiver] { receiver.map { [$0] } ?? [] }

  private func process(
    _ batch: RecordBatch<Generator.Element>,
    _ assign: (@Sendable (Generator.Element) -> Int64)?,
    _ output: OperatorOutput<Generator.Element>
  ) throws {
    lastRecord = context.clock.now
    if isIdle {
      isIdle = false
      try context.eventTime.emitStatus(false)
    }
    let stamps = UnsafeMutablePointer<Int64>.allocate(capacity: max(batch.count, 1))
    var start = 0
    for index in 0..<batch.count {
      let record = batch.values + index
      stamps[index] = assign.map { $0(record.pointee) } ?? batch.timestamp(at: index)
      guard let promise = generator.onEvent(record.pointee, timestamp: stamps[index]),
        promise > last
      else { continue }
      // What came before the promise goes before it.
      try output.emit(batch.slice(start...index, stamps))
      start = index + 1
      last = promise
      try context.eventTime.emitWatermark(promise)
    }
    if start == 0 {
      batch.adopt(timestamps: stamps)
      try output.emit(batch)
      return
    }
    if start < batch.count { try output.emit(batch.slice(start...(batch.count - 1), stamps)) }
    batch.markEmptied()
    stamps.deallocate()
  }

  /// Swallows what upstream promises, but for the end of everything.
  public func advance(to watermark: Watermark, input: Int) throws -> Watermark? {
    guard watermark == .max, last < .max else { return nil }
    last = .max
    return .max
  }

  /// Swallows it: this operator knows by itself whether records come.
  public func statusChanged(isIdle: Bool, input: Int) throws -> Bool? { nil }

  /// When it promises something next, or finds itself idle.
  public var nextTimer: VirtualInstant? {
    guard last < .max else { return nil }
    guard let idleAfter, !isIdle else { return nextEmit }
    return min(nextEmit, lastRecord + idleAfter)
  }

  /// Promises what the generator says, and looks whether records still come.
  public func timerDue(at now: VirtualInstant) throws {
    if let idleAfter, !isIdle, lastRecord + idleAfter <= now {
      isIdle = true
      try context.eventTime.emitStatus(true)
    }
    guard nextEmit <= now else { return }
    nextEmit = now + context.watermarkInterval
    guard let promise = generator.onPeriodicEmit(), promise > last else { return }
    last = promise
    try context.eventTime.emitWatermark(promise)
  }
}

extension RecordBatch {
  /// Some of the records, moved out of the batch, with their event times.
  @inlinable
  func slice(
    _ range: ClosedRange<Int>,
    _ stamps: UnsafeMutablePointer<Int64>
  ) -> RecordBatch<Element> {
    var builder = BatchBuilder<Element>(capacity: range.count, isKeyed: keyHashes != nil)
    for index in range {
      builder.appendMoving(
        values + index,
        keyHash: keyHashes?[index] ?? 0,
        timestamp: stamps[index]
      )
    }
    guard let batch = builder.seal() else { fatalError("a slice without records") }
    return batch
  }
}

extension StreamOperatorFactory {
  /// Gives records their event time and makes watermarks.
  @inlinable
  public static func timestampsAndWatermarks<Element>(
    _ strategy: WatermarkStrategy<Element>
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in strategy.open(context, outputs, strategy) }
  }
}
