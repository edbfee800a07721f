public import SimulationKernel
public import StreamModel

/// How records get their event time, and what is promised about it.
///
/// ```swift
/// readings
///   .assignTimestampsAndWatermarks(
///     .forBoundedOutOfOrderness(.seconds(5)).withTimestampAssigner { $0.time }
///   )
///   .print()
/// ```
///
/// *Source:* Flink `WatermarkStrategy`.
public struct WatermarkStrategy<Element>: Sendable {
  @usableFromInline let open:
    @Sendable (OperatorContext, [AnyBatchReceiver], WatermarkStrategy<Element>)
      -> any StreamOperator
  /// Makes the generator, where its type does not matter.
  @usableFromInline let makeGenerator: @Sendable () -> any WatermarkGenerator<Element>
  @usableFromInline var assign: (@Sendable (Element) -> Int64)?
  /// The same for who wants to know the time that a record had before.
  @usableFromInline var reassign: (@Sendable (Element, Int64) -> Int64)?
  @usableFromInline var idleAfter: VirtualDuration?
  @usableFromInline var alignment: WatermarkAlignment?

  /// A strategy with a generator of one's own, made anew for each subtask attempt.
  ///
  /// ```swift
  /// readings
  ///   .assignTimestampsAndWatermarks(
  ///     .forGenerator { OnEachMinute() }.withTimestampAssigner { $0.time }
  ///   )
  ///   .print()
  /// ```
  @inlinable
  public static func forGenerator<Generator: WatermarkGenerator & SendableMetatype>(
    _ makeGenerator: @escaping @Sendable () -> Generator
  ) -> WatermarkStrategy<Element> where Generator.Element == Element {
    WatermarkStrategy(makeGenerator) { context, outputs, strategy in
      TimestampsAndWatermarks(makeGenerator(), strategy, context: context, outputs: outputs)
    }
  }

  /// No record is more than that much behind the latest one.
  ///
  /// ```swift
  /// readings
  ///   .assignTimestampsAndWatermarks(
  ///     .forBoundedOutOfOrderness(.seconds(5)).withTimestampAssigner { $0.time }
  ///   )
  ///   .print()
  /// ```
  ///
  /// - Precondition: The bound is not negative.
  @inlinable
  public static func forBoundedOutOfOrderness(
    _ bound: VirtualDuration
  ) -> WatermarkStrategy<Element> {
    let milliseconds = bound.milliseconds
    return .forGenerator { BoundedOutOfOrderness(milliseconds: milliseconds) }
  }

  /// The same, promised after each record instead of at intervals.
  ///
  /// ```swift
  /// readings
  ///   .assignTimestampsAndWatermarks(
  ///     .forBoundedOutOfOrdernessPerRecord(.seconds(5)).withTimestampAssigner { $0.time }
  ///   )
  ///   .print()
  /// ```
  @inlinable
  public static func forBoundedOutOfOrdernessPerRecord(
    _ bound: VirtualDuration
  ) -> WatermarkStrategy<Element> {
    let milliseconds = bound.milliseconds
    return .forGenerator { PerRecordBoundedOutOfOrderness(milliseconds: milliseconds) }
  }

  /// Timestamps only ascend.
  ///
  /// ```swift
  /// readings
  ///   .assignTimestampsAndWatermarks(.forMonotonousTimestamps().withTimestampAssigner { $0.time })
  ///   .print()
  /// ```
  @inlinable
  public static func forMonotonousTimestamps() -> WatermarkStrategy<Element> {
    .forGenerator { BoundedOutOfOrderness(milliseconds: 0) }
  }

  /// Nothing is promised before the end of the input.
  ///
  /// ```swift
  /// readings
  ///   .assignTimestampsAndWatermarks(.noWatermarks().withTimestampAssigner { $0.time })
  ///   .print()
  /// ```
  @inlinable
  public static func noWatermarks() -> WatermarkStrategy<Element> {
    .forGenerator { NoWatermarks() }
  }

  @inlinable
  init(
    _ makeGenerator: @escaping @Sendable () -> any WatermarkGenerator<Element>,
    open:
      @escaping @Sendable (OperatorContext, [AnyBatchReceiver], WatermarkStrategy<Element>)
      -> any StreamOperator
  ) {
    self.makeGenerator = makeGenerator
    self.open = open
  }

  /// The strategy with the event time of a record, in milliseconds since 1970.
  ///
  /// ```swift
  /// let bySecond = WatermarkStrategy<Reading>.forMonotonousTimestamps()
  ///   .withTimestampAssigner { $0.time.milliseconds / 1000 * 1000 }
  /// readings.assignTimestampsAndWatermarks(bySecond).print()
  /// ```
  @inlinable
  public func withTimestampAssigner(
    _ assign: @escaping @Sendable (Element) -> Int64
  ) -> WatermarkStrategy<Element> {
    var strategy = self
    strategy.assign = assign
    strategy.reassign = nil
    return strategy
  }

