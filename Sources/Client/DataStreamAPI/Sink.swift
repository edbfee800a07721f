public import StreamOperators

/// Where the elements of a stream go, for ``DataStream/sinkTo(_:)``.
///
/// ```swift
/// let sinks: [any Sink<Reading>] = [FileSink.csv(), PlainSink.csv()]
/// for sink in sinks { readings.sinkTo(sink) }
/// ```
///
/// *Source:* Flink `Sink`.
public protocol Sink<Element> {
  /// What it takes.
  associatedtype Element
  /// The name of its operator, unless the program gives it another.
  var operatorName: String { get }
  /// Makes its operator.
  var factory: StreamOperatorFactory { get }
}
