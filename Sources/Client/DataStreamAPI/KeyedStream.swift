public import StreamModel
public import StreamOperators

/// A stream divided by a key: elements with the same key meet in the same subtask.
///
/// *Source:* Flink `KeyedStream`.
public struct KeyedStream<Element, Key: StreamKey> {
  @usableFromInline let stream: DataStream<Element>
  @usableFromInline let selector: KeySelector<Element, Key>

  @inlinable
  init(stream: DataStream<Element>, selector: KeySelector<Element, Key>) {
    self.stream = stream
    self.selector = selector
  }
}

extension KeyedStream where Element: Codable & SendableMetatype {
  /// Combines the elements of each key, two by two, and emits the result so far for each element.
  @inlinable
  public func reduce(
    _ combine: @escaping @Sendable (Element, Element) throws -> Element
  ) -> DataStream<Element> {
    stream.transform("Keyed Reduce", .reduce(by: selector, combine))
  }

  /// Adds a whole number up for each key, wrapping as Java's integers do, and emits the first
  /// element of the key with the sum so far for each element.
  @inlinable
  public func sum<Number: FixedWidthInteger & SendableMetatype>(
    _ path: any WritableKeyPath<Element, Number> & Sendable
  ) -> DataStream<Element> {
    stream.transform("Keyed Aggregation", .sum(path, by: selector) { $0 &+ $1 })
  }

  /// Adds a floating-point number up for each key, and emits the first element of the key with the
  /// sum so far for each element.
  @inlinable
  public func sum<Number: BinaryFloatingPoint & SendableMetatype>(
    _ path: any WritableKeyPath<Element, Number> & Sendable
  ) -> DataStream<Element> {
    stream.transform("Keyed Aggregation", .sum(path, by: selector) { $0 + $1 })
  }
}

extension KeyedStream {
  /// Processes elements with state by key; `makeFunction` is called anew for each subtask attempt.
  @inlinable
  public func process<Function: KeyedProcessFunction & SendableMetatype>(
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> DataStream<Function.Output> where Function.Key == Key, Function.Input == Element {
    stream.transform("KeyedProcess", .keyedProcess(by: selector, makeFunction))
  }
}
