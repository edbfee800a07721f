/// One value for each key: for the key of the record that is being processed.
///
/// ```swift
/// let count = try context.valueState(named: "count", of: Int.self)
/// count.update((count.value() ?? 0) + 1)
/// ```
///
/// *Source:* Flink `ValueState`.
public final class ValueState<Value> {
  @usableFromInline let read: () -> Value?
  @usableFromInline let write: (Value) -> Void
  @usableFromInline let remove: () -> Void

  @inlinable
  init(
    read: @escaping () -> Value?,
    write: @escaping (Value) -> Void,
    remove: @escaping () -> Void
  ) {
    self.read = read
    self.write = write
    self.remove = remove
  }

  /// The value of the current key, or nil when it has none.
  @inlinable
  public func value() -> Value? { read() }

  /// Gives the current key a value.
  @inlinable
  public func update(_ value: Value) { write(value) }

  /// Forgets the value of the current key.
  @inlinable
  public func clear() { remove() }
}
