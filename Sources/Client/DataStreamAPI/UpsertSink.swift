import Connectors
import ExternalSystems
public import RecordFormats
public import StreamOperators

/// Writes each element at once over the row of the same key of a table: a replay writes the same
/// rows once more, and nothing is there twice.
///
/// ```swift
/// readings.keyBy(\.room).max(\.degrees).sinkTo(UpsertSink.csv(table: "greatest") { $0.room })
/// ```
///
/// It ends as without a failure where the last element of each key does: the same key must always
/// meet the same subtask, as behind a `keyBy`. Meanwhile readers may see older rows come back.
/// *Source:* Flink's `JdbcSink` with a statement that writes over.
public struct UpsertSink<Element>: Sink {
  /// The name of its operator.
  public var operatorName: String { "Sink: Upsert" }
  /// Makes its operator.
  public let factory: StreamOperatorFactory

  /// Writes rows of a table, each as a line of text.
  ///
  /// ```swift
  /// readings.keyBy(\.room).max(\.degrees)
  ///   .sinkTo(UpsertSink(table: "degrees", key: { $0.room }, line: { "\($0.degrees)" }))
  /// ```
  public init(
    table: String,
    key: @escaping @Sendable (Element) throws -> String,
    line: @escaping @Sendable (Element) throws -> String
  ) {
    factory = .upsertSink(table: table) { (element: Element) in
      TableRow(key: try key(element), line: try line(element))
    }
  }

  /// Writes rows of CSV.
  ///
  /// ```swift
  /// readings.keyBy(\.room).max(\.degrees).sinkTo(UpsertSink.csv(table: "greatest") { $0.room })
  /// ```
  public static func csv(
    table: String,
    key: @escaping @Sendable (Element) throws -> String
  ) -> UpsertSink where Element: CSVRow & SendableMetatype {
    UpsertSink(table: table, key: key) { $0.csvLine }
  }
}

extension CSVRow {
  /// The row as a line of CSV, without its end.
  var csvLine: String {
    var bytes: [UInt8] = []
    writeCSVRow(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
