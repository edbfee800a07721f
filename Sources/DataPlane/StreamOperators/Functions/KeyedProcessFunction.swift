public import KeyedState
public import StreamModel

/// A user's function that processes elements one by one with state by key.
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
}

extension KeyedProcessFunction {
  /// Asks for nothing.
  public mutating func open(_ context: KeyedFunctionContext<Key>) throws {}
}

/// What a keyed function can ask.
public struct KeyedFunctionContext<Key: StreamKey> {
  @usableFromInline let store: KeyedStateStore<Key>

  /// The subtask's index, from 0.
  public let subtask: Int

  @inlinable
  init(store: KeyedStateStore<Key>, subtask: Int) {
    self.store = store
    self.subtask = subtask
  }

  /// The key of the element that is being processed; nil while the function is opened.
  @inlinable
  public var currentKey: Key? { store.currentKey }

  /// One value for each key, kept in checkpoints under that name.
  ///
  /// - Throws: `StateCodecError` when the name is taken by a state of another type, or what is
  ///   restored under it is.
  @inlinable
  public func valueState<Value: Codable>(
    named name: String,
    of type: Value.Type = Value.self
  ) throws -> ValueState<Value> {
    try store.valueState(named: name, of: type)
  }
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
      let store = try context.keyedStore(by: Function.Key.self)
      let functionContext = KeyedFunctionContext(store: store, subtask: context.subtask)
      var function = makeFunction()
      do {
        try function.open(functionContext)
      } catch {
        throw OperatorFailure.wrap(error, operatorName: context.name)
      }
      let receiver = BatchReceiver<Function.Input>(operatorName: context.name) { batch in
        var results = Collector<Function.Output>(capacity: batch.count)
        do {
          for index in 0..<batch.count {
            let record = batch.values + index
            let key = selector.key(of: record.pointee)
            store.setCurrentKey(key, hash: key.javaHash)
            results.timestamp = batch.timestamps?[index]
            try function.process(record.pointee, functionContext, &results)
          }
        } catch {
          results.discard()
          throw error
        }
        try output.emit(&results)
      }
      return HookedOperator(context, [receiver], OperatorHooks(store))
    }
  }
}
