import KeyedState
public import StreamModel

/// What a function can ask while an element of the stream is processed that is not broadcast:
/// broadcast state is there to be read.
///
/// ```swift
/// /// Leaves out the words that the broadcast stream names.
/// struct NotStopped: BroadcastProcessFunction {
///   let stopped: BroadcastStateDescriptor<String, Bool>
///
///   func processElement(
///     _ word: String,
///     _ context: ReadOnlyBroadcastContext,
///     _ output: inout Collector<String>
///   ) throws {
///     if try context.broadcastState(stopped)[word] == nil { output.collect(word) }
///   }
///
///   func processBroadcastElement(
///     _ word: String,
///     _ context: BroadcastContext,
///     _ output: inout Collector<String>
///   ) throws {
///     try context.broadcastState(stopped)[word] = true
///   }
/// }
/// ```
///
/// *Source:* Flink `BroadcastProcessFunction.ReadOnlyContext`.
public struct ReadOnlyBroadcastContext: FunctionContexts {
  /// What is asked at the moment.
  public let scope: FunctionScope

  @usableFromInline
  init(_ scope: FunctionScope) {
    self.scope = scope
  }

  /// The broadcast state of a descriptor.
  ///
  /// - Throws: ``OperatorStateError`` when the name is taken by a state of another kind.
  public func broadcastState<Key, Value>(
    _ descriptor: BroadcastStateDescriptor<Key, Value>
  ) throws -> ReadOnlyBroadcastState<Key, Value> {
    ReadOnlyBroadcastState(try scope.operatorState.broadcastState(named: descriptor.name))
  }
}

/// What a function can ask while an element of the broadcast stream is processed: every subtask
/// sees the same ones, and must change its broadcast state in the same way.
///
/// ```swift
/// /// Leaves out the words that the broadcast stream names.
/// struct NotStopped: BroadcastProcessFunction {
///   let stopped: BroadcastStateDescriptor<String, Bool>
///
///   func processElement(
///     _ word: String,
///     _ context: ReadOnlyBroadcastContext,
///     _ output: inout Collector<String>
///   ) throws {
///     if try context.broadcastState(stopped)[word] == nil { output.collect(word) }
///   }
///
///   func processBroadcastElement(
///     _ word: String,
///     _ context: BroadcastContext,
///     _ output: inout Collector<String>
///   ) throws {
///     try context.broadcastState(stopped)[word] = true
///   }
/// }
/// ```
///
/// *Source:* Flink `BroadcastProcessFunction.Context`.
public struct BroadcastContext: FunctionContexts {
  /// What is asked at the moment.
  public let scope: FunctionScope

  @usableFromInline
  init(_ scope: FunctionScope) {
    self.scope = scope
  }

  /// The broadcast state of a descriptor.
  ///
  /// - Throws: ``OperatorStateError`` when the name is taken by a state of another kind.
  public func broadcastState<Key, Value>(
    _ descriptor: BroadcastStateDescriptor<Key, Value>
  ) throws -> BroadcastState<Key, Value> {
    try scope.operatorState.broadcastState(named: descriptor.name)
  }
}

/// The name and types of a broadcast state.
///
/// ```swift
/// let limits = BroadcastStateDescriptor("limits", by: String.self, of: Int.self)
/// print(limits.name)
/// ```
///
/// *Source:* Flink `MapStateDescriptor`.
public struct BroadcastStateDescriptor<Key: StreamKey, Value: Codable>: Sendable {
  /// The name, one for each of an operator's broadcast states.
  public let name: String

  /// Describes a state.
  public init(_ name: String, by keyType: Key.Type = Key.self, of type: Value.Type = Value.self) {
    self.name = name
  }
}

/// A user's function that processes a stream by the light of another that every subtask sees.
///
/// ```swift
/// /// Leaves out the words that the broadcast stream names.
/// struct NotStopped: BroadcastProcessFunction {
///   let stopped: BroadcastStateDescriptor<String, Bool>
///
///   func processElement(
///     _ word: String,
///     _ context: ReadOnlyBroadcastContext,
///     _ output: inout Collector<String>
///   ) throws {
///     if try context.broadcastState(stopped)[word] == nil { output.collect(word) }
///   }
///
///   func processBroadcastElement(
///     _ word: String,
///     _ context: BroadcastContext,
///     _ output: inout Collector<String>
///   ) throws {
///     try context.broadcastState(stopped)[word] = true
///   }
/// }
/// ```
///
/// It is made anew for each subtask attempt, from its context, which also gives it lists of its
/// subtask: what comes before its rule can wait there.
///
/// *Source:* Flink `BroadcastProcessFunction`.
public protocol BroadcastProcessFunction<Input, Broadcast, Output> {
  /// What it takes from the stream.
  associatedtype Input
  /// What it takes from the broadcast stream.
  associatedtype Broadcast
  /// What it emits.
  associatedtype Output

  /// Processes an element of the stream.
  mutating func processElement(
    _ element: Input,
    _ context: ReadOnlyBroadcastContext,
    _ output: inout Collector<Output>
  ) throws
  /// Processes an element of the broadcast stream.
  mutating func processBroadcastElement(
    _ element: Broadcast,
    _ context: BroadcastContext,
    _ output: inout Collector<Output>
  ) throws
}

