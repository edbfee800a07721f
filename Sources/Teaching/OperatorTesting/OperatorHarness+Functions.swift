import StreamModel
public import StreamOperators

// Harnesses of the functions that a job's author writes; `makeFunction` is called anew for each
// subtask attempt.

extension OperatorHarness {
  /// Opens the operator that runs a keyed function.
  ///
  /// - Throws: `OperatorFailure` when the operator cannot be opened.
  public convenience init<Function: KeyedProcessFunction & SendableMetatype>(
    keyedBy path: any KeyPath<Function.Input, Function.Key> & Sendable,
    options: HarnessOptions = HarnessOptions(),
    _ makeFunction: @escaping @Sendable (KeyedFunctionContext<Function.Key>) throws -> Function
  ) throws where Output == Function.Output {
    try self.init(
      .keyedProcess(by: KeySelector(path), makeFunction),
      inputs: [.keyed(by: path)],
      options: options
    )
  }

  /// Opens the operator that runs a function without keys.
  ///
  /// - Throws: `OperatorFailure` when the operator cannot be opened.
  public convenience init<Function: ProcessFunction & SendableMetatype>(
    options: HarnessOptions = HarnessOptions(),
    _ makeFunction: @escaping @Sendable (FunctionContext) throws -> Function
  ) throws where Output == Function.Output {
    try self.init(
      .process(makeFunction),
      inputs: [.inTurn(Function.Input.self)],
      options: options
    )
  }

  /// Opens the operator that runs a function that has something to say at the end.
  ///
  /// - Throws: `OperatorFailure` when the operator cannot be opened.
  public convenience init<Function: ProcessFunction & BoundedOneInput & SendableMetatype>(
    options: HarnessOptions = HarnessOptions(),
    _ makeFunction: @escaping @Sendable (FunctionContext) throws -> Function
  ) throws where Output == Function.Output {
    try self.init(
      .process(makeFunction),
      inputs: [.inTurn(Function.Input.self)],
      options: options
    )
  }

  /// Opens the operator that runs a function of two streams: inputs 0 and 1.
  ///
  /// - Throws: `OperatorFailure` when the operator cannot be opened.
  public convenience init<Function: CoProcessFunction & SendableMetatype>(
    options: HarnessOptions = HarnessOptions(),
    _ makeFunction: @escaping @Sendable (FunctionContext) throws -> Function
  ) throws where Output == Function.Output {
    try self.init(
      .coProcess(makeFunction),
      inputs: [.inTurn(Function.First.self), .inTurn(Function.Second.self)],
      options: options
    )
  }

  /// Opens the operator that runs a function of two streams with the same keys: inputs 0 and 1.
  ///
  /// - Throws: `OperatorFailure` when the operator cannot be opened.
  public convenience init<Function: KeyedCoProcessFunction & SendableMetatype>(
    keyedBy first: any KeyPath<Function.First, Function.Key> & Sendable,
    and second: any KeyPath<Function.Second, Function.Key> & Sendable,
    options: HarnessOptions = HarnessOptions(),
    _ makeFunction: @escaping @Sendable (KeyedFunctionContext<Function.Key>) throws -> Function
  ) throws where Output == Function.Output {
    try self.init(
      .keyedCoProcess(by: KeySelector(first), KeySelector(second), makeFunction),
      inputs: [.keyed(by: first), .keyed(by: second)],
      options: options
    )
  }

  /// Opens the operator that runs a function of a stream, input 0, and a broadcast one, input 1.
  ///
  /// - Throws: `OperatorFailure` when the operator cannot be opened.
  public convenience init<Function: BroadcastProcessFunction & SendableMetatype>(
    options: HarnessOptions = HarnessOptions(),
    _ makeFunction: @escaping @Sendable (FunctionContext) throws -> Function
  ) throws where Output == Function.Output {
    try self.init(
      .broadcastProcess(makeFunction),
      inputs: [.inTurn(Function.Input.self), .broadcast(Function.Broadcast.self)],
      options: options
    )
  }

  /// Opens the operator that runs a function of a keyed stream, input 0, and a broadcast one,
  /// input 1.
  ///
  /// - Throws: `OperatorFailure` when the operator cannot be opened.
  public convenience init<Function: KeyedBroadcastProcessFunction & SendableMetatype>(
    keyedBy path: any KeyPath<Function.Input, Function.Key> & Sendable,
    options: HarnessOptions = HarnessOptions(),
    _ makeFunction: @escaping @Sendable (KeyedFunctionContext<Function.Key>) throws -> Function
  ) throws where Output == Function.Output {
    try self.init(
      .keyedBroadcastProcess(by: KeySelector(path), makeFunction),
      inputs: [.keyed(by: path), .broadcast(Function.Broadcast.self)],
      options: options
    )
  }

  /// Opens the operator that asks a service for each element.
  ///
  /// - Throws: `OperatorFailure` when the operator cannot be opened.
  public convenience init<Function: AsyncFunction & SendableMetatype>(
    asking settings: AsyncSettings,
    options: HarnessOptions = HarnessOptions(),
    _ makeFunction: @escaping @Sendable () -> Function
  ) throws where Output == Function.Output {
    try self.init(
      .asyncWait(settings, makeFunction),
      inputs: [.inTurn(Function.Input.self)],
      options: options
    )
  }
}
