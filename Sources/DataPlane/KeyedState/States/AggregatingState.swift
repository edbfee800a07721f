/// One accumulator for each key, to which values are added: for the key of the record that is being
/// processed.
///
/// ```swift
/// let average = try context.aggregatingState(named: "average", by: MeanDegrees())
/// try average.add(Reading("attic", 1, degrees: 14, second: 1))
/// if let warmth = try average.get(), warmth > 20 { average.clear() }
/// ```
///
/// *Source:* Flink `AggregatingState`.
public final class AggregatingState<Input, Output> {
  @usableFromInline let read: () throws -> Output?
  @usableFromInline let combine: (Input) throws -> Void
  @usableFromInline let remove: () -> Void

  @inlinable
  init(
    read: @escaping () throws -> Output?,
    combine: @escaping (Input) throws -> Void,
    remove: @escaping () -> Void
  ) {
    self.read = read
    self.combine = combine
    self.remove = remove
  }

  /// The result of what has been added for the current key, or nil when nothing has been.
  ///
  /// - Throws: what the function throws.
  @inlinable
  public func get() throws -> Output? { try read() }

  /// Adds a value to the accumulator of the current key.
  ///
  /// - Throws: what the function throws; what it has done to the accumulator stays.
  @inlinable
  public func add(_ value: Input) throws { try combine(value) }

  /// Forgets the accumulator of the current key.
  @inlinable
  public func clear() { remove() }
}
