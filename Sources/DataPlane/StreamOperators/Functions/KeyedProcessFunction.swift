public import StreamModel

/// A user's function that processes elements one by one with state and timers by key.
///
/// It is made anew for each subtask attempt, from its context: that is where it asks for its
/// states, so each is a `let`. What it keeps in variables of its own is lost in a failure, what it
/// keeps in state is restored.
///
/// ```swift
/// /// Emits a word when it is seen for the first time.
/// struct FirstSeen: KeyedProcessFunction {
///   private let seen: ValueState<Bool>
///
///   init(_ context: KeyedFunctionContext<String>) throws {
///     seen = try context.valueState(named: "seen")
///   }
///
///   func processElement(
///     _ word: String,
///     _ context: KeyedFunctionContext<String>,
///     _ output: inout Collector<String>
///   ) {
///     guard seen.value() == nil else { return }
///     seen.update(true)
///     output.collect(word)
///   }
/// }
/// ```
///
/// It goes behind `.keyBy { $0 }` as `.process(FirstSeen.init)`.
/// *Source:* Flink `KeyedProcessFunction`; its `open` is the initialiser here.
public protocol KeyedProcessFunction<Key, Input, Output> {
  /// What the stream is keyed by.
  associatedtype Key: StreamKey
  /// What it takes.
  associatedtype Input
  /// What it emits.
  associatedtype Output

  /// Processes an element; states speak of the element's key.
  mutating func processElement(
    _ element: Input,
    _ context: KeyedFunctionContext<Key>,
    _ output: inout Collector<Output>
  ) throws
  /// A timer fires for that moment, in milliseconds since 1970; states speak of its key.
  ///
  /// Which kind of time it waited for says ``KeyedFunctionContext/timeDomain``.
  mutating func onTimer(
    _ timestamp: Int64,
    _ context: KeyedFunctionContext<Key>,
    _ output: inout Collector<Output>
  ) throws
}

extension KeyedProcessFunction {
  /// Fails: who asks for timers takes them.
  ///
  /// - Throws: ``UnhandledTimer``.
  public mutating func onTimer(
    _ timestamp: Int64,
    _ context: KeyedFunctionContext<Key>,
    _ output: inout Collector<Output>
  ) throws { throw UnhandledTimer(of: Self.self, "KeyedFunctionContext<\(Key.self)>") }
}

/// A timer fired, and its function has no `onTimer` of the right signature.
///
/// Flink would call the empty method of the base class: nothing would happen, unnoticed.
public struct UnhandledTimer: Error, CustomStringConvertible {
  /// A sentence for people.
  public let description: String

  init<Function>(of type: Function.Type, _ context: String, _ others: String = "") {
    description =
      "\(type) registered a timer, and has no onTimer that could take it: write onTimer("
      + "_ timestamp: Int64, _ context: \(context),\(others) _ output: inout Collector<…>)"
  }
}

/// A closure as a keyed function; it asks for no timers.
public struct KeyedProcessClosure<Key: StreamKey, Input, Output>: KeyedProcessFunction {
  @usableFromInline let body:
    @Sendable (Input, KeyedFunctionContext<Key>, inout Collector<Output>) throws -> Void

  /// Wraps a closure.
  @inlinable
  public init(
    _ body:
      @escaping @Sendable (Input, KeyedFunctionContext<Key>, inout Collector<Output>) throws -> Void
  ) {
    self.body = body
  }

  /// Calls it.
  @inlinable
  public func processElement(
    _ element: Input,
    _ context: KeyedFunctionContext<Key>,
    _ output: inout Collector<Output>
  ) throws { try body(element, context, &output) }
}

extension StreamOperatorFactory {
  /// Runs a keyed function.
  ///
  /// *Source:* Flink `KeyedProcessOperator`.
  @inlinable
  public static func keyedProcess<Function: KeyedProcessFunction & SendableMetatype>(
    by selector: KeySelector<Function.Input, Function.Key>,
    _ makeFunction: @escaping @Sendable (KeyedFunctionContext<Function.Key>) throws -> Function
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in
      let output = OperatorOutput<Function.Output>(outputs)
      let keyed = try KeyedFunctionContext<Function.Key>(FunctionScope(context))
      var function = try keyed.scope.opening { try makeFunction(keyed) }
      let receiver: BatchReceiver<Function.Input> = keyed.scope.receiver(emittingTo: output) {
        element,
        results in
        keyed.enter(selector.key(of: element))
        try function.processElement(element, keyed, &results)
      }
      let hooks = keyed.hooks(emittingTo: output) { try function.onTimer($0, keyed, &$1) }
      return HookedOperator(context, [receiver], hooks)
    }
    .sortingInBatch(by: selector)
  }
}
