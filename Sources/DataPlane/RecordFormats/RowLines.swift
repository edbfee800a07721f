import StreamModel

#if canImport(Glibc)
import Glibc  // memchr
#else
import Darwin  // memchr
#endif

/// A file whose rows are its lines: what the formats for rows have in common.
///
/// A line ends at LF or CR LF, a line of no bytes is no row, and a byte order mark at the start
/// belongs to none. A line may be of any length.
struct RowLines {
  let bytes: InputBytes
  let name: String
  let onBadRow: BadRowPolicy
  private let setAside = SetAsideRows()
  private let markLength: Int
  /// How many bytes end a batch, so that long rows do not make large buffers.
  private static let batchBytes = 8 * 1024

  init(_ bytes: InputBytes, named name: String, onBadRow: BadRowPolicy) {
    self.bytes = bytes
    self.name = name
    self.onBadRow = onBadRow
    markLength = bytes.markLength
  }

  /// What was set aside since it was asked last.
  func takeSetAside() -> [SetAsideRow] { setAside.take() }

  /// The line that begins at `position`, without its end and without a byte order mark, and where
  /// the next begins.
  func line(at position: Int) -> (text: UnsafeRawBufferPointer, next: Int) {
    let size = bytes.count
    let start = position == 0 ? markLength : position
    guard start < size, let base = bytes.buffer.baseAddress else {
      return (UnsafeRawBufferPointer(start: nil, count: 0), size)
    }
    guard let found = memchr(base + start, 0x0A, size - start) else {
      return (UnsafeRawBufferPointer(start: base + start, count: size - start), size)
    }
    let end = base.distance(to: UnsafeRawPointer(found))
    let hasReturn = end > start && base.load(fromByteOffset: end - 1, as: UInt8.self) == 0x0D
    let count = (hasReturn ? end - 1 : end) - start
    return (UnsafeRawBufferPointer(start: base + start, count: count), end + 1)
  }

  /// Reads the rows that begin in a split by `row`, which gives nil for a line that is none.
  ///
  /// - Throws: ``UnreadableInput`` with the line of a bad row that is not to be set aside.
  func read<Element>(
    _ split: inout SplitPosition,
    limit: Int,
    into collector: inout Collector<Element>,
    _ row: (UnsafeRawBufferPointer) throws -> Element?
  ) throws {
    skipLineOfAnother(&split)
    let first = split.position
    var count = 0
    while count < limit, split.position < split.end, split.position - first < Self.batchBytes {
      let position = split.position
      let line = line(at: position)
      if !line.text.isEmpty {
        do {
          if let element = try row(line.text) {
            collector.collect(element)
            count += 1
          }
        } catch {
          try handle(RowError(error), at: position, &split)
        }
      }
      split.position = line.next
    }
  }

  /// What an error in the row at `position` makes of the whole.
  func failure(_ error: RowError, at position: Int) -> UnreadableInput {
    let line = setAside.line(at: position, of: bytes)
    let place = error.place.map { ", \($0)" } ?? ""
    return UnreadableInput("\(name): line \(line)\(place): \(error.reason)")
  }

  private func handle(_ error: RowError, at position: Int, _ split: inout SplitPosition) throws {
    guard case .setAside(let limit) = onBadRow, !error.concernsFile else {
      throw failure(error, at: position)
    }
    let count = (split.setAside ?? 0) + 1
    guard count <= limit else {
      let failure = failure(error, at: position)
      throw UnreadableInput("\(failure); \(limit) rows of the split were set aside before it")
    }
    split.setAside = count
    guard setAside.wantsMore else { return }
    setAside.note(
      SetAsideRow(line: setAside.line(at: position, of: bytes), reason: error.description)
    )
  }

  /// Moves a split that was not read yet behind the line that began before it: that belongs to the
  /// split before.
  private func skipLineOfAnother(_ split: inout SplitPosition) {
    guard split.position == split.start, split.emitted == 0, split.start > 0 else { return }
    split.position = line(at: split.start - 1).next
  }
}
