public import StreamOperators

extension DataStream where Element: Codable {
  /// Asks a service for each element; results keep the order of the elements.
  ///
  /// ```swift
  /// words.orderedWait(timeout: .seconds(1), capacity: 10) { Translation() }.print()
  /// ```
  ///
  /// *Source:* Flink `AsyncDataStream.orderedWait`.
  public func orderedWait<Function: AsyncFunction & SendableMetatype>(
    timeout: VirtualDuration? = nil,
    capacity: Int = 100,
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> DataStream<Function.Output> where Function.Input == Element {
    transform(
      "async wait operator",
      .asyncWait(
        AsyncSettings(order: .ordered, timeout: timeout, capacity: capacity),
        makeFunction
      )
    )
  }

  /// Asks a service for each element; results come as replies do.
  ///
  /// ```swift
  /// words.unorderedWait(timeout: .seconds(1), capacity: 10) { Translation() }.print()
  /// ```
  ///
  /// *Source:* Flink `AsyncDataStream.unorderedWait`.
  public func unorderedWait<Function: AsyncFunction & SendableMetatype>(
    timeout: VirtualDuration? = nil,
    capacity: Int = 100,
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> DataStream<Function.Output> where Function.Input == Element {
    transform(
      "async wait operator",
      .asyncWait(
        AsyncSettings(order: .unordered, timeout: timeout, capacity: capacity),
        makeFunction
      )
    )
  }
}
