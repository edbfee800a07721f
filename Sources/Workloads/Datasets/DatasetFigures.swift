/// The figures of a dataset's bytes, which are given to it one stretch after the other.
package struct DatasetFigures: Sendable {
  /// How many bytes there were.
  package private(set) var bytes = 0
  private var lineEnds = 0
  private var endsInLine = false
  private var hash = SHA256()

  /// Begins with nothing.
  package init() {}

  /// Takes in more bytes.
  package mutating func add(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { unsafe add($0) }
  }

  /// Takes in more bytes.
  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    guard let last = unsafe bytes.last else { return }
    self.bytes += bytes.count
    lineEnds += unsafe bytes.count { $0 == 0x0A }
    endsInLine = last != 0x0A
    unsafe hash.update(bytes)
  }

  /// How many rows there were, without a header.
  package func rows(in format: Dataset.Format) -> Int {
    lineEnds + (endsInLine ? 1 : 0) - (format == .csv && bytes > 0 ? 1 : 0)
  }

  /// The SHA-256 of the bytes, in hexadecimal.
  package var sha256: String { hash.text() }
}
