public import StreamModel

#if canImport(Glibc)
import Glibc  // memchr
#else
import Darwin  // memchr
#endif

/// The lines of a UTF-8 text; a split holds the lines that begin in it.
///
/// A line ends at LF, at CR LF, or at the end of the text. A line that begins before a split's end
/// is read to its own end. A byte order mark at the start is no part of the first line.
/// *Source:* Flink `TextLineInputFormat`.
public struct TextLineFormat: SplitFormat {
  private let bytes: InputBytes
  private let name: String
  private let batchBytes: Int
  private let markLength: Int

  /// Reads an input; a batch ends with the line that brings it to `batchBytes`.
  public init(_ bytes: InputBytes, named name: String, batchBytes: Int = 8 * 1024) {
    self.bytes = bytes
    self.name = name
    self.batchBytes = batchBytes
    markLength = bytes.markLength
  }

  /// The text's length in bytes.
  public var size: Int { bytes.count }

  /// Emits the next lines of the split.
  ///
  /// - Throws: ``UnreadableInput`` at bytes that are not UTF-8, with the line's place.
  public func read(
    _ split: inout SplitPosition,
    limit: Int,
    into collector: inout Collector<String>
  ) throws {
    guard let base = bytes.buffer.baseAddress, size > markLength else {
      split.position = split.end
      return
    }
    skipLineOfAnother(&split)
    let first = split.position
    var start = first == 0 ? markLength : first
    var count = 0
    while count < limit, split.position < split.end, split.position - first < batchBytes {
      let line = endOfLine(from: start, base)
      let text = UnsafeRawBufferPointer(start: base + start, count: line.end - start)
      guard let string = Self.string(text) else {
        throw UnreadableInput("\(name): line \(lineNumber(at: start)) is not valid UTF-8")
      }
      collector.collect(string)
      split.position = line.next
      start = line.next
      count += 1
    }
  }

  /// Moves a split that was not read yet behind the line that began before it: that belongs to the
  /// split before.
  func skipLineOfAnother(_ split: inout SplitPosition) {
    guard split.position == split.start, split.emitted == 0, split.start > 0,
      let base = bytes.buffer.baseAddress
    else { return }
    split.position = endOfLine(from: split.start - 1, base).next
  }

  /// The number, from 1, of the line that contains `position`.
  ///
  /// - Complexity: O(`position`).
  func lineNumber(at position: Int) -> Int {
    bytes.buffer[..<position].count { $0 == 0x0A } + 1
  }

  /// The line as a string, or nil when it is not UTF-8; most text is ASCII, which is quickly seen.
  private static func string(_ line: UnsafeRawBufferPointer) -> String? {
    var seen: UInt64 = 0
    let words = line.count / 8
    for word in 0..<words {
      seen |= line.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
    }
    for offset in words * 8..<line.count { seen |= UInt64(line[offset]) }
    guard seen & 0x8080_8080_8080_8080 == 0 else { return String(validating: line, as: UTF8.self) }
    return String(decoding: line, as: UTF8.self)
  }

  /// Where the line that contains `position` ends, and where the next one begins.
  private func endOfLine(from position: Int, _ base: UnsafeRawPointer) -> (end: Int, next: Int) {
    guard position < size, let found = memchr(base + position, 0x0A, size - position) else {
      return (size, size)
    }
    let end = base.distance(to: UnsafeRawPointer(found))
    let hasReturn =
      end > position && base.load(fromByteOffset: end - 1, as: UInt8.self) == 0x0D
    return (hasReturn ? end - 1 : end, end + 1)
  }
}
