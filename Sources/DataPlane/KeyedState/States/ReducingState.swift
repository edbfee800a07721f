/// One value for each key, into which others are combined: for the key of the record that is being
/// processed.
///
/// ```swift
/// let sum = try context.reducingState(named: "sum", of: Int.self) { $0 + $1 }
/// try sum.add(7)
/// ```
///
/// *Source:* Flink `ReducingState`.
public final class ReducingState<Value> {
  @usableFromInline let read: () -> Value?
  @usableFromInline let combine: (Value) throws -> Void
  @usableFromInline let remove: () -> Void

  @inlinable
  init(
    read: @escaping () -> Value?,
    combine: @escaping (Value) throws -> Void,
    remove: @escaping () -> Void
  ) {
    self.read = read
    self.combine = combine
    self.remove = remove
  }

  /// All values of the current key combined, or nil when there are none.
  @inlinable
  public func get() -> Value? { read() }

  /// Combines what the current key has with a value; the first value is kept as it is.
  ///
  /// - Throws: what the function throws; the state is then as it was before.
  @inlinable
  public func add(_ value: Value) throws { try combine(value) }

  /// Forgets the value of the current key.
  @inlinable
  public func clear() { remove() }
}
