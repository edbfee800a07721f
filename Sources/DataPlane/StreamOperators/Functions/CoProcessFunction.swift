public import StreamModel

/// A user's function that processes the elements of two streams, one by one.
///
/// A value made anew for each subtask attempt. *Source:* Flink `CoProcessFunction` of streams
/// without keys.
public protocol CoProcessFunction<First, Second, Output> {
  /// What it takes from the first stream.
  associatedtype First
  /// What it takes from the second stream.
  associatedtype Second
  /// What it emits.
  associatedtype Output

  /// Asks for its states, before the first element.
  mutating func open(_ context: FunctionContext) throws
  /// Processes an element of the first stream.
  mutating func processFirst(
    _ element: First,
    _ context: FunctionContext,
    _ output: inout Collector<Output>
  ) throws
  /// Processes an element of the second stream.
  mutating func processSecond(
    _ element: Second,
    _ context: FunctionContext,
    _ output: inout Collector<Output>
  ) throws
}

extension CoProcessFunction {
  /// Asks for nothing.
  public mutating func open(_ context: FunctionContext) throws {}
}

/// Two closures as a function of two streams.
public struct CoProcessClosures<First, Second, Output>: CoProcessFunction {
  @usableFromInline let first: @Sendable (First, inout Collector<Output>) throws -> Void
  @usableFromInline let second: @Sendable (Second, inout Collector<Output>) throws -> Void

  /// Wraps closures, one for each stream.
  @inlinable
  public init(
    _ first: @escaping @Sendable (First, inout Collector<Output>) throws -> Void,
    _ second: @escaping @Sendable (Second, inout Collector<Output>) throws -> Void
  ) {
    self.first = first
    self.second = second
  }

  /// Calls the first.
  @inlinable
  public mutating func processFirst(
    _ element: First,
    _ context: FunctionContext,
    _ output: inout Collector<Output>
  ) throws { try first(element, &output) }

  /// Calls the second.
  @inlinable
  public mutating func processSecond(
    _ element: Second,
    _ context: FunctionContext,
    _ output: inout Collector<Output>
  ) throws { try second(element, &output) }
}

/// A user's function that processes the elements of two streams with the same keys; states and
/// timers are common to both.
///
/// *Source:* Flink `KeyedCoProcessFunction`.
public protocol KeyedCoProcessFunction<Key, First, Second, Output> {
  /// What the streams are keyed by.
  associatedtype Key: StreamKey
  /// What it takes from the first stream.
  associatedtype First
  /// What it takes from the second stream.
  associatedtype Second
  /// What it emits.
  associatedtype Output

  /// Asks for its states, before the first element.
  mutating func open(_ context: KeyedFunctionContext<Key>) throws
  /// Processes an element of the first stream.
  mutating func processFirst(
    _ element: First,
    _ context: KeyedFunctionContext<Key>,
    _ output: inout Collector<Output>
  ) throws
  /// Processes an element of the second stream.
  mutating func processSecond(
    _ element: Second,
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

extension KeyedCoProcessFunction {
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
  /// Runs a function of two streams.
  ///
  /// *Source:* Flink `CoProcessOperator`.
  @inlinable
  public static func coProcess<Function: CoProcessFunction & SendableMetatype>(
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in
      let output = OperatorOutput<Function.Output>(outputs)
      let scope = try FunctionScope(context)
      let functionContext = FunctionContext(scope)
      var function = makeFunction()
      try scope.opening { try function.open(functionContext) }
      let first: BatchReceiver<Function.First> = scope.receiver(emittingTo: output) {
        try function.processFirst($0, functionContext, &$1)
      }
      let second: BatchReceiver<Function.Second> = scope.receiver(emittingTo: output) {
        try function.processSecond($0, functionContext, &$1)
      }
      return HookedOperator(context, [first, second], OperatorHooks(scope))
    }
  }

  /// Runs a function of two streams with the same keys.
  ///
  /// *Source:* Flink `KeyedCoProcessOperator`.
  @inlinable
  public static func keyedCoProcess<Function: KeyedCoProcessFunction & SendableMetatype>(
    by firstSelector: KeySelector<Function.First, Function.Key>,
    _ secondSelector: KeySelector<Function.Second, Function.Key>,
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in
      let output = OperatorOutput<Function.Output>(outputs)
      let keyed = try KeyedFunctionContext<Function.Key>(FunctionScope(context))
      var function = makeFunction()
      try keyed.scope.opening { try function.open(keyed) }
      let first: BatchReceiver<Function.First> = keyed.scope.receiver(emittingTo: output) {
        keyed.enter(firstSelector.key(of: $0))
        try function.processFirst($0, keyed, &$1)
      }
      let second: BatchReceiver<Function.Second> = keyed.scope.receiver(emittingTo: output) {
        keyed.enter(secondSelector.key(of: $0))
        try function.processSecond($0, keyed, &$1)
      }
      let hooks = keyed.hooks(emittingTo: output) { try function.onTimer($0, keyed, &$1) }
      return HookedOperator(context, [first, second], hooks)
    }
    .sortingInBatch(by: firstSelector, secondSelector)
  }
}
