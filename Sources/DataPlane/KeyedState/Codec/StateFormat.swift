/// The bytes by which encoded state describes itself.
///
/// A value is a tag and what the tag announces. Integers are zigzag varints whatever their width,
/// so a field can be widened. A structure is a sequence of field names and values; a name is a
/// number in the name table of its block, counted from 1, and 0 ends the structure. Lists and maps
/// end with the tag `end`.
enum StateTag: UInt8 {
  case end = 0
  case none = 1
  case `false` = 2
  case `true` = 3
  case integer = 4
  case unsigned = 5
  case double = 6
  case float = 7
  case string = 8
  case list = 9
  case structure = 10
  case map = 11

  /// What a value with this tag is called in an error.
  var name: String {
    switch self {
    case .end: "the end of a list"
    case .none: "nil"
    case .false, .true: "a truth value"
    case .integer: "an integer"
    case .unsigned: "a large unsigned integer"
    case .double: "a double"
    case .float: "a float"
    case .string: "a string"
    case .list: "a list"
    case .structure: "a structure"
    case .map: "a map"
    }
  }
}

/// The numbers of the format.
enum StateFormat {
  /// What bytes may be, by the six letters that they begin with.
  enum Kind: String {
    case keyed = "DREYKS"
    case document = "DREYSD"

    /// What such bytes are called in an error.
    var name: String {
      switch self {
      case .keyed: "keyed state"
      case .document: "a state document"
      }
    }
  }

  /// The version that is written, and the only one that is read.
  static let version: UInt8 = 1
  /// How deep values may be nested; deeper ones are refused, so that no stack overflows.
  static let deepest = 256
  /// How many entries a block holds at most.
  static let entriesOfBlock = 1024
  /// After how many entries a block may be closed.
  static let entriesOfStep = 64
  /// How many bytes a block may have before it is closed.
  static let bytesOfBlock = 1 << 16

  /// A fingerprint of bytes by which alterations are noticed; no protection against intent.
  ///
  /// Each step is a bijection of the word that it takes in, so a change within one word of eight
  /// bytes never goes unnoticed.
  static func checksum(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
    var sum = mix(seed ^ 0x6472_6579_2d6b_7331)
    var offset = 0
    while offset &+ 8 <= bytes.count {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      sum = mix(sum ^ UInt64(littleEndian: word))
      offset &+= 8
    }
    var last: UInt64 = 0
    var shift: UInt64 = 0
    while offset < bytes.count {
      last |= unsafe UInt64(bytes[offset]) &<< shift
      shift &+= 8
      offset &+= 1
    }
    return mix(mix(sum ^ last) ^ UInt64(bytes.count))
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    let product = (value ^ (value &>> 32)) &* 0x9e37_79b9_7f4a_7c15
    return product ^ (product &>> 29)
  }
}

extension StateFormat {
  /// Refuses bytes whose checksum is not the one that was recorded.
  static func verify(
    _ bytes: [UInt8],
    _ range: Range<Int>,
    seed: UInt64,
    _ recorded: UInt64,
    _ place: String
  ) throws(StateCodecError) {
    let sum = unsafe bytes.withUnsafeBytes { buffer in
      unsafe checksum(UnsafeRawBufferPointer(rebasing: buffer[range]), seed: seed)
    }
    guard sum == recorded else {
      throw StateCodecError(
        .altered,
        expected: "checksum \(String(recorded, radix: 16))",
        found: String(sum, radix: 16),
        place: place
      )
    }
  }

  /// Writes the letters of a kind and the format version.
  static func writeStart(of kind: Kind, to writer: StateWriter) {
    for byte in kind.rawValue.utf8 { writer.put(byte: byte) }
    writer.put(byte: version)
  }

  /// Checks the letters and the version, and says what comes behind them.
  static func readStart(of kind: Kind, in bytes: [UInt8]) throws(StateCodecError) -> Int {
    let letters = kind.rawValue.utf8
    guard bytes.starts(with: letters), bytes.count > letters.count else {
      throw StateCodecError(
        .unknownFormat,
        expected: "\(kind.name), which begins with \(kind.rawValue)",
        found: bytes.isEmpty ? "nothing" : "other bytes",
        place: "byte 0"
      )
    }
    guard bytes[letters.count] == version else {
      throw StateCodecError(
        .unknownFormat,
        expected: "format version \(version)",
        found: "version \(bytes[letters.count])",
        place: "byte \(letters.count)"
      )
    }
    return letters.count + 1
  }
}
