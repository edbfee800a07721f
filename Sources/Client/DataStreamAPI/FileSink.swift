public import RecordFormats
public import Connectors
public import StreamOperators

/// Writes rows in transactions: they are visible once a checkpoint has completed after them.
///
/// ```swift
/// readings.sinkTo(FileSink.csv())
/// ```
///
/// Two-phase commit makes a replay invisible: what a failure undid was never shown.
/// *Source:* Flink `FileSink`, whose pending files get their names when a checkpoint completes.
public struct FileSink<Element>: Sink {
  /// The name of its operator.
  public var operatorName: String { "Sink: Writer" }
  /// Makes its operator.
  public let factory: StreamOperatorFactory

  /// Writes rows by a serialiser, which is made anew for each subtask attempt.
  ///
  /// ```swift
  /// readings.sinkTo(
  ///   FileSink { _ in
  ///     LineSerializer { reading, bytes in bytes += "\(reading.room): \(reading.degrees)".utf8 }
  ///   }
  /// )
  /// ```
  @inlinable
  public init<Serializer: RowSerializer & SendableMetatype>(
    _ makeSerializer: @escaping @Sendable (OperatorContext) -> Serializer
  ) where Serializer.Row == Element {
    factory = .sink(makeSerializer)
  }

  /// Writes rows of CSV.
  ///
  /// ```swift
  /// readings.sinkTo(FileSink.csv())
  /// ```
  public static func csv() -> FileSink where Element: CSVRow & SendableMetatype {
    FileSink { LineSerializer.csv(limit: $0.rowLimit) }
  }
}

/// Writes rows at once and for good, as a plain file or a print would: a barrier waits until they
/// are written, so that none is lost, and a replay writes them a second time.
///
/// ```swift
/// readings.sinkTo(PlainSink.csv())
/// ```
///
/// *Source:* a Flink sink without transactions, such as `PrintSink`.
public struct PlainSink<Element>: Sink {
  /// The name of its operator.
  public var operatorName: String { "Sink: Plain Writer" }
  /// Makes its operator.
  public let factory: StreamOperatorFactory

  /// Writes rows by a serialiser, which is made anew for each subtask attempt.
  ///
  /// ```swift
  /// readings.sinkTo(
  ///   PlainSink { _ in
  ///     LineSerializer { reading, bytes in bytes += "\(reading.room): \(reading.degrees)".utf8 }
  ///   }
  /// )
  /// ```
  @inlinable
  public init<Serializer: RowSerializer & SendableMetatype>(
    _ makeSerializer: @escaping @Sendable (OperatorContext) -> Serializer
  ) where Serializer.Row == Element {
    factory = .sink(visibility: .immediate, makeSerializer)
  }

  /// Writes rows of CSV.
  ///
  /// ```swift
  /// readings.sinkTo(PlainSink.csv())
  /// ```
  public static func csv() -> PlainSink where Element: CSVRow & SendableMetatype {
    PlainSink { LineSerializer.csv(limit: $0.rowLimit) }
  }
}

extension LineSerializer where Row: CSVRow & SendableMetatype {
  /// Rows of CSV; of more rows than `limit`, the first are written and all are counted.
  fileprivate static func csv(limit: Int) -> LineSerializer {
    LineSerializer(limit: limit) { row, bytes in row.writeCSVRow(to: &bytes) }
  }
}
