public import StreamModel

/// A user's function that processes elements one by one, and sees their time.
///
/// It is made anew for each subtask attempt, from its context. One that also has something to say
/// when no more elements will come is a ``BoundedOneInput``.
///
/// ```swift
/// /// Numbers the elements of its subtask.
/// struct Numbering: ProcessFunction {
///   private var count = 0
///
///   mutating func processElement(
///     _ word: String,
///     _ context: FunctionContext,
///     _ output: inout Collector<String>
///   ) {
///     count += 1
///     output.collect("\(context.subtask).\(count) \(word)")
///   }
/// }
/// ```
///
/// It goes behind a stream as `.process { _ in Numbering() }`.
/// *Source:* Flink `ProcessFunction` of a stream without keys.
public protocol ProcessFunction<Input, Output> {
  /// What it takes.
  associatedtype Input
  /// What it emits.
  associatedtype Output

  /// Processes an element.
  mutating func processElement(
    _ element: Input,
    _ context: FunctionContext,
    _ output: inout Collector<Output>
  ) throws
}

/// A function of one input that has something to say at its end.
///
/// ```swift
/// /// Adds up, and emits the sum at the end of the input.
/// struct Total: ProcessFunction, BoundedOneInput {
///   private var sum = 0
///
///   mutating func processElement(
///     _ word: String,
///     _ context: FunctionContext,
///     _ output: inout Collector<Int>
///   ) {
///     sum += word.utf8.count
///   }
///
///   mutating func endInput(_ context: FunctionContext, _ output: inout Collector<Int>) {
///     output.collect(sum)
///   }
/// }
/// ```
///
/// *Source:* Flink `BoundedOneInput`.
public protocol BoundedOneInput<Output> {
  /// What it emits.
  associatedtype Output

  /// No more elements will come.
  mutating func endInput(_ context: FunctionContext, _ output: inout Collector<Output>) throws
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
  public mutating func processElement(
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
    _ makeFunction: @escaping @Sendable (FunctionContext) throws -> Function
  ) -> StreamOperatorFactory {
    process(makeFunction) { _, _, _ in }
  }

  /// Runs a function without keys that has something to say at the end.
  @inlinable
  public static func process<Function: ProcessFunction & BoundedOneInput & SendableMetatype>(
    _ makeFunction: @escaping @Sendable (FunctionContext) throws -> Function
  ) -> StreamOperatorFactory {
    process(makeFunction) { try $0.endInput($1, &$2) }
  }

  @inlinable
  static func process<Function: ProcessFunction & SendableMetatype>(
    _ makeFunction: @escaping @Sendable (FunctionContext) throws -> Function,
    atEnd endInput:
      @escaping @Sendable (inout Function, FunctionContext, inout Collector<Function.Output>)
      throws -> Void
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in
      let output = OperatorOutput<Function.Output>(outputs)
      let scope = try FunctionScope(context)
      let functionContext = FunctionContext(scope)
      var function = try scope.opening { try makeFunction(functionContext) }
      let receiver: BatchReceiver<Function.Input> = scope.receiver(emittingTo: output) {
        element,
        results in
        try function.processElement(element, functionContext, &results)
      }
      var hooks = OperatorHooks(scope)
      hooks.endOfInput = {
        scope.timestamp = nil
        try scope.emitting(to: output) { try endInput(&function, functionContext, &$0) }
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
