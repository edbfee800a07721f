import StreamModel

/// Bytes that grow at their end, with the name table of the block being written.
///
/// It is a class, since Swift's encoding containers all have to write to the same place; its memory
/// is its own, so that writing a byte is a store and a comparison.
@safe
public final class StateWriter {
  /// An encoding container that has not been closed yet, or the place for one value.
  struct Frame {
    var id: Int
    var kind: Kind
    var start: Int

    enum Kind {
      case slot
      case structure
      case list
      case map
    }
  }

  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  private var names: [String] = []
  private var nameAfter = 0

  var frames: [Frame] = []
  var nextFrame = 0
  /// What went wrong in a place where nothing can be thrown.
  var failure: StateCodecError?

  /// A writer without bytes.
  package init() {
    capacity = 256
    unsafe base = UnsafeMutablePointer.allocate(capacity: 256)
  }

  deinit {
    unsafe base.deallocate()
  }

  /// How many bytes have been written.
  package var length: Int { count }

  /// All bytes so far.
  package var bytes: [UInt8] {
    unsafe [UInt8](UnsafeBufferPointer(start: base, count: count))
  }

  // MARK: Bytes

  private func reserve(_ more: Int) {
    if capacity &- count < more { grow(more) }
  }

  @inline(never)
  private func grow(_ more: Int) {
    let larger = max(capacity * 2, count + more)
    let new = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    unsafe new.moveInitialize(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = unsafe new
    capacity = larger
  }

  func put(byte: UInt8) {
    reserve(1)
    unsafe base[count] = byte
    count &+= 1
  }

  func put(tag: StateTag) {
    put(byte: tag.rawValue)
  }

  func put(varint value: UInt64) {
    reserve(10)
    var rest = value
    var at = count
    while rest >= 0x80 {
      unsafe base[at] = UInt8(truncatingIfNeeded: rest) | 0x80
      rest &>>= 7
      at &+= 1
    }
    unsafe base[at] = UInt8(truncatingIfNeeded: rest)
    count = at &+ 1
  }

  /// Bytes of an integer, least significant first.
  func put<Number: FixedWidthInteger>(fixed value: Number) {
    reserve(MemoryLayout<Number>.size)
    unsafe UnsafeMutableRawPointer(base + count)
      .storeBytes(of: value.littleEndian, as: Number.self)
    count &+= MemoryLayout<Number>.size
  }

  /// Overwrites bytes that have been written before.
  func patch<Number: FixedWidthInteger>(_ value: Number, at offset: Int) {
    unsafe UnsafeMutableRawPointer(base + offset)
      .storeBytes(of: value.littleEndian, as: Number.self)
  }

  /// The length of a string in bytes, and its bytes.
  func put(text: String) {
    var text = text
    text.withUTF8 { utf8 in
      put(varint: UInt64(utf8.count))
      reserve(utf8.count)
      if let start = utf8.baseAddress {
        unsafe (base + count).update(from: start, count: utf8.count)
      }
      count &+= utf8.count
    }
  }

  /// Bytes that another writer has written.
  func put(bytes other: ArraySlice<UInt8>) {
    reserve(other.count)
    unsafe other.withUnsafeBufferPointer { source in
      if let start = source.baseAddress {
        unsafe (base + count).update(from: start, count: source.count)
      }
    }
    count &+= other.count
  }

  func checksum(of range: Range<Int>, seed: UInt64) -> UInt64 {
    unsafe StateFormat.checksum(
      UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count),
      seed: seed
    )
  }

  // MARK: Values

  func put(_ value: Bool) {
    put(tag: value ? .true : .false)
  }

  func put(_ value: Int64) {
    put(tag: .integer)
    put(varint: UInt64(bitPattern: (value &<< 1) ^ (value &>> 63)))
  }

  func put(_ value: UInt64) {
    if let signed = Int64(exactly: value) { return put(signed) }
    put(tag: .unsigned)
    put(varint: value)
  }

  func put(_ value: Double) {
    put(tag: .double)
    put(fixed: value.bitPattern)
  }

  func put(_ value: Float) {
    put(tag: .float)
    put(fixed: value.bitPattern)
  }

  func put(_ value: String) {
    put(tag: .string)
    put(text: value)
  }

  // MARK: Names

  /// The name of the field that follows, as its number in the table.
  ///
  /// Fields come in the same order again and again, so the name behind the last one is tried first.
  func put(name: String) {
    put(varint: UInt64(number(of: name)))
  }

  private func number(of name: String) -> Int {
    let expected = nameAfter < names.count ? nameAfter : 0
    if expected < names.count, String.isSame(names[expected], name) {
      nameAfter = expected + 1
      return nameAfter
    }
    if let index = names.firstIndex(where: { String.isSame($0, name) }) {
      nameAfter = index + 1
    } else {
      names.append(name)
      nameAfter = names.count
    }
    return nameAfter
  }

  /// Writes the name table and begins a new one.
  package func putNames() {
    put(varint: UInt64(names.count))
    for name in names { put(text: name) }
    names.removeAll(keepingCapacity: true)
    nameAfter = 0
  }
}
