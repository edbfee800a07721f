public import StreamModel
public import StreamOperators

// Harnesses of operators with the usual inputs.

extension OperatorHarness {
  /// Opens an operator without keys.
  ///
  /// - Throws: `OperatorFailure` when the operator cannot be opened.
  public convenience init<Element>(
    _ factory: StreamOperatorFactory,
    taking input: Element.Type,
    emitting type: Output.Type = Output.self,
    options: HarnessOptions = HarnessOptions()
  ) throws {
    try self.init(factory, inputs: [.inTurn(input)], options: options)
  }

  /// Opens an operator of a stream that is keyed by a property.
  ///
  /// - Throws: `OperatorFailure` when the operator cannot be opened.
  public convenience init<Element, Key: StreamKey>(
    _ factory: StreamOperatorFactory,
    keyedBy path: any KeyPath<Element, Key> & Sendable,
    emitting type: Output.Type = Output.self,
    options: HarnessOptions = HarnessOptions()
  ) throws {
    try self.init(factory, inputs: [.keyed(by: path)], options: options)
  }

  /// Opens an operator of two streams that are keyed by a property each.
  ///
  /// - Throws: `OperatorFailure` when the operator cannot be opened.
  public convenience init<First, Second, Key: StreamKey>(
    _ factory: StreamOperatorFactory,
    keyedBy first: any KeyPath<First, Key> & Sendable,
    and second: any KeyPath<Second, Key> & Sendable,
    emitting type: Output.Type = Output.self,
    options: HarnessOptions = HarnessOptions()
  ) throws {
    try self.init(factory, inputs: [.keyed(by: first), .keyed(by: second)], options: options)
  }
}
