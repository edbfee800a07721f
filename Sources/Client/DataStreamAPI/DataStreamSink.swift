public import RecordFormats
import Connectors
import JobGraphs
import StreamOperators

/// The end of a stream.
///
/// ```swift
/// words.print().name("words").uid("words").setParallelism(1)
/// ```
///
/// *Source:* Flink `DataStreamSink`.
public struct DataStreamSink {
  let environment: StreamExecutionEnvironment
  let id: Int

  /// Names the sink, for people.
  ///
  /// ```swift
  /// words.print().name("words").uid("words").setParallelism(1)
  /// ```
  @discardableResult
  public func name(_ name: String) -> DataStreamSink {
    environment.plan.change(id) { $0.name = "\(name): Writer" }
    return self
  }

  /// Names the sink's state, for later versions of the program.
  ///
  /// ```swift
  /// words.print().name("words").uid("words").setParallelism(1)
  /// ```
  @discardableResult
  public func uid(_ uid: String) -> DataStreamSink {
    environment.plan.change(id) { $0.uid = uid }
    return self
  }

  /// Lets the sink run as so many subtasks.
  ///
  /// ```swift
  /// words.print().name("words").uid("words").setParallelism(1)
  /// ```
  @discardableResult
  public func setParallelism(_ parallelism: Int) -> DataStreamSink {
    environment.plan.change(id) { $0.parallelism = parallelism }
    return self
  }

  /// Chains the sink with no other operator.
  ///
  /// ```swift
  /// words.print().disableChaining().slotSharingGroup("sinks")
  /// ```
  @discardableResult
  public func disableChaining() -> DataStreamSink {
    environment.plan.change(id) { $0.chaining = .never }
    return self
  }

  /// Lets the sink share slots only with others of this group.
  ///
  /// ```swift
  /// words.print().disableChaining().slotSharingGroup("sinks")
  /// ```
  @discardableResult
  public func slotSharingGroup(_ group: String) -> DataStreamSink {
    environment.plan.setSlotSharingGroup(group, of: id)
    return self
  }
}

extension DataStream {
  /// Writes rows of CSV in transactions: they are visible once a checkpoint has completed after
  /// them.
  ///
  /// ```swift
  /// words.map { Tuple2($0, 1) }.writeAsCSV()
  /// ```
  ///
  /// The same as `sinkTo(FileSink.csv())`, under the name that Flink had for it.
  /// *Source:* Flink `writeAsCsv`.
  @discardableResult
  public func writeAsCSV() -> DataStreamSink where Element: CSVRow & SendableMetatype {
    sinkTo(FileSink.csv())
  }

  /// Prints each element on the standard output of its TaskManager, at once and for good; with
  /// several subtasks each line begins with the subtask's number.
  ///
  /// ```swift
  /// words.print()
  /// ```
  @discardableResult
  public func print() -> DataStreamSink {
    addSink(
      "Sink: Print to Std. Out",
      .sink(visibility: .immediate) { context in
        let prefix = context.parallelism > 1 ? "\(context.subtask + 1)> " : ""
        return LineSerializer<Element> { row, bytes in bytes += "\(prefix)\(row)".utf8 }
      }
    )
  }

  /// Collects elements so that whoever runs the program can read them as values, in transactions.
  ///
  /// ```swift
  /// readings.collect()
  /// ```
  @discardableResult
  public func collect() -> DataStreamSink where Element: Codable & SendableMetatype {
    addSink("Sink: Collect", .sink { _ in ValueSerializer<Element>() })
  }
}
