/// A batch while it is filled.
///
/// A value whose fields live in registers inside of a loop; ``seal()`` hands the memory to a batch.
/// Who abandons a builder calls ``discard()``.
public struct BatchBuilder<Element> {
  @usableFromInline var values: UnsafeMutablePointer<Element>?
  @usableFromInline var hashes: UnsafeMutablePointer<UInt32>?
  /// Event times, from the first record on that has one.
  @usableFromInline var stamps: UnsafeMutablePointer<Int64>?
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
    stamps = nil
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
    if let stamps { stamps[filled] = Watermark.noTimestamp }
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
    if let stamps { stamps[filled] = Watermark.noTimestamp }
    filled &+= 1
  }

  /// Moves a record out of `source` to the end.
  @inlinable
  public mutating func appendMoving(_ source: UnsafeMutablePointer<Element>, keyHash: UInt32) {
    if values == nil || filled == capacity { grow() }
    (values.unsafelyUnwrapped + filled).moveInitialize(from: source, count: 1)
    if isKeyed { hashes.unsafelyUnwrapped[filled] = keyHash }
    if let stamps { stamps[filled] = Watermark.noTimestamp }
    filled &+= 1
  }

  /// Moves a record out of `source` to the end, with its event time.
  @inlinable
  public mutating func appendMoving(
    _ source: UnsafeMutablePointer<Element>,
    keyHash: UInt32,
    timestamp: Int64
  ) {
    if values == nil || filled == capacity { grow() }
    if stamps == nil { becomeTimed() }
    (values.unsafelyUnwrapped + filled).moveInitialize(from: source, count: 1)
    if isKeyed { hashes.unsafelyUnwrapped[filled] = keyHash }
    stamps.unsafelyUnwrapped[filled] = timestamp
    filled &+= 1
  }

  /// Appends a record with its event time.
  @inlinable
  public mutating func append(_ element: consuming Element, timestamp: Int64) {
    if values == nil || filled == capacity { grow() }
    if stamps == nil { becomeTimed() }
    (values.unsafelyUnwrapped + filled).initialize(to: element)
    stamps.unsafelyUnwrapped[filled] = timestamp
    filled &+= 1
  }

  /// Takes memory for event times; the records so far have none.
  @inlinable
  @inline(never)
  mutating func becomeTimed() {
    let block = UnsafeMutablePointer<Int64>.allocate(capacity: capacity)
    block.initialize(repeating: Watermark.noTimestamp, count: filled)
    stamps = block
  }

  /// Hands the records over as a batch and leaves the builder empty; nil when there are none.
  @inlinable
  public mutating func seal() -> RecordBatch<Element>? {
    guard filled > 0 else { return nil }
    let memory = release()
    return RecordBatch(
      values: memory.values,  // order: a block of memory
      keyHashes: memory.hashes,
      timestamps: memory.timestamps,
      count: memory.count
    )
  }

  /// Frees what was appended and not sealed.
  @inlinable
  public mutating func discard() {
    values?.deinitialize(count: filled)
    values?.deallocate()
    hashes?.deallocate()
    stamps?.deallocate()
    values = nil
    hashes = nil
    stamps = nil
    filled = 0
  }

  /// The blocks of memory of a batch.
  @usableFromInline
  struct Memory {
    @usableFromInline let values: UnsafeMutablePointer<Element>
    @usableFromInline let hashes: UnsafeMutablePointer<UInt32>?
    @usableFromInline let timestamps: UnsafeMutablePointer<Int64>?
    @usableFromInline let count: Int

    @inlinable
    init(
      values: UnsafeMutablePointer<Element>,
      hashes: UnsafeMutablePointer<UInt32>?,
      timestamps: UnsafeMutablePointer<Int64>?,
      count: Int
    ) {
      self.values = values
      self.hashes = hashes
      self.timestamps = timestamps
      self.count = count
    }
  }

  @inlinable
  mutating func release() -> Memory {
    if values == nil { grow() }
    defer {
      values = nil
      hashes = nil
      stamps = nil
      filled = 0
    }
    return Memory(
      values: values.unsafelyUnwrapped,
      hashes: hashes,
      timestamps: stamps,
      count: filled
    )
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
    if let old = stamps {
      let newStamps = UnsafeMutablePointer<Int64>.allocate(capacity: larger)
      newStamps.moveInitialize(from: old, count: filled)
      old.deallocate()
      stamps = newStamps
    }
    capacity = larger
  }
}
