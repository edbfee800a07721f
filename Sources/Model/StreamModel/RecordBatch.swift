/// A buffer's worth of records of a type that only its producer and its consumer know.
///
/// A batch has one owner and is handed over, never shared: a consumer may change it in place.
open class AnyRecordBatch {
  /// How many records it holds.
  public final let count: Int

  /// How much room the records take, in bytes as the network counts them.
  public final let byteCount: Int

  /// The sum of the records' key hashes, or 0 on a stream without keys; what the digest covers.
  @inlinable
  public final var contentHash: UInt64 { hashSum }

  @usableFromInline final var hashSum: UInt64

  @inlinable
  init(count: Int, byteCount: Int, contentHash: UInt64) {
    self.count = count
    self.byteCount = byteCount
    hashSum = contentHash
  }

  /// A second batch with the same records, for a second consumer.
  open func copyErased() -> AnyRecordBatch { fatalError("a batch without records") }
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
  @inlinable
  public var keyHashes: UnsafeMutablePointer<UInt32>? { hashes }

  @usableFromInline var hashes: UnsafeMutablePointer<UInt32>?

  /// The event time of each record in milliseconds since 1970, on a stream to which somebody gave
  /// any; ``Watermark/noTimestamp`` for a record that has none.
  @inlinable
  public var timestamps: UnsafeMutablePointer<Int64>? { stamps }

  @usableFromInline var stamps: UnsafeMutablePointer<Int64>?

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
    hashes = keyHashes
    stamps = timestamps
    // Plain values have no life to end.
    deinitialize =
      _isPOD(Element.self)
      ? { _, _ in }
      : { values, count in
        // Moved out one by one: ending them as an array would ask the type for its witnesses each
        // time.
        for index in 0..<count { _ = (values + index).move() }
      }
    super.init(
      count: count,
      byteCount: count * MemoryLayout<Element>.stride,
      contentHash: Self.sum(of: keyHashes, count)
    )
  }

  /// Makes a batch of these records without key hashes.
  @inlinable
  public convenience init(_ elements: some Collection<Element>) {
    var builder = BatchBuilder<Element>(capacity: elements.count)
    for element in elements { builder.append(element) }
    let memory = builder.release()
    self.init(
      values: memory.values,  // order: a block of memory
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
  public override func copyErased() -> AnyRecordBatch { copy() }

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

  /// Gives the records key hashes, one each, in a block that the batch takes over.
  @inlinable
  public func adopt(keyHashes: UnsafeMutablePointer<UInt32>) {
    hashes?.deallocate()
    hashes = keyHashes
    hashSum = Self.sum(of: keyHashes, count)
  }

  @inlinable
  static func sum(of hashes: UnsafeMutablePointer<UInt32>?, _ count: Int) -> UInt64 {
    guard let hashes else { return 0 }
    var sum: UInt64 = 0
    for index in 0..<count { sum &+= UInt64(truncatingIfNeeded: hashes[index]) }
    return sum
  }

  /// Gives the records event times, one each, in a block that the batch takes over.
  @inlinable
  public func adopt(timestamps: UnsafeMutablePointer<Int64>) {
    stamps?.deallocate()
    stamps = timestamps
  }
}
