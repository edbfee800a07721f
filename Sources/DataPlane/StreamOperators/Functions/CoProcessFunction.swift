public import StreamModel

/// A user's function that processes the elements of two streams, one by one.
///
/// ```swift
/// /// Leaves out what the second stream names; each subtask knows those that it has seen.
/// struct WithoutStopped: CoProcessFunction {
///   private var stopped: Set<String> = []
///
///   func processElement1(
///     _ word: String,
///     _ context: FunctionContext,
///     _ output: inout Collector<String>
///   ) {
///     if !stopped.contains(word) { output.collect(word) }
///   }
///
///   mutating func processElement2(
///     _ word: String,
///     _ context: FunctionContext,
///     _ output: inout Collector<String>
///   ) {
///     stopped.insert(word)
///   }
/// }
/// ```
///
/// It is made anew for each subtask attempt, from its context.
/// *Source:* Flink `CoProcessFunction` of streams without keys.
public protocol CoProcessFunction<First, Second, Output> {
  /// What it takes from the first stream.
  associatedtype First
  /// What it takes from the second stream.
  associatedtype Second
  /// What it emits.
  associatedtype Output

  /// Processes an element of the first stream.
  mutating func processElement1(
    _ element: First,
    _ context: FunctionContext,
    _ output: inout Collector<Output>
  ) throws
  /// Processes an element of the second stream.
  mutating func processElement2(
    _ element: Second,
    _ context: FunctionContext,
    _ output: inout Collector<Output>
  ) throws
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
  public mutating func processElement1(
    _ element: First,
    _ context: FunctionContext,
    _ output: inout Collector<Output>
  ) throws { try first(element, &output) }

  /// Calls the second.
  @inlinable
  public mutating func processElement2(
    _ element: Second,
    _ context: FunctionContext,
    _ output: inout Collector<Output>
  ) throws { try second(element, &output) }
}

/// A user's function that processes the elements of two streams with the same keys; states and
/// timers are common to both.
///
/// ```swift
/// /// Lets a word through until the second stream names it.
/// struct UntilStopped: KeyedCoProcessFunction {
///   private let isStopped: ValueState<Bool>
///
///   init(_ context: KeyedFunctionContext<String>) throws {
///     isStopped = try context.valueState(named: "stopped")
///   }
///
///   func processElement1(
///     _ word: String,
///     _ context: KeyedFunctionContext<String>,
///     _ output: inout Collector<String>
///   ) {
///     if isStopped.value() == nil { output.collect(word) }
///   }
///
///   func processElement2(
///     _ word: String,
///     _ context: KeyedFunctionContext<String>,
///     _ output: inout Collector<String>
///   ) {
///     isStopped.update(true)
///   }
/// }
/// ```
///
/// It is made anew for each subtask attempt, from its context.
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

  /// Processes an element of the first stream.
  mutating func processElement1(
    _ element: First,
    _ context: KeyedFunctionContext<Key>,
    _ output: inout Collector<Output>
  ) throws
  /// Processes an element of the second stream.
  mutating func processElement2(
    _ element: Second,
    _ context: KeyedFunctionContext<Key>,
    _ output: inout Collector<Output>
  ) throws
  /// A timer fires for that moment, in milliseconds since 1970; states speak of its key.
  mutating func onTimer(
    _ timestamp: Int64,
    _ context: KeyedFunctionContext<Key>,
    _ output: inout Collector<Output>
  ) throws
}

extension KeyedCoProcessFunction {
  /// Fails: who asks for timers takes them.
  ///
  /// - Throws: ``UnhandledTimer``.
  public mutating func onTimer(
    _ timestamp: Int64,
    _ context: KeyedFunctionContext<Key>,
    _ output: inout Collector<Output>
  ) throws { throw UnhandledTimer(of: Self.self, "KeyedFunctionContext<\(Key.self)>") }
}

extension StreamOperatorFactory {
  /// Runs a function of two streams.
  ///
  /// *Source:* Flink `CoProcessOperator`.
  @inlinable
  public static func coProcess<Function: CoProcessFunction & SendableMetatype>(
    _ makeFunction: @escaping @Sendable (FunctionContext) throws -> Function
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in
      let output = OperatorOutput<Function.Output>(outputs)
      let scope = try FunctionScope(context)
      let functionContext = FunctionContext(scope)
      var function = try scope.opening { try makeFunction(functionContext) }
      let first: BatchReceiver<Function.First> = scope.receiver(emittingTo: output) {
        try function.processElement1($0, functionContext, &$1)
      }
      let second: BatchReceiver<Function.Second> = scope.receiver(emittingTo: output) {
        try function.processElement2($0, functionContext, &$1)
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
    _ makeFunction: @escaping @Sendable (KeyedFunctionContext<Function.Key>) throws -> Function
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in
      let output = OperatorOutput<Function.Output>(outputs)
      let keyed = try KeyedFunctionContext<Function.Key>(FunctionScope(context))
      var function = try keyed.scope.opening { try makeFunction(keyed) }
      let first: BatchReceiver<Function.First> = keyed.scope.receiver(emittingTo: output) {
        keyed.enter(firstSelector.key(of: $0))
        try function.processElement1($0, keyed, &$1)
      }
      let second: BatchReceiver<Function.Second> = keyed.scope.receiver(emittingTo: output) {
        keyed.enter(secondSelector.key(of: $0))
        try function.processElement2($0, keyed, &$1)
      }
      let hooks = keyed.hooks(emittingTo: output) { try function.onTimer($0, keyed, &$1) }
      return HookedOperator(context, [first, second], hooks)
    }
    .sortingInBatch(by: firstSelector, secondSelector)
  }
}
