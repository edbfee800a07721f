/// An entry of a journal: what a run can tell about itself.
public protocol JournalRecord: Sendable {
  /// Wraps what the kernel itself has to say.
  static func kernel(_ event: KernelEvent) -> Self

  /// Writes the entry's fields; the text is canonical and is what the digest covers.
  func write(to line: inout JournalLine)
}

/// What the kernel itself reports to the journal.
public enum KernelEvent: Sendable, Equatable {
  /// A process began to live, for the first time or again.
  case processStarted(name: String, incarnation: Int)
  /// A process was killed: its memory is gone.
  case processKilled(name: String)
  /// A process stopped running until it is resumed.
  case processPaused(name: String)
  /// A paused process runs again.
  case processResumed(name: String)
  /// The processor of a process changed speed; 100 is normal, 300 takes three times as long.
  case processSlowed(name: String, percent: Int64)
  /// No message passes between the two processes any more.
  case linkCut(String, String)
  /// Messages pass again.
  case linkHealed(String, String)
  /// Storage began to refuse writes, or stopped to.
  case storageFailing(Bool)
}

/// The journal of a run: its entries in order with their instants, and the digest of all of them.
public struct Journal<Entry: JournalRecord> {
  /// An entry and the instant at which it was made.
  public struct Item: Sendable {
    /// When it happened.
    public var instant: VirtualInstant
    /// What happened.
    public var entry: Entry

    @inlinable
    init(instant: VirtualInstant, entry: Entry) {
      self.instant = instant
      self.entry = entry
    }
  }

  /// Every entry so far, in order.
  @inlinable
  public var items: [Item] { entries }

  /// The digest of the entries and of what buffers contributed, in order.
  @inlinable
  public var digest: Digest { sum }

  @usableFromInline var entries: [Item] = []
  @usableFromInline var sum: Digest
  @usableFromInline var line = JournalLine()

  init(seed: UInt64) {
    sum = Digest(seed: seed)
  }

  /// Appends an entry and folds its canonical text into the digest.
  @inlinable
  mutating func append(_ entry: Entry, at instant: VirtualInstant) {
    line.begin(at: instant)
    entry.write(to: &line)
    line.end()
    sum.combine(line: line.bytes)
    entries.append(Item(instant: instant, entry: entry))
  }

  /// Folds a word into the digest without making an entry: what a buffer of rows contributes.
  @inlinable
  mutating func contribute(_ word: UInt64) {
    sum.combine(word)
  }

  /// The journal as JSON Lines: one object a line, keys in a fixed order.
  public func jsonLines() -> [UInt8] {
    var bytes: [UInt8] = []
    var line = JournalLine()
    for item in items {
      line.begin(at: item.instant)
      item.entry.write(to: &line)
      line.end()
      bytes += line.bytes
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }
}

/// One line of a journal while it is written: a JSON object with its keys in order of writing.
public struct JournalLine {
  /// The text so far.
  public private(set) var bytes: [UInt8] = []

  /// Makes an empty line.
  public init() {}

  /// Starts the object with its instant in nanoseconds.
  public mutating func begin(at instant: VirtualInstant) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(UInt8(ascii: "{"))
    add("at", instant.nanoseconds)
  }

  /// Closes the object.
  public mutating func end() {
    bytes.append(UInt8(ascii: "}"))
  }

  /// Adds a number.
  @inlinable
  public mutating func add(_ key: String, _ value: some BinaryInteger) {
    add(key, magnitude: UInt64(value.magnitude), isNegative: value < 0)
  }

  @usableFromInline
  mutating func add(_ key: String, magnitude: UInt64, isNegative: Bool) {
    addKey(key)
    if isNegative { bytes.append(UInt8(ascii: "-")) }
    var scale: UInt64 = 1
    while magnitude / scale >= 10 { scale *= 10 }
    while scale > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude / scale % 10))
      scale /= 10
    }
  }

  /// Adds a text.
  public mutating func add(_ key: String, _ value: String) {
    addKey(key)
    JSONText.write(value, to: &bytes)
  }

  /// Adds a truth value.
  public mutating func add(_ key: String, _ value: Bool) {
    addKey(key)
    bytes += (value ? "true" : "false").utf8
  }

  /// Adds two words as hexadecimal digits, sixteen each: the text of an identifier.
  public mutating func add(_ key: String, hex high: UInt64, _ low: UInt64) {
    addKey(key)
    bytes.append(UInt8(ascii: "\""))
    addDigits(high)
    addDigits(low)
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func addDigits(_ word: UInt64) {
    for place in 1...16 {
      let digit = UInt8(truncatingIfNeeded: word >> UInt64(64 - place * 4) & 15)
      bytes.append(digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10))
    }
  }

  private mutating func addKey(_ key: String) {
    if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
    JSONText.write(key, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
  }
}

/// Writing of JSON strings.
public enum JSONText {
  /// Appends `text` as a JSON string with the escapes that RFC 8259 requires.
  public static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    if text.utf8.allSatisfy(isPlain) {
      bytes += text.utf8
    } else {
      for byte in text.utf8 { writeEscaped(byte, to: &bytes) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 32 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private static func writeEscaped(_ byte: UInt8, to bytes: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    case UInt8(ascii: "\n"): bytes += "\\n".utf8
    case UInt8(ascii: "\r"): bytes += "\\r".utf8
    case UInt8(ascii: "\t"): bytes += "\\t".utf8
    case 0..<32:
      let digits = String(byte, radix: 16)
      bytes += ("\\u00" + (digits.count == 1 ? "0" : "") + digits).utf8
    default: bytes.append(byte)
    }
  }
}
