/// A buffer's worth of records of a type that only its producer and its consumer know.
///
/// A batch has one owner and is handed over, never shared: a consumer may change it in place.
open class AnyRecordBatch {
  /// How many records it holds.
  public final let count: Int

  /// How much room the records take, in bytes as the network counts them.
  public final let byteCount: Int

  /// The sum of the records' key hashes, or 0 on a stream without keys; what the digest covers.
  public final let contentHash: UInt64

  @inlinable
  init(count: Int, byteCount: Int, contentHash: UInt64) {
    self.count = count
    self.byteCount = byteCount
    self.contentHash = contentHash
  }
}

/// A batch of records with, on a keyed stream, the scattered hash of each record's key: what
/// decides its key group, computed once.
///
/// The memory is one flat block for the records and one for the hashes, owned by the batch.
public final class RecordBatch<Element>: AnyRecordBatch {
  /// The records: `count` initialised elements.
  public let values: UnsafeMutablePointer<Element>

  /// The scattered hash of each record's key, where a keyed exchange computed them; see
  /// ``KeyGroupAssignment/murmur(ofHash:)``.
  public let keyHashes: UnsafeMutablePointer<UInt32>?

  @usableFromInline var isEmptied = false

  /// Ends the life of records: made where their type is known, since a `deinit` is not specialised
  /// and would ask the type's metadata for each record.
  @usableFromInline let deinitialize: (UnsafeMutablePointer<Element>, Int) -> Void

  /// Takes over blocks of memory whose first `count` elements are initialised.
  @inlinable
  init(
    values: UnsafeMutablePointer<Element>,
    keyHashes: UnsafeMutablePointer<UInt32>?,
    count: Int
  ) {
    self.values = values
    self.keyHashes = keyHashes
    deinitialize = { values, count in
      // Moved out one by one: ending them as an array would ask the type for its witnesses each
      // time.
      for index in 0..<count { _ = (values + index).move() }
    }
    var sum: UInt64 = 0
    if let hashes = keyHashes {
      for index in 0..<count {
        sum &+= UInt64(truncatingIfNeeded: hashes[index])
      }
    }
    super.init(count: count, byteCount: count * MemoryLayout<Element>.stride, contentHash: sum)
  }

  /// Makes a batch of these records without key hashes.
  @inlinable
  public convenience init(_ elements: some Collection<Element>) {
    var builder = BatchBuilder<Element>(capacity: elements.count)
    for element in elements { builder.append(element) }
    let (values, hashes, count) = builder.release()
    self.init(values: values, keyHashes: hashes, count: count)
  }

  @inlinable
  deinit {
    if !isEmptied {
      deinitialize(values, count)
    }
    values.deallocate()
    keyHashes?.deallocate()
  }

  /// Says that every record was moved out of ``values``, which then counts as uninitialised.
  @inlinable
  public func markEmptied() {
    isEmptied = true
  }

  /// The records as an array; for tests and for operators where speed does not matter.
  @inlinable
  public var elements: [Element] {
    Array(UnsafeBufferPointer(start: values, count: count))
  }

  /// A second batch with the same records, for a second consumer.
  @inlinable
  public func copy() -> RecordBatch<Element> {
    let copied = UnsafeMutablePointer<Element>.allocate(capacity: max(count, 1))
    copied.initialize(from: values, count: count)
    var hashes: UnsafeMutablePointer<UInt32>? = nil
    if let keyHashes = keyHashes {
      let block = UnsafeMutablePointer<UInt32>.allocate(capacity: max(count, 1))
      block.initialize(from: keyHashes, count: count)
      hashes = block
    }
    return RecordBatch(values: copied, keyHashes: hashes, count: count)
  }
}

/// A batch while it is filled.
///
/// A value whose fields live in registers inside of a loop; ``seal()`` hands the memory to a batch.
/// Who abandons a builder calls ``discard()``.
public struct BatchBuilder<Element> {
  @usableFromInline var values: UnsafeMutablePointer<Element>?
  @usableFromInline var hashes: UnsafeMutablePointer<UInt32>?
  /// How many records were appended since the last ``seal()``.
  @inlinable
  public var count: Int { filled }

