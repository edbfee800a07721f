/// What a user function emits into.
///
/// *Source:* Flink `Collector`.
public struct Collector<Element> {
  @usableFromInline var builder: BatchBuilder<Element>
  /// The event time that is given to what is emitted; nil for none.
  ///
  /// Operators set it to that of the record at hand, as Flink's `TimestampedCollector` does.
  public var timestamp: Int64?

  /// Makes an empty collector that expects about `capacity` records.
  @inlinable
  public init(capacity: Int) {
    builder = BatchBuilder(capacity: capacity)
  }

  /// Emits a record.
  @inlinable
  public mutating func collect(_ element: consuming Element) {
    if let timestamp {
      builder.append(element, timestamp: timestamp)
    } else {
      builder.append(element)
    }
  }

  /// Emits a record with an event time of its own.
  @inlinable
  public mutating func collect(_ element: consuming Element, timestamp: Int64) {
    builder.append(element, timestamp: timestamp)
  }

  /// Says that of the records emitted so far, which all came from `batch` one by one, each has the
  /// event time of the record that it came from.
  @inlinable
  public mutating func takeTimestamps<Source>(of batch: RecordBatch<Source>) {
    guard let copied = batch.copiedTimestamps() else { return }
    builder.stamps?.deallocate()
    builder.stamps = copied
  }

  /// How many records were emitted since the last ``seal()``.
  @inlinable
  public var count: Int { builder.count }

  /// Takes what was emitted, or nil when nothing was.
  @inlinable
  public mutating func seal() -> RecordBatch<Element>? {
    builder.seal()
  }

  /// Drops what was emitted.
  @inlinable
  public mutating func discard() {
    builder.discard()
  }
}
