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

  /// The event time of each record in milliseconds since 1970, on a stream to which somebody gave
  /// any; ``Watermark/noTimestamp`` for a record that has none.
  public let timestamps: UnsafeMutablePointer<Int64>?

  @usableFromInline var isEmptied = false

  /// Ends the life of records: made where their type is known, since a `deinit` is not specialised
  /// and would ask the type's metadata for each record.
  @usableFromInline let deinitialize: (UnsafeMutablePointer<Element>, Int) -> Void

  /// Takes over blocks of memory whose first `count` elements are initialised.
  @inlinable
  init(
    values: UnsafeMutablePointer<Element>,
    keyHashes: UnsafeMutablePointer<UInt32>?,
    timestamps: UnsafeMutablePointer<Int64>? = nil,
    count: Int
  ) {
    self.values = values
    self.keyHashes = keyHashes
    self.timestamps = timestamps
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
    let memory = builder.release()
    self.init(
      values: memory.values,
      keyHashes: memory.hashes,
      timestamps: memory.timestamps,
      count: memory.count
    )
  }

  @inlinable
  deinit {
    if !isEmptied {
      deinitialize(values, count)
    }
    values.deallocate()
    keyHashes?.deallocate()
    timestamps?.deallocate()
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
    return RecordBatch(
      values: copied,
      keyHashes: hashes,
      timestamps: copiedTimestamps(),
      count: count
    )
  }

  /// A copy of the records' event times; nil where they have none.
  @inlinable
  func copiedTimestamps() -> UnsafeMutablePointer<Int64>? {
    guard let timestamps = timestamps else { return nil }
    let block = UnsafeMutablePointer<Int64>.allocate(capacity: max(count, 1))
    block.initialize(from: timestamps, count: count)
    return block
  }

  /// The event time of a record.
  @inlinable
  public func timestamp(at index: Int) -> Int64 {
    timestamps?[index] ?? Watermark.noTimestamp
  }

  /// The same records with other event times, which the batch takes over; this one counts as
  /// emptied.
  @inlinable
  public func withTimestamps(_ timestamps: UnsafeMutablePointer<Int64>) -> RecordBatch<Element> {
    let moved = UnsafeMutablePointer<Element>.allocate(capacity: max(count, 1))
    moved.moveInitialize(from: values, count: count)
    markEmptied()
    var hashes: UnsafeMutablePointer<UInt32>? = nil
    if let keyHashes = keyHashes {
      let block = UnsafeMutablePointer<UInt32>.allocate(capacity: max(count, 1))
      block.initialize(from: keyHashes, count: count)
      hashes = block
    }
    return RecordBatch(values: moved, keyHashes: hashes, timestamps: timestamps, count: count)
  }
}

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
      values: memory.values,
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

/// What a user function emits into.
///
/// *Source:* Flink `Collector`.
public struct Collector<Element> {
  @usableFromInline var builder: BatchBuilder<Element>
  /// The event time that is given to what is emitted; nil for none. Operators set it to that of the
  /// record at hand, as Flink's `TimestampedCollector` does.
  public var timestamp: Int64?

  /// Makes an empty collector that expects about `capacity` records.
  @inlinable
  public init(capacity: Int) {
    builder = BatchBuilder(capacity: capacity)
  }

  /// Emits a record.
  @inlinable
  public mutating func collect(_ element: consuming Element) {
    if let timestamp {
      builder.append(element, timestamp: timestamp)
    } else {
      builder.append(element)
    }
  }

  /// Emits a record with an event time of its own.
  @inlinable
  public mutating func collect(_ element: consuming Element, timestamp: Int64) {
    builder.append(element, timestamp: timestamp)
  }

  /// Says that of the records emitted so far, which all came from `batch` one by one, each has the
  /// event time of the record that it came from.
  @inlinable
  public mutating func takeTimestamps<Source>(of batch: RecordBatch<Source>) {
    guard let copied = batch.copiedTimestamps() else { return }
    builder.stamps?.deallocate()
    builder.stamps = copied
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
