public import StreamModel

/// The rows of a CSV file with a header line; a split holds the rows that begin in it.
///
/// A row is a line: quoted fields may hold commas and quotes, not line ends. *Source:* Flink
/// `CsvReaderFormat`.
public struct CSVFormat<Element>: SplitFormat {
  private let lines: TextLineFormat
  private let columns: [String]
  private let decode: @Sendable (CSVRecord) throws -> Element
  private let name: String

  /// Reads an input by its header.
  ///
  /// - Throws: ``UnreadableInput`` when there is no header.
  public init(
    _ bytes: InputBytes,
    named name: String,
    decode: @escaping @Sendable (CSVRecord) throws -> Element
  ) throws {
    lines = TextLineFormat(bytes, named: name)
    self.name = name
    self.decode = decode
    var header = SplitPosition(start: 0, end: bytes.count)
    var collector = Collector<String>(capacity: 1)
    try lines.read(&header, limit: 1, into: &collector)
    guard let line = collector.seal()?.elements.first else {
      throw UnreadableInput("\(name): no header line")
    }
    do {
      columns = try CSVRecord.fields(of: line)
    } catch {
      throw UnreadableInput("\(name): line 1: \(error)")
    }
  }

  /// The file's length in bytes.
  public var size: Int { lines.size }

  /// Emits the next rows of the split.
  ///
  /// - Throws: ``UnreadableInput`` with the line of a bad row, counted from the file's first.
  public func read(
    _ split: inout SplitPosition,
    limit: Int,
    into collector: inout Collector<Element>
  ) throws {
    if split.start == 0, split.position == 0 {
      var header = Collector<String>(capacity: 1)
      try lines.read(&split, limit: 1, into: &header)
      header.discard()
    }
    lines.skipLineOfAnother(&split)
    let start = split.position
    var rows = Collector<String>(capacity: limit)
    defer { rows.discard() }
    try lines.read(&split, limit: limit, into: &rows)
    for (index, line) in (rows.seal()?.elements ?? []).enumerated() where !line.isEmpty {
      do {
        collector.collect(
          try decode(CSVRecord(columns: columns, fields: try CSVRecord.fields(of: line)))
        )
      } catch {
        let number = lines.lineNumber(at: start) + index
        throw UnreadableInput("\(name): line \(number), \"\(line)\": \(error)")
      }
    }
  }
}
