public import StreamModel

/// Emits what the window came to as it is.
public struct PassWindowResult<Key: StreamKey, Result>: ProcessWindowFunction {
  /// Makes the function.
  @inlinable
  public init() {}

  /// Emits it.
  @inlinable
  public func process(
    _ key: Key,
    _ contents: Result,
    _ context: WindowContext<Key>,
    _ output: inout Collector<Result>
  ) {
    output.collect(contents)
  }

  /// Nothing: it keeps nothing for a window.
  @inlinable
  public func clear(_ context: WindowContext<Key>) {}
}

/// Emits what a closure makes of a window.
public struct ProcessWindowClosure<Key: StreamKey, Input, Output>: ProcessWindowFunction {
  @usableFromInline let body:
    @Sendable (Key, Input, WindowContext<Key>, inout Collector<Output>) throws -> Void

  /// Wraps a closure.
  @inlinable
  public init(
    _ body:
      @escaping @Sendable (Key, Input, WindowContext<Key>, inout Collector<Output>) throws ->
      Void
  ) {
    self.body = body
  }

  /// Calls it.
  @inlinable
  public func process(
    _ key: Key,
    _ contents: Input,
    _ context: WindowContext<Key>,
    _ output: inout Collector<Output>
  ) throws {
    try body(key, contents, context, &output)
  }

  /// Nothing: it keeps nothing for a window.
  @inlinable
  public func clear(_ context: WindowContext<Key>) {}
}
