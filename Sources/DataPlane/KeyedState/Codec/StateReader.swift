/// Reads encoded values from bytes that may be anything.
///
/// Every read is checked against the end; what does not fit is thrown as a `StateCodecError` and
/// never traps. Its position is where the next value of a sequence begins; the decoders of
/// structures go by offsets of their own.
public final class StateReader {
  let bytes: [UInt8]
  let end: Int
  let names: [String]
  var position: Int
  /// How many decoders are at work within each other.
  var depth = 0

  /// A reader of the values in part of the bytes, with their name table.
  package init(_ bytes: [UInt8], values: Range<Int>, names: [String]) {
    self.bytes = bytes
    self.names = names
    position = values.lowerBound
    end = values.upperBound
  }

  /// Where the next value begins.
  package var offset: Int { position }

  /// The name table that lies in part of the bytes.
  package static func names(
    in bytes: [UInt8],
    _ range: Range<Int>
  ) throws(StateCodecError) -> [String] {
    let reader = StateReader(bytes, values: range, names: [])
    let count = try reader.varint(&reader.position)
    var names: [String] = []
    while UInt64(names.count) < count {
      names.append(try reader.text(&reader.position))
    }
    return names
  }

  // MARK: Errors

  func truncated(_ expected: String, _ offset: Int) -> StateCodecError {
    StateCodecError(.truncated, expected: expected, found: "the end", place: "byte \(offset)")
  }

  func mismatch(_ expected: String, _ found: String, _ offset: Int) -> StateCodecError {
    StateCodecError(.mismatch, expected: expected, found: found, place: "byte \(offset)")
  }

  // MARK: Bytes

  func byte(_ at: inout Int, _ expected: String) throws(StateCodecError) -> UInt8 {
    guard at < end else { throw truncated(expected, at) }
    let byte = bytes[at]
    at &+= 1
    return byte
  }

  func varint(_ at: inout Int) throws(StateCodecError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try byte(&at, "a number")
      if shift == 63, byte > 1 { throw mismatch("a number of 64 bits", "a longer one", at) }
      value |= UInt64(byte & 0x7f) &<< shift
      if byte < 0x80 { return value }
      shift &+= 7
    }
  }

  func fixed<Number: FixedWidthInteger>(
    _ type: Number.Type,
    _ at: inout Int
  ) throws(StateCodecError) -> Number {
    let size = MemoryLayout<Number>.size
    guard end &- at >= size else { throw truncated("a number of \(size) bytes", at) }
    var value: Number = 0
    for index in 0..<size {
      value |= Number(truncatingIfNeeded: bytes[at &+ index]) &<< Number(index &* 8)
    }
    at &+= size
    return value
  }

  /// The length of a string, no more than what is left.
  func textLength(_ at: inout Int) throws(StateCodecError) -> Int {
    let start = at
    let length = try varint(&at)
    guard length <= UInt64(end &- at) else { throw truncated("a string of \(length) bytes", start) }
    return Int(length)
  }

  func text(_ at: inout Int) throws(StateCodecError) -> String {
    let length = try textLength(&at)
    guard let text = String(validating: bytes[at..<at &+ length], as: UTF8.self) else {
      throw mismatch("a string in UTF-8", "bytes that are not", at)
    }
    at &+= length
    return text
  }

  // MARK: Tags and names

  func tag(_ at: inout Int) throws(StateCodecError) -> StateTag {
    let start = at
    let byte = try byte(&at, "a value")
    guard let tag = StateTag(rawValue: byte) else {
      throw mismatch("a value", "the unknown tag \(byte)", start)
    }
    return tag
  }

  /// Reads a tag that must be this one.
  func expect(_ wanted: StateTag, _ at: inout Int) throws(StateCodecError) {
    let start = at
    let found = try tag(&at)
    guard found == wanted else { throw mismatch(wanted.name, found.name, start) }
  }

  /// The number of a field's name in the name table; nil at the end of the structure.
  func name(_ at: inout Int) throws(StateCodecError) -> Int? {
    let start = at
    let number = try varint(&at)
    guard number <= UInt64(names.count) else {
      throw mismatch("one of \(names.count) names", "name \(number)", start)
    }
    return number == 0 ? nil : Int(number) - 1
  }

  // MARK: Values

  func bool(_ at: inout Int) throws(StateCodecError) -> Bool {
    let start = at
    switch try tag(&at) {
    case .true: return true
    case .false: return false
    case let other: throw mismatch("a truth value", other.name, start)
    }
  }

  func integer<Number: FixedWidthInteger>(
    _ type: Number.Type,
    _ at: inout Int
  ) throws(StateCodecError) -> Number {
    let start = at
    switch try tag(&at) {
    case .integer:
      let folded = try varint(&at)
      let value = Int64(bitPattern: (folded &>> 1) ^ (0 &- (folded & 1)))
      if let number = Number(exactly: value) { return number }
      throw mismatch("a number of type \(type)", "\(value)", start)
    case .unsigned:
      let value = try varint(&at)
      if let number = Number(exactly: value) { return number }
      throw mismatch("a number of type \(type)", "\(value)", start)
    case let other:
      throw mismatch("an integer", other.name, start)
    }
  }

  func double(_ at: inout Int) throws(StateCodecError) -> Double {
    try expect(.double, &at)
    return Double(bitPattern: try fixed(UInt64.self, &at))
  }

  func float(_ at: inout Int) throws(StateCodecError) -> Float {
    try expect(.float, &at)
    return Float(bitPattern: try fixed(UInt32.self, &at))
  }

  func string(_ at: inout Int) throws(StateCodecError) -> String {
    try expect(.string, &at)
    return try text(&at)
  }

  // MARK: Whole values

  /// Passes over a value without making it.
  func skip(_ at: inout Int, depth: Int = 0) throws(StateCodecError) {
    guard depth <= 2 * StateFormat.deepest else { throw StateCodecError.atDepth([]) }
    let start = at
    switch try tag(&at) {
    case .end: throw mismatch("a value", StateTag.end.name, start)
    case .none, .false, .true: break
    case .integer, .unsigned: _ = try varint(&at)
    case .double: _ = try fixed(UInt64.self, &at)
    case .float: _ = try fixed(UInt32.self, &at)
    case .string: at &+= try textLength(&at)
    case .list, .map: while try !isAtEnd(&at) { try skip(&at, depth: depth + 1) }
    case .structure: while try name(&at) != nil { try skip(&at, depth: depth + 1) }
    }
  }

  /// Whether a list ends here; if so, its end is passed over.
  func isAtEnd(_ at: inout Int) throws(StateCodecError) -> Bool {
    guard at < end else { throw truncated("a value or the end of a list", at) }
    guard bytes[at] == StateTag.end.rawValue else { return false }
    at &+= 1
    return true
  }

  /// Where the elements of a list or a map begin.
  func elements(
    at offset: Int,
    _ kind: StateTag,
    _ path: [any CodingKey]
  ) throws(StateCodecError) -> [Int] {
    var at = offset
    try expect(kind, &at)
    var positions: [Int] = []
    while try !isAtEnd(&at) {
      positions.append(at)
      try skip(&at)
    }
    return positions
  }
}
