import StreamModel

/// A record and its event time.
///
/// *Source:* Flink `StreamRecord`.
public struct TimedRecord<Element> {
  /// The record.
  public var element: Element
  /// Its event time in milliseconds since 1970; nil when it has none.
  public var timestamp: Int64?

  /// Pairs a record with its event time, in milliseconds since 1970.
  public init(_ element: Element, at timestamp: Int64? = nil) {
    self.element = element
    self.timestamp = timestamp
  }
}

extension TimedRecord: Equatable where Element: Equatable {}
extension TimedRecord: Hashable where Element: Hashable {}
extension TimedRecord: Sendable where Element: Sendable {}

extension TimedRecord: CustomStringConvertible {
  /// The record, an `@`, and its time: `late@1500`; the record alone when it has none.
  public var description: String {
    timestamp.map { "\(element)@\($0)" } ?? "\(element)"
  }
}

extension TimedRecord {
  /// The records of a batch.
  static func records(of batch: RecordBatch<Element>) -> [TimedRecord] {
    batch.elements.enumerated().map { index, element in
      let timestamp = batch.timestamp(at: index)
      return TimedRecord(element, at: timestamp == Watermark.noTimestamp ? nil : timestamp)
    }
  }

  /// A batch of records, at least one.
  static func batch(of records: [TimedRecord]) -> RecordBatch<Element>? {
    var builder = BatchBuilder<Element>(capacity: records.count)
    for record in records {
      if let timestamp = record.timestamp {
        builder.append(record.element, timestamp: timestamp)
      } else {
        builder.append(record.element)
      }
    }
    return builder.seal()
  }
}