  @usableFromInline var filled: Int
  @usableFromInline var capacity: Int
  @usableFromInline let isKeyed: Bool

  /// Makes an empty builder; memory is taken at the first record.
  ///
  /// - Parameters:
  ///   - capacity: How many records fit before the memory doubles.
  ///   - isKeyed: Whether a hash is kept beside each record.
  @inlinable
  public init(capacity: Int, isKeyed: Bool = false) {
    self.capacity = max(capacity, 1)
    self.isKeyed = isKeyed
    values = nil
    hashes = nil
    filled = 0
  }
}

extension BatchBuilder {
  /// Appends a record.
  ///
  /// - Complexity: O(1) amortised.
  @inlinable
  public mutating func append(_ element: consuming Element) {
    if values == nil || filled == capacity { grow() }
    (values.unsafelyUnwrapped + filled).initialize(to: element)
    filled &+= 1
  }

  /// Appends a record with its key's hash.
  ///
  /// - Precondition: The builder is keyed.
  @inlinable
  public mutating func append(_ element: consuming Element, keyHash: UInt32) {
    if values == nil || filled == capacity { grow() }
    (values.unsafelyUnwrapped + filled).initialize(to: element)
    hashes.unsafelyUnwrapped[filled] = keyHash
    filled &+= 1
  }

  /// Moves a record out of `source` to the end.
  @inlinable
  public mutating func appendMoving(_ source: UnsafeMutablePointer<Element>, keyHash: UInt32) {
    if values == nil || filled == capacity { grow() }
    (values.unsafelyUnwrapped + filled).moveInitialize(from: source, count: 1)
    if isKeyed { hashes.unsafelyUnwrapped[filled] = keyHash }
    filled &+= 1
  }

  /// Hands the records over as a batch and leaves the builder empty; nil when there are none.
  @inlinable
  public mutating func seal() -> RecordBatch<Element>? {
    guard filled > 0 else { return nil }
    let (values, hashes, count) = release()
    return RecordBatch(values: values, keyHashes: hashes, count: count)
  }

  /// Frees what was appended and not sealed.
  @inlinable
  public mutating func discard() {
    values?.deinitialize(count: filled)
    values?.deallocate()
    hashes?.deallocate()
    values = nil
    hashes = nil
    filled = 0
  }

  @inlinable
  mutating func release() -> (UnsafeMutablePointer<Element>, UnsafeMutablePointer<UInt32>?, Int) {
    if values == nil { grow() }
    defer {
      values = nil
      hashes = nil
      filled = 0
    }
    return (values.unsafelyUnwrapped, hashes, filled)
  }

  @inlinable
  @inline(never)
  mutating func grow() {
    let larger = values == nil ? capacity : capacity * 2
    let newValues = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    if let old = values {
      newValues.moveInitialize(from: old, count: filled)
      old.deallocate()
    }
    values = newValues
    if isKeyed {
      let newHashes = UnsafeMutablePointer<UInt32>.allocate(capacity: larger)
      if let old = hashes {
        newHashes.moveInitialize(from: old, count: filled)
        old.deallocate()
      }
      hashes = newHashes
    }
    capacity = larger
  }
}

/// What a user function emits into.
///
/// *Source:* Flink `Collector`.
public struct Collector<Element> {
  @usableFromInline var builder: BatchBuilder<Element>

  /// Makes an empty collector that expects about `capacity` records.
  @inlinable
  public init(capacity: Int) {
    builder = BatchBuilder(capacity: capacity)
  }

  /// Emits a record.
  @inlinable
  public mutating func collect(_ element: consuming Element) {
    builder.append(element)
  }

  /// How many records were emitted since the last ``seal()``.
  @inlinable
  public var count: Int { builder.count }

  /// Takes what was emitted, or nil when nothing was.
  @inlinable
  public mutating func seal() -> RecordBatch<Element>? {
    builder.seal()
  }

  /// Drops what was emitted.
  @inlinable
  public mutating func discard() {
    builder.discard()
  }
}
