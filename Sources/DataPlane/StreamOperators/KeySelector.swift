public import StreamModel

/// How a record's key is found.
///
/// A stored property is found by its offset in the record, so that the key is neither copied nor
/// computed on the way; anything else by calling the function.
public struct KeySelector<Element, Key: StreamKey>: Sendable {
  @usableFromInline let offset: Int?
  @usableFromInline let compute: @Sendable (Element) -> Key

  /// Selects a property.
  @inlinable
  public init(_ path: any KeyPath<Element, Key> & Sendable) {
    offset = MemoryLayout<Element>.offset(of: path)
    compute = { $0[keyPath: path] }
  }

  /// Selects by a function, which must give the same key for the same record every time.
  @inlinable
  public init(_ compute: @escaping @Sendable (Element) -> Key) {
    offset = nil
    self.compute = compute
  }

  /// Calls `body` with the place of the key of the record at `record`.
  @inlinable
  @inline(__always)
  public func withKey<Result>(
    of record: UnsafeMutablePointer<Element>,
    _ body: (UnsafePointer<Key>) throws -> Result
  ) rethrows -> Result {
    if let offset {
      return try body((UnsafeRawPointer(record) + offset).assumingMemoryBound(to: Key.self))
    }
    return try withUnsafePointer(to: compute(record.pointee), body)
  }

  /// The key of a record.
  @inlinable
  public func key(of record: Element) -> Key { compute(record) }
}