/// A user's function that processes a keyed stream, with state and timers by key, by the light of
/// another that every subtask sees.
///
/// ```swift
/// /// Emits what is above the limit of its room.
/// struct LastLimit: KeyedBroadcastProcessFunction {
///   let limits: BroadcastStateDescriptor<String, Int>
///
///   func processElement(
///     _ reading: Reading,
///     _ context: KeyedFunctionContext<String>,
///     _ broadcast: ReadOnlyBroadcastContext,
///     _ output: inout Collector<Reading>
///   ) throws {
///     let limit = try broadcast.broadcastState(limits)[reading.room]
///     if let limit, reading.degrees > limit { output.collect(reading) }
///   }
///
///   func processBroadcastElement(
///     _ limit: Tuple2<String, Int>,
///     _ context: BroadcastContext,
///     _ output: inout Collector<Reading>
///   ) throws {
///     try context.broadcastState(limits)[limit.f0] = limit.f1
///   }
/// }
/// ```
///
/// It is made anew for each subtask attempt, from its context.
/// *Source:* Flink `KeyedBroadcastProcessFunction`.
public protocol KeyedBroadcastProcessFunction<Key, Input, Broadcast, Output> {
  /// What the stream is keyed by.
  associatedtype Key: StreamKey
  /// What it takes from the stream.
  associatedtype Input
  /// What it takes from the broadcast stream.
  associatedtype Broadcast
  /// What it emits.
  associatedtype Output

  /// Processes an element of the keyed stream.
  mutating func processElement(
    _ element: Input,
    _ context: KeyedFunctionContext<Key>,
    _ broadcast: ReadOnlyBroadcastContext,
    _ output: inout Collector<Output>
  ) throws
  /// Processes an element of the broadcast stream; no key is present.
  mutating func processBroadcastElement(
    _ element: Broadcast,
    _ context: BroadcastContext,
    _ output: inout Collector<Output>
  ) throws
  /// A timer fires for that moment, in milliseconds since 1970; states speak of its key.
  mutating func onTimer(
    _ timestamp: Int64,
    _ context: KeyedFunctionContext<Key>,
    _ broadcast: ReadOnlyBroadcastContext,
    _ output: inout Collector<Output>
  ) throws
}

extension KeyedBroadcastProcessFunction {
  /// Fails: who asks for timers takes them.
  ///
  /// - Throws: ``UnhandledTimer``.
  public mutating func onTimer(
    _ timestamp: Int64,
    _ context: KeyedFunctionContext<Key>,
    _ broadcast: ReadOnlyBroadcastContext,
    _ output: inout Collector<Output>
  ) throws {
    throw UnhandledTimer(
      of: Self.self,
      "KeyedFunctionContext<\(Key.self)>",
      " _ broadcast: ReadOnlyBroadcastContext,"
    )
  }
}

extension StreamOperatorFactory {
  /// Runs a function of a stream and a broadcast one.
  ///
  /// *Source:* Flink `CoBroadcastWithNonKeyedOperator`.
  @inlinable
  public static func broadcastProcess<Function: BroadcastProcessFunction & SendableMetatype>(
    _ makeFunction: @escaping @Sendable (FunctionContext) throws -> Function
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in
      let output = OperatorOutput<Function.Output>(outputs)
      let scope = try FunctionScope(context)
      let readOnly = ReadOnlyBroadcastContext(scope)
      let writing = BroadcastContext(scope)
      let functionContext = FunctionContext(scope)
      var function = try scope.opening { try makeFunction(functionContext) }
      let elements: BatchReceiver<Function.Input> = scope.receiver(emittingTo: output) {
        try function.processElement($0, readOnly, &$1)
      }
      let broadcast: BatchReceiver<Function.Broadcast> = scope.receiver(emittingTo: output) {
        try function.processBroadcastElement($0, writing, &$1)
      }
      return HookedOperator(context, [elements, broadcast], OperatorHooks(scope))
    }
  }

  /// Runs a function of a keyed stream and a broadcast one.
  ///
  /// *Source:* Flink `CoBroadcastWithKeyedOperator`.
  @inlinable
  public static func keyedBroadcastProcess<
    Function: KeyedBroadcastProcessFunction & SendableMetatype
  >(
    by selector: KeySelector<Function.Input, Function.Key>,
    _ makeFunction: @escaping @Sendable (KeyedFunctionContext<Function.Key>) throws -> Function
  ) -> StreamOperatorFactory {
    StreamOperatorFactory { context, outputs in
      let output = OperatorOutput<Function.Output>(outputs)
      let keyed = try KeyedFunctionContext<Function.Key>(FunctionScope(context))
      let readOnly = ReadOnlyBroadcastContext(keyed.scope)
      let writing = BroadcastContext(keyed.scope)
      var function = try keyed.scope.opening { try makeFunction(keyed) }
      let elements: BatchReceiver<Function.Input> = keyed.scope.receiver(emittingTo: output) {
        keyed.enter(selector.key(of: $0))
        try function.processElement($0, keyed, readOnly, &$1)
      }
      let broadcast: BatchReceiver<Function.Broadcast> = keyed.scope.receiver(
        emittingTo: output
      ) {
        keyed.leaveKey()
        try function.processBroadcastElement($0, writing, &$1)
      }
      let hooks = keyed.hooks(emittingTo: output) {
        try function.onTimer($0, keyed, readOnly, &$1)
      }
      return HookedOperator(context, [elements, broadcast], hooks)
    }
    .sortingInBatch(by: selector)
  }
}
