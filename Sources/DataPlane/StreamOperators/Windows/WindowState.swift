public import StreamModel

/// A value for each key and window.
///
/// *Source:* Flink's `ValueState` within a window's namespace.
public final class WindowState<Value> {
  private let read: () -> Value?
  private let write: (Value) -> Void
  private let remove: (TimeWindow?) -> Value?

  init(
    read: @escaping () -> Value?,
    write: @escaping (Value) -> Void,
    remove: @escaping (TimeWindow?) -> Value?
  ) {
    self.read = read
    self.write = write
    self.remove = remove
  }

  /// The value of the present key and window, or nil when they have none.
  public func value() -> Value? { read() }

  /// Gives the present key and window a value.
  public func update(_ value: Value) { write(value) }

  /// Forgets the value of the present key and window.
  public func clear() { _ = remove(nil) }

  /// Takes the value away that the present key has in another window; for windows that merge.
  public func take(from window: TimeWindow) -> Value? { remove(window) }
}

/// The key and the window at hand, without the key's type.
@usableFromInline
protocol WindowScoping: AnyObject {
  var currentWatermark: Watermark { get }
  var currentProcessingTime: Int64 { get }
  func windowState<Value: Codable>(
    named name: String,
    of type: Value.Type
  ) throws -> WindowState<Value>
}
