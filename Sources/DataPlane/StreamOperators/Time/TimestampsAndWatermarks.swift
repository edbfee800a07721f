public import SimulationKernel
public import StreamModel

/// Gives records their event time and makes watermarks; swallows those from upstream, but for the
/// last.
///
/// *Source:* Flink `TimestampsAndWatermarksOperator` and `WatermarksWithIdleness`.
public final class TimestampsAndWatermarks<Generator: WatermarkGenerator>: StreamOperator {
  @usableFromInline let context: OperatorContext
  @usableFromInline let idleAfter: VirtualDuration?
  @usableFromInline var generator: Generator
  @usableFromInline var last = Watermark.none
  @usableFromInline var nextEmit: VirtualInstant
  @usableFromInline var lastRecord: VirtualInstant
  @usableFromInline var isIdle = false
  @usableFromInline let alignment: WatermarkAlignment?
  /// When it tells the JobMaster next how far it is.
  @usableFromInline var nextReport: VirtualInstant?
  /// How far it may go.
  @usableFromInline var limit = Watermark.max
  @usableFromInline var receiver: AnyBatchReceiver?

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
      reassign: strategy.reassign,
      idleAfter: strategy.idleAfter,
      alignment: strategy.alignment,
      context: context,
      output: OperatorOutput(outputs)
    )
  }

  @inlinable
  init(
    _ generator: Generator,
    assign: (@Sendable (Generator.Element) -> Int64)?,
    reassign: (@Sendable (Generator.Element, Int64) -> Int64)?,
    idleAfter: VirtualDuration?,
    alignment: WatermarkAlignment?,
    context: OperatorContext,
    output: OperatorOutput<Generator.Element>
  ) {
    self.context = context
    self.generator = generator
    self.idleAfter = idleAfter
    self.alignment = alignment
    nextReport = alignment.map { context.now + $0.updateInterval }
    nextEmit = context.now + context.watermarkInterval
    lastRecord = context.now
    receiver = BatchReceiver<Generator.Element>(operatorName: context.name) {
      [unowned self] batch in
      try self.process(batch, assign, reassign, output)
    }
  }

  /// Its input.
  @inlinable
  public var inputs: [AnyBatchReceiver] { receiver.map { [$0] } ?? [] }

  @inlinable
  func process(
    _ batch: RecordBatch<Generator.Element>,
    _ assign: (@Sendable (Generator.Element) -> Int64)?,
    _ reassign: (@Sendable (Generator.Element, Int64) -> Int64)?,
    _ output: OperatorOutput<Generator.Element>
  ) throws {
    lastRecord = context.clock.now
    if isIdle {
      isIdle = false
      try context.eventTime.emitStatus(false)
    }
    let stamps = UnsafeMutablePointer<Int64>.allocate(capacity: max(batch.count, 1))
    if let assign {
      for index in 0..<batch.count { stamps[index] = assign((batch.values + index).pointee) }
    } else if let reassign {
      for index in 0..<batch.count {
        stamps[index] = reassign((batch.values + index).pointee, batch.timestamp(at: index))
      }
    } else {
      for index in 0..<batch.count { stamps[index] = batch.timestamp(at: index) }
    }
    // Taken out once for all records: a property of a class is looked up and guarded each time.
    var generator = self.generator
    defer { self.generator = generator }
    /// How many records were handed on in slices.
    var done = 0
    func emitSlice(to end: Int) throws {
      let slice = batch.slice(done...(end - 1), stamps)
      done = end
      try output.emit(slice)
    }
    do {
      for index in 0..<batch.count {
        let record = batch.values + index
        let promise = generator.onEvent(record.pointee, timestamp: stamps[index])
        guard let promise, promise > last else { continue }
        // What came before the promise goes before it.
        try emitSlice(to: index + 1)
        last = promise
        try context.eventTime.emitWatermark(promise)
      }
      if done > 0, done < batch.count { try emitSlice(to: batch.count) }
    } catch {
      batch.dropAll(from: done)
      stamps.deallocate()
      throw error
    }
    guard done == 0 else {
      batch.markEmptied()
      stamps.deallocate()
      return
    }
    batch.adopt(timestamps: stamps)
    try output.emit(batch)
  }

  /// Swallows what upstream promises, but for the end of everything.
  @inlinable
  public func advance(to watermark: Watermark, input: Int) throws -> Watermark? {
    guard watermark == .max, last < .max else { return nil }
    last = .max
    limit = .max
    if let alignment { context.eventTime.reportWatermark(alignment.group, .max) }
    // Nobody hears what is promised on an idle channel.
    if isIdle {
      isIdle = false
      try context.eventTime.emitStatus(false)
    }
    return .max
  }

  /// Swallows it: this operator knows by itself whether records come.
  public func statusChanged(isIdle: Bool, input: Int) throws -> Bool? { nil }

  /// Whether it is not too far ahead of its group.
  @inlinable
  public var acceptsRecords: Bool { last <= limit }

  /// The group lets it go that far.
  public func align(group: String, slowest: Watermark) {
    guard let alignment, alignment.group == group else { return }
    let (sum, overflow) = slowest.timestamp.addingReportingOverflow(alignment.maxDrift)
    limit = overflow ? .max : Watermark(sum)
  }

  /// When it promises something next, finds itself idle, or tells how far it is.
  public var nextTimer: VirtualInstant? {
    guard last < .max else { return nil }
    var next = nextEmit
    if let idleAfter, !isIdle { next = min(next, lastRecord + idleAfter) }
    return min(next, nextReport ?? next)
  }

  /// Promises what the generator says, and looks whether records still come.
  ///
  /// Nothing is promised while it is idle, since nobody would hear it; what the last records
  /// promise is said before.
  public func timerDue(at now: VirtualInstant) throws {
    // Who is held back by its group is not idle.
    if !acceptsRecords { lastRecord = now }
    let becomesIdle = !isIdle && idleAfter.map { lastRecord + $0 <= now } ?? false
    let isTime = nextEmit <= now
    if isTime { nextEmit = now + context.watermarkInterval }
    if !isIdle, isTime || becomesIdle, let promise = generator.onPeriodicEmit(), promise > last {
      last = promise
      try context.eventTime.emitWatermark(promise)
    }
    if becomesIdle {
      isIdle = true
      try context.eventTime.emitStatus(true)
    }
    if let alignment, let due = nextReport, due <= now {
      nextReport = now + alignment.updateInterval
      // Who has promised nothing yet holds nobody up. *Source:* Flink
      // `SourceOperator.emitLatestWatermark`.
      guard isIdle || last > .none else { return }
      context.eventTime.reportWatermark(alignment.group, isIdle ? .max : last)
    }
  }
}

extension RecordBatch {
  /// Gives up the records of which those before `start` were moved out.
  @inlinable
  func dropAll(from start: Int) {
    (values + start).deinitialize(count: count - start)
    markEmptied()
  }

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
