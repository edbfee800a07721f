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

  /// Whether a record is certain to have no field but its key and one number: then two records
  /// with the same key and the same number are the same.
  @inlinable
  func isAllOfARecord<Number>(with type: Number.Type, at offset: Int) -> Bool {
    guard let place = self.offset else { return false }
    let key = place..<place + MemoryLayout<Key>.size
    let number = offset..<offset + MemoryLayout<Number>.size
    return !key.overlaps(number) && key.count + number.count == MemoryLayout<Element>.size
  }

  /// The key of a record.
  @inlinable
  public func key(of record: Element) -> Key { compute(record) }
}
