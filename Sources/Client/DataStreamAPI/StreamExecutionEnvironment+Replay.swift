public import RecordFormats
public import Connectors
import JobGraphs
public import SimulationKernel
public import StreamModel
public import StreamOperators

extension StreamExecutionEnvironment {
  /// How often watermarks are made, unless a strategy makes one after each record.
  ///
  /// ```swift
  /// environment.setAutoWatermarkInterval(.milliseconds(50))
  /// ```
  ///
  /// *Source:* Flink `ExecutionConfig.setAutoWatermarkInterval`.
  public func setAutoWatermarkInterval(_ interval: VirtualDuration) {
    settings.watermarkInterval = interval
  }

  /// Says at which time in the world the run begins: processing time goes on from there.
  ///
  /// ```swift
  /// if let morning = EventTime(parsing: "2013-03-04T06:00:00Z") {
  ///   environment.beginProcessingTime(at: morning)
  /// }
  /// ```
  public func beginProcessingTime(at time: EventTime) {
    settings.epoch = time.milliseconds
  }

  /// A stream from a source that emits recorded elements when they became known in the world.
  ///
  /// ```swift
  /// environment
  ///   .replay("readings", ReplayClock<Reading>(by: { $0.time.milliseconds })) { _ in
  ///     CollectionFormat(Reading.minute)
  ///   }
  ///   .print()
  /// ```
  ///
  /// It runs at parallelism 1 unless told otherwise: recorded data is one stream in order.
  public func replay<Format: SplitFormat & SendableMetatype>(
    _ name: String,
    _ clock: ReplayClock<Format.Element>,
    _ makeFormat: @escaping @Sendable (OperatorContext) throws -> Format
  ) -> DataStream<Format.Element> {
    addSource("Source: \(name)", .replay(clock, makeFormat)).setParallelism(1)
  }

  /// The rows of a CSV file with a header line, each when it became known in the world.
  ///
  /// ```swift
  /// let clock = ReplayClock<Reading>(by: { $0.time.milliseconds }, speed: 60)
  /// environment.replayCSVFile("readings", as: Reading.self, clock).print()
  /// ```
  public func replayCSVFile<Element: Decodable & SendableMetatype>(
    _ input: String,
    as type: Element.Type,
    _ clock: ReplayClock<Element>,
    onBadRow: BadRowPolicy = .fail
  ) -> DataStream<Element> {
    let input = name(ofInput: input)
    return replay("rows", clock) { context in
      try CSVFormat(
        try context.inputs.bytes(named: input),
        named: input,
        as: type,
        onBadRow: onBadRow
      )
    }
  }

  /// The lines of a JSON Lines file, each when it became known in the world.
  ///
  /// ```swift
  /// let pace = ReplayClock<Reading>(by: { $0.time.milliseconds }, speed: 60)
  /// environment.replayJSONLines("readings", as: Reading.self, pace).print()
  /// ```
  public func replayJSONLines<Element: Decodable & SendableMetatype>(
    _ input: String,
    as type: Element.Type,
    _ clock: ReplayClock<Element>,
    onBadRow: BadRowPolicy = .fail
  ) -> DataStream<Element> {
    let input = name(ofInput: input)
    return replay("rows", clock) { context in
      JSONLinesFormat(
        try context.inputs.bytes(named: input),
        named: input,
        as: type,
        onBadRow: onBadRow
      )
    }
  }
}
