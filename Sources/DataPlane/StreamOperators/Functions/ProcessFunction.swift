public import StreamModel

/// A user's function that processes elements one by one, and sees their time.
///
/// A value made anew for each subtask attempt. *Source:* Flink `ProcessFunction` of a stream
/// without keys.
public protocol ProcessFunction<Input, Output> {
  /// What it takes.
  associatedtype Input
  /// What it emits.
  associatedtype Output

  /// Asks for its states, before the first element.
  mutating func open(_ context: FunctionContext) throws
  /// Processes an element.
  mutating func process(
    _ element: Input,
    _ context: FunctionContext,
    _ output: inout Collector<Output>
  ) throws
  /// No more elements will come.
  mutating func endOfInput(_ context: FunctionContext, _ output: inout Collector<Output>) throws
}

extension ProcessFunction {
  /// Asks for nothing.
  public mutating func open(_ context: FunctionContext) throws {}
  /// Emits nothing.
  public mutating func endOfInput(
    _ context: FunctionContext,
    _ output: inout Collector<Output>
  ) throws {}
}

/// A closure as a function.
public struct ProcessClosure<Input, Output>: ProcessFunction {
  @usableFromInline let body:
    @Sendable (Input, FunctionContext, inout Collector<Output>) throws -> Void

  /// Wraps a closure.
  @inlinable
  public init(
    _ body: @escaping @Sendable (Input, FunctionContext, inout Collector<Output>) throws -> Void
  ) {
    self.body = body
  }

  /// Calls it.
  @inlinable
  public mutating func process(
    _ element: Input,
    _ context: FunctionContext,
    _ output: inout Collector<Output>
  ) throws {
    try body(element, context, &output)
  }
}

extension StreamOperatorFactory {
  /// Runs a function without keys.
  ///
  /// *Source:* Flink `ProcessOperator`.
  @inlinable
  public static func process<Function: ProcessFunction & SendableMetatype>(
    _ makeFunction: @escaping @Sendable () -> Function
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in
      let output = OperatorOutput<Function.Output>(outputs)
      let scope = try FunctionScope(context)
      let functionContext = FunctionContext(scope)
      var function = makeFunction()
      try scope.opening { try function.open(functionContext) }
      let receiver: BatchReceiver<Function.Input> = scope.receiver(emittingTo: output) {
        element,
        results in
        try function.process(element, functionContext, &results)
      }
      var hooks = OperatorHooks(scope)
      hooks.endOfInput = {
        scope.timestamp = nil
        try scope.emitting(to: output) { try function.endOfInput(functionContext, &$0) }
      }
      return HookedOperator(context, [receiver], hooks)
    }
  }
}

extension OperatorHooks {
  /// The hooks of an operator that follows event time and keeps state of its subtask.
  @inlinable
  init(_ scope: FunctionScope) {
    self.init()
    advance = { scope.watermark = $0 }
    sharedState = { try scope.operatorState.snapshot() }
  }
}
