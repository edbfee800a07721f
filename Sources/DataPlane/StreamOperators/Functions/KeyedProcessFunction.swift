public import StreamModel

/// A user's function that processes elements one by one with state and timers by key.
///
/// A value made anew for each subtask attempt: what it keeps in variables of its own is lost in a
/// failure, what it keeps in state is restored. *Source:* Flink `KeyedProcessFunction`.
public protocol KeyedProcessFunction<Key, Input, Output> {
  /// What the stream is keyed by.
  associatedtype Key: StreamKey
  /// What it takes.
  associatedtype Input
  /// What it emits.
  associatedtype Output

  /// Asks for its states, before the first element.
  mutating func open(_ context: KeyedFunctionContext<Key>) throws
  /// Processes an element; states speak of the element's key.
  mutating func process(
    _ element: Input,
    _ context: KeyedFunctionContext<Key>,
    _ output: inout Collector<Output>
  ) throws
  /// A timer fires; states speak of its key.
  mutating func onTimer(
    _ timer: FiredTimer,
    _ context: KeyedFunctionContext<Key>,
    _ output: inout Collector<Output>
  ) throws
}

extension KeyedProcessFunction {
  /// Asks for nothing.
  public mutating func open(_ context: KeyedFunctionContext<Key>) throws {}
  /// Does nothing.
  public mutating func onTimer(
    _ timer: FiredTimer,
    _ context: KeyedFunctionContext<Key>,
    _ output: inout Collector<Output>
  ) throws {}
}

extension StreamOperatorFactory {
  /// Runs a keyed function.
  ///
  /// *Source:* Flink `KeyedProcessOperator`.
  @inlinable
  public static func keyedProcess<Function: KeyedProcessFunction & SendableMetatype>(
    by selector: KeySelector<Function.Input, Function.Key>,
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in
      let output = OperatorOutput<Function.Output>(outputs)
      let keyed = try KeyedFunctionContext<Function.Key>(FunctionScope(context))
      var function = makeFunction()
      try keyed.scope.opening { try function.open(keyed) }
      let receiver: BatchReceiver<Function.Input> = keyed.scope.receiver(emittingTo: output) {
        element,
        results in
        keyed.enter(selector.key(of: element))
        try function.process(element, keyed, &results)
      }
      let hooks = keyed.hooks(emittingTo: output) { try function.onTimer($0, keyed, &$1) }
      return HookedOperator(context, [receiver], hooks)
    }
    .sortingInBatch(by: selector)
  }
}
