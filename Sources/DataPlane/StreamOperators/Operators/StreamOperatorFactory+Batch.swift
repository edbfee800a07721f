import JobGraphs
public import StreamModel

// What keyed operators do in batch: they get their records key by key.

extension StreamOperatorFactory {
  /// The operator, which in batch gets the records of its first input key by key; a second input is
  /// a broadcast one, and goes before.
  ///
  /// *Source:* Flink `BatchExecutionUtils.applyBatchExecutionSettings`, `SortingDataInput`.
  public func sortingInBatch<Element, Key: StreamKey>(
    by selector: KeySelector<Element, Key>
  ) -> StreamOperatorFactory {
    var factory = self
    factory.openInBatch = { [open] context, outputs in
      KeySortedOperator(
        context,
        try open(context, outputs),
        [SortedInput<Element, Key>(0, by: selector)]
      )
    }
    return factory
  }

  /// The operator, which in batch gets the records of both of its inputs key by key, those of a key
  /// by their times.
  ///
  /// *Source:* Flink `MultiInputSortingDataInput`.
  public func sortingInBatch<First, Second, Key: StreamKey>(
    by first: KeySelector<First, Key>,
    _ second: KeySelector<Second, Key>
  ) -> StreamOperatorFactory {
    var factory = self
    factory.openInBatch = { [open] context, outputs in
      KeySortedOperator(
        context,
        try open(context, outputs),
        [SortedInput<First, Key>(0, by: first), SortedInput<Second, Key>(1, by: second)]
      )
    }
    return factory
  }

  /// The operator, which in batch combines all records of a key and emits one.
  ///
  /// *Source:* Flink `BatchGroupedReduceOperator`.
  public func reducingInBatch<Element, Key: StreamKey>(
    by selector: KeySelector<Element, Key>,
    _ combine: @escaping @Sendable (Element, Element) throws -> Element
  ) -> StreamOperatorFactory {
    var factory = self
    factory.openInBatch = { context, outputs in
      let output = OperatorOutput<Element>(outputs)
      let capacity = context.bufferCapacity(of: Element.self)
      var results: [Element] = []
      var reduced: Element?
      let flush = {
        var collector = Collector<Element>(capacity: results.count)
        collector.timestamp = Watermark.max.timestamp
        for result in results { collector.collect(result) }
        results = []
        try output.emit(&collector)
      }
      let receiver = BatchReceiver<Element>(operatorName: context.name) { batch in
        for index in 0..<batch.count {
          let record = batch.values[index]  // order: a block of memory
          reduced = try reduced.map { try combine($0, record) } ?? record
        }
      }
      var hooks = OperatorHooks()
      hooks.endOfKey = {
        if let last = reduced { results.append(last) }
        reduced = nil
        if results.count >= capacity { try flush() }
      }
      hooks.advance = { _ in try flush() }
      return KeySortedOperator(
        context,
        HookedOperator(context, [receiver], hooks),
        [SortedInput<Element, Key>(0, by: selector)]
      )
    }
    return factory
  }
}
