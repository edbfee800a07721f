public import SimulationKernel
import StreamModel
import StreamOperators

// What a test does to the operator.

extension OperatorHarness {
  /// Sends a record.
  ///
  /// - Parameters:
  ///   - element: The record.
  ///   - timestamp: Its event time in milliseconds since 1970; nil for none.
  ///   - input: On which input it comes, from 0.
  /// - Throws: `OperatorFailure` of a user's function; ``HarnessError`` for a mistake of the test.
  public func send<Element>(
    _ element: Element,
    at timestamp: Int64? = nil,
    to input: Int = 0
  ) throws {
    try sendBatch([TimedRecord(element, at: timestamp)], to: input)
  }

  /// Sends records one by one, each with its event time.
  ///
  /// - Throws: as ``send(_:at:to:)``.
  public func send<Element>(
    _ records: [TimedRecord<Element>],
    to input: Int = 0
  ) throws {
    for record in records { try sendBatch([record], to: input) }
  }

  /// Sends records that the operator takes in at once, as it takes a buffer in.
  ///
  /// - Throws: as ``send(_:at:to:)``.
  public func sendBatch<Element>(
    _ records: [TimedRecord<Element>],
    to input: Int = 0
  ) throws {
    try check(Element.self, input: input)
    try run(
      .records(input: input) { TimedRecord.batch(of: records) },
      input: input
    )
  }

  /// Promises on an input that no record up to a moment is to come: milliseconds since 1970.
  ///
  /// A promise that is not later than the one before says nothing, and neither does one on an idle
  /// input, as between two tasks.
  /// - Throws: as ``send(_:at:to:)``.
  public func advanceWatermark(to timestamp: Int64, on input: Int) throws {
    try run(.watermark(Watermark(timestamp), input: input), input: input)
  }

  /// Promises on every input that has not ended, in their order, that no record up to a moment is
  /// to come: milliseconds since 1970.
  ///
  /// - Throws: as ``send(_:at:to:)``.
  public func advanceWatermark(to timestamp: Int64) throws {
    for input in inputs.indices where !endedInputs[input] {
      try advanceWatermark(to: timestamp, on: input)
    }
  }

  /// Says that an input is idle, so that nobody waits for its watermarks, or no longer so.
  ///
  /// - Throws: as ``send(_:at:to:)``.
  public func setIdle(_ isIdle: Bool = true, input: Int = 0) throws {
    try run(.status(isIdle: isIdle, input: input), input: input)
  }

  // MARK: Processing time

  /// Processing time: milliseconds since 1970.
  public var processingTime: Int64 { clock.milliseconds }

  /// Lets processing time come to a moment, in milliseconds since 1970; what is due on the way
  /// happens at its own instant.
  ///
  /// A timer fires one millisecond after the moment that it was registered for, as in Flink.
  /// - Throws: as ``send(_:at:to:)``.
  public func advanceProcessingTime(to milliseconds: Int64) throws {
    guard milliseconds >= processingTime else {
      throw HarnessError.timeGoesBack(from: processingTime, to: milliseconds)
    }
    try pass(until: instant(of: milliseconds))
  }

  /// Lets so much processing time pass; what is due on the way happens at its own instant.
  ///
  /// - Throws: as ``send(_:at:to:)``.
  public func advanceProcessingTime(by duration: VirtualDuration) throws {
    try pass(until: clock.now + duration)
  }

  /// Lets processing time come to a moment, in milliseconds since 1970, while the task is busy with
  /// something else: what was due on the way happens at the end, all of it.
  ///
  /// - Throws: as ``send(_:at:to:)``.
  public func advanceProcessingTimeWhileBusy(to milliseconds: Int64) throws {
    guard milliseconds >= processingTime else {
      throw HarnessError.timeGoesBack(from: processingTime, to: milliseconds)
    }
    clock.now = max(clock.now, instant(of: milliseconds))
    try work()
  }

  private func instant(of milliseconds: Int64) -> VirtualInstant {
    .zero + .milliseconds(milliseconds - options.startTime)
  }

  private func pass(until instant: VirtualInstant) throws {
    while let timer = nextTimer, timer <= instant {
      clock.now = max(clock.now, timer)
      try work()
    }
    clock.now = max(clock.now, instant)
    try work()
  }

  private var nextTimer: VirtualInstant? {
    isFinished ? nil : subtasks.compactMap(\.nextTimer).min()
  }

  // MARK: The end

  /// Ends an input: event time comes to its end there, and no record will come.
  ///
  /// When all have ended and everything is worked off, the operator says its last.
  /// - Throws: as ``send(_:at:to:)``.
  public func endOfInput(of input: Int) throws {
    try run(.end(input: input), input: input)
  }

  /// Ends every input that has not ended, and lets time pass until everything is worked off.
  ///
  /// Timers of processing time that nobody waits for do not fire any more, as in Flink.
  /// - Throws: as ``send(_:at:to:)``; ``HarnessError/neverDrained`` when the operator keeps
  ///   something back for ever.
  public func endOfInput() throws {
    for input in inputs.indices where !endedInputs[input] { try endOfInput(of: input) }
    while !isFinished {
      guard let timer = nextTimer else { throw HarnessError.neverDrained }
      clock.now = max(clock.now, timer)
      try work()
    }
  }
}
