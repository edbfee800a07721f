/// The key of the record that is being processed, and its Java hash, shared by a store and its
/// states.
///
/// Its memory is its own, so that changing the key for every record is not checked for exclusivity.
@safe
@usableFromInline
final class CurrentKey<Key> {
  @frozen
  @usableFromInline
  struct Content {
    @usableFromInline var key: Key?
    @usableFromInline var hash: Int32

    @inlinable
    init(key: Key?, hash: Int32) {
      self.key = key
      self.hash = hash
    }
  }

  @usableFromInline let content: UnsafeMutablePointer<Content>

  init() {
    unsafe content = UnsafeMutablePointer.allocate(capacity: 1)
    unsafe content.initialize(to: Content(key: nil, hash: 0))
  }

  deinit {
    unsafe content.deinitialize(count: 1)
    unsafe content.deallocate()
  }

  /// The key; nil before the first record.
  @inlinable var key: Key? { unsafe content.pointee.key }

  @inlinable
  func set(_ key: Key, hash: Int32) {
    unsafe content.pointee.key = key
    unsafe content.pointee.hash = hash
  }

  /// Leaves no key: there is no record at hand that has one.
  @inlinable
  func clear() {
    unsafe content.pointee.key = nil
  }

  /// Hands over key and hash.
  ///
  /// - Precondition: there has been a record.
  @inlinable
  func with<Result>(_ body: (Key, Int32) throws -> Result) rethrows -> Result {
    guard let key = unsafe content.pointee.key else { refuse() }
    return try unsafe body(key, content.pointee.hash)
  }

  @usableFromInline
  func refuse() -> Never {
    fatalError("keyed state was used while no record with a key was being processed")
  }
}
