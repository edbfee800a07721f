public import KeyedState
public import StreamModel

/// What a window function can ask for, about the key and the window at hand.
///
/// ```swift
/// /// Numbers the windows of each key.
/// struct CountOfWindow<Contents>: ProcessWindowFunction {
///   func process(
///     _ key: String,
///     _ contents: Contents,
///     _ context: WindowContext<String>,
///     _ output: inout Collector<String>
///   ) throws {
///     let windows = try context.globalState(named: "windows", of: Int.self)
///     windows.update((windows.value() ?? 0) + 1)
///     output.collect("\(key): window \(windows.value() ?? 0) ends at \(context.window.end)")
///   }
///
///   func clear(_ context: WindowContext<String>) {}
/// }
/// ```
///
/// *Source:* Flink `ProcessWindowFunction.Context`.
public struct WindowContext<Key: StreamKey> {
  @usableFromInline let scope: WindowScope<Key>
  @usableFromInline let sides: SideOutputs

  @inlinable
  init(_ scope: WindowScope<Key>, _ sides: SideOutputs) {
    self.scope = scope
    self.sides = sides
  }

  /// The key.
  public var key: Key { scope.currentKey }
  /// The window.
  public var window: TimeWindow { scope.window }
  /// How far event time has come.
  public var currentWatermark: Watermark { scope.timers.currentWatermark }
  /// Processing time: milliseconds since 1970.
  public var currentProcessingTime: Int64 { scope.timers.currentProcessingTime }

  /// A value for the key and the window.
  ///
  /// Who writes one clears it when the window is over.
  ///
  /// - Throws: `StateCodecError` when the name is taken by a state of another type.
  public func windowState<Value: Codable>(
    named name: String,
    of type: Value.Type = Value.self
  ) throws -> WindowState<Value> {
    try scope.windowState(named: "_window/\(name)", of: type)
  }

  /// A value for the key, whatever the window.
  ///
  /// - Throws: `StateCodecError` when the name is taken by a state of another type.
  public func globalState<Value: Codable>(
    named name: String,
    of type: Value.Type = Value.self
  ) throws -> ValueState<Value> {
    try scope.store.valueState(named: name, of: type)
  }

  /// Emits beside the results.
  public func output<Element>(_ tag: OutputTag<Element>, _ element: Element) {
    sides.emit(element, timestamp: window.maxTimestamp, to: tag)
  }
}

/// Makes rows of what a window holds when it fires.
///
/// ```swift
/// /// Numbers the windows of each key.
/// struct CountOfWindow<Contents>: ProcessWindowFunction {
///   func process(
///     _ key: String,
///     _ contents: Contents,
///     _ context: WindowContext<String>,
///     _ output: inout Collector<String>
///   ) throws {
///     let windows = try context.globalState(named: "windows", of: Int.self)
///     windows.update((windows.value() ?? 0) + 1)
///     output.collect("\(key): window \(windows.value() ?? 0) ends at \(context.window.end)")
///   }
///
///   func clear(_ context: WindowContext<String>) {}
/// }
/// ```
///
/// A value made anew for each subtask attempt. *Source:* Flink `ProcessWindowFunction`.
public protocol ProcessWindowFunction<Key, Input, Output> {
  /// What the stream is keyed by.
  associatedtype Key: StreamKey
  /// What the window holds: its elements, or the one result that was made of them.
  associatedtype Input
  /// What it emits.
  associatedtype Output

  /// The window fires.
  mutating func process(
    _ key: Key,
    _ contents: Input,
    _ context: WindowContext<Key>,
    _ output: inout Collector<Output>
  ) throws
  /// The window is forgotten: clear what was kept for it; nothing, where nothing was.
  mutating func clear(_ context: WindowContext<Key>) throws
}

/// What is done with an accumulator when its window fires, and when it is forgotten.
public struct WindowEmitter<Key: StreamKey, Accumulator, Output> {
  @usableFromInline let emit:
    (Key, inout Accumulator, WindowContext<Key>, inout Collector<Output>) throws -> Void
  @usableFromInline let clear: (WindowContext<Key>) throws -> Void

  /// Makes it of two closures.
  @inlinable
  init(
    clear: @escaping (WindowContext<Key>) throws -> Void = { _ in },
    emit:
      @escaping (Key, inout Accumulator, WindowContext<Key>, inout Collector<Output>) throws ->
      Void
  ) {
    self.emit = emit
    self.clear = clear
  }

  /// Gives a function what `view` makes of the accumulator.
  @inlinable
  init<Function: ProcessWindowFunction>(
    _ function: Function,
    _ view: @escaping (inout Accumulator, TimeWindow) throws -> Function.Input
  ) where Function.Key == Key, Function.Output == Output {
    var function = function
    self.init(
      clear: { try function.clear($0) },
      emit: { key, accumulator, context, output in
        let contents = try view(&accumulator, context.window)
        try function.process(key, contents, context, &output)
      }
    )
  }
}
