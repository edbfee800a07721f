import EventLog
public import StreamOperators

extension StreamExecutionEnvironment {
  /// A stream of the records of a topic.
  ///
  /// ```swift
  /// environment.fromSource(LogSource.text(LogTopic("words")).bounded()).print()
  /// ```
  ///
  /// *Source:* Flink `fromSource`.
  public func fromSource<Element>(
    _ source: LogSource<Element>,
    name: String = "log"
  ) -> DataStream<Element> {
    addSource("Source: \(name)", source.factory)
  }

  /// A stream of the records of a topic with event time, and promises about it.
  ///
  /// ```swift
  /// environment
  ///   .fromSource(
  ///     LogSource.text(LogTopic("numbers")),
  ///     watermarks: .forMonotonousTimestamps().withTimestampAssigner { (text: String) in
  ///       Int64(text) ?? 0
  ///     }
  ///   )
  ///   .print()
  /// ```
  ///
  /// *Simplified:* Flink follows the event time of each partition; here a strategy sees the records
  /// of all partitions of a subtask, as they are read.
  public func fromSource<Element>(
    _ source: LogSource<Element>,
    watermarks strategy: WatermarkStrategy<Element>,
    name: String = "log"
  ) -> DataStream<Element> {
    fromSource(source, name: name).assignTimestampsAndWatermarks(strategy)
  }
}