  /// The strategy with the event time of a record, made of the record and of the event time that it
  /// had before; `Int64.min` where it had none.
  ///
  /// ```swift
  /// let delayed = WatermarkStrategy<Reading>.forMonotonousTimestamps()
  ///   .withTimestampAssigner { _, recordTimestamp in recordTimestamp + 1000 }
  /// readings.assignTimestampsAndWatermarks(delayed).print()
  /// ```
  ///
  /// *Source:* Flink `TimestampAssigner.extractTimestamp`.
  @inlinable
  public func withTimestampAssigner(
    _ assign: @escaping @Sendable (Element, _ recordTimestamp: Int64) -> Int64
  ) -> WatermarkStrategy<Element> {
    var strategy = self
    strategy.assign = nil
    strategy.reassign = assign
    return strategy
  }

  /// The strategy with the event time of a record, in the type of a row's column.
  ///
  /// ```swift
  /// let byTime = WatermarkStrategy<Reading>.forMonotonousTimestamps()
  ///   .withTimestampAssigner { $0.time + .hours(1) }
  /// readings.assignTimestampsAndWatermarks(byTime).print()
  /// ```
  @inlinable
  public func withTimestampAssigner(
    _ assign: @escaping @Sendable (Element) -> EventTime
  ) -> WatermarkStrategy<Element> {
    withTimestampAssigner { (element: Element) -> Int64 in assign(element).milliseconds }
  }

  /// The strategy that says it is idle when no record has come for that long, so that nobody waits.
  ///
  /// ```swift
  /// readings
  ///   .assignTimestampsAndWatermarks(
  ///     .forBoundedOutOfOrderness(.seconds(5)).withTimestampAssigner { $0.time }
  ///       .withIdleness(.seconds(30))
  ///   )
  ///   .print()
  /// ```
  @inlinable
  public func withIdleness(_ timeout: VirtualDuration) -> WatermarkStrategy<Element> {
    var strategy = self
    strategy.idleAfter = timeout
    return strategy
  }

  /// The strategy with a generator for each split of the source instead of one for all: what is
  /// promised is what the slowest split promises, and nothing before each has had a record.
  ///
  /// ```swift
  /// readings
  ///   .assignTimestampsAndWatermarks(
  ///     .forMonotonousTimestamps().withTimestampAssigner { $0.time }
  ///       .perSplit(8) { $0.thermometer % 8 }
  ///   )
  ///   .print()
  /// ```
  ///
  /// With idleness, a split without records for that long holds nobody up. `split` says which split
  /// a record was read from, from 0.
  /// *Source:* Flink `SourceOutputWithWatermarks`, watermarks per split.
  /// - Precondition: There is at least one split.
  public func perSplit(
    _ count: Int,
    _ split: @escaping @Sendable (Element) -> Int
  ) -> WatermarkStrategy<Element> {
    let makeGenerator = makeGenerator
    let make: @Sendable (TaskClock, VirtualDuration?) -> SplitWatermarks<Element> = {
      SplitWatermarks(count, split, makeGenerator, clock: $0, idleAfter: $1)
    }
    var strategy = WatermarkStrategy {
      make(TaskClock(), nil)
    } open: { context, outputs, strategy in
      TimestampsAndWatermarks(
        make(context.clock, strategy.idleAfter),
        strategy,
        context: context,
        outputs: outputs
      )
    }
    strategy.assign = assign
    strategy.reassign = reassign
    strategy.idleAfter = idleAfter
    strategy.alignment = alignment
    return strategy
  }

  /// The strategy that stops reading while its watermark is too far ahead of the slowest of its
  /// group, which may be in other sources of the job.
  ///
  /// ```swift
  /// readings
  ///   .assignTimestampsAndWatermarks(
  ///     .forMonotonousTimestamps().withTimestampAssigner { $0.time }
  ///       .withWatermarkAlignment(group: "rooms", maxDrift: .minutes(5))
  ///   )
  ///   .print()
  /// ```
  ///
  /// *Source:* Flink `WatermarkStrategy.withWatermarkAlignment`.
  /// - Parameters:
  ///   - group: The name of the group.
  ///   - maxDrift: How far ahead, in event time.
  ///   - updateInterval: How often it is told to the JobMaster how far it is, and hears how far the
  ///     others are.
  /// - Returns: The strategy.
  public func withWatermarkAlignment(
    group: String,
    maxDrift: VirtualDuration,
    updateInterval: VirtualDuration = .seconds(1)
  ) -> WatermarkStrategy<Element> {
    var strategy = self
    strategy.alignment = WatermarkAlignment(
      group: group,
      maxDrift: maxDrift.milliseconds,
      updateInterval: updateInterval
    )
    return strategy
  }
}

/// How far a source may be ahead of the others of its group.
public struct WatermarkAlignment: Sendable, Equatable {
  /// The name of the group.
  public var group: String
  /// How far ahead, in milliseconds of event time.
  public var maxDrift: Int64
  /// How often sources and JobMaster tell each other.
  public var updateInterval: VirtualDuration
}
