public import StreamModel

/// The rows of a CSV file with a header line; a split holds the rows that begin in it.
///
/// A row is a line: quoted fields may hold commas, quotes and carriage returns, not line feeds.
/// Otherwise it is RFC 4180: each row has as many fields as the header, and what stands in quotes
/// stands in them altogether. A line of no bytes is skipped. *Source:* Flink `CsvReaderFormat`.
public struct CSVFormat<Element>: SplitFormat {
  private let lines: RowLines
  private let record: CSVRecord
  private let decode: @Sendable (CSVRecord) throws -> Element
  private let firstRow: Int

  /// Reads an input by its header, its rows by a function.
  ///
  /// - Throws: ``UnreadableInput`` when there is no header, when a name in it is empty or stands
  ///   there twice, and when the first row asks for a column that it lacks.
  public init(
    _ bytes: InputBytes,
    named name: String,
    onBadRow: BadRowPolicy = .fail,
    decode: @escaping @Sendable (CSVRecord) throws -> Element
  ) throws {
    lines = RowLines(bytes, named: name, onBadRow: onBadRow)
    self.decode = decode
    let header = lines.line(at: 0)
    guard bytes.count > bytes.markLength else {
      throw UnreadableInput("\(name): no header line")
    }
    do {
      record = CSVRecord(
        scanner: CSVRowScanner(columns: try CSVRowScanner.names(in: header.text))
      )
    } catch {
      throw lines.failure(error, at: 0)
    }
    firstRow = header.next
    try findMissingColumn()
  }

  /// Tries the first row that is well-formed, so that a column that is not there is found before
  /// anything is read, by every subtask.
  private func findMissingColumn() throws {
    var position = firstRow
    for _ in 0..<10 where position < lines.bytes.count {
      let line = lines.line(at: position)
      defer { position = line.next }
      if line.text.isEmpty { continue }
      do {
        try record.scanner.scan(line.text)
        _ = try decode(record)
        return
      } catch let error as RowError where error.concernsFile {
        throw lines.failure(error, at: 0)
      } catch {
        // A bad row is told of when it is read.
      }
    }
  }

  /// The file's length in bytes.
  public var size: Int { lines.bytes.count }

  /// Emits the next rows of the split.
  ///
  /// - Throws: ``UnreadableInput`` with the line of a bad row, counted from the file's first.
  public func read(
    _ split: inout SplitPosition,
    limit: Int,
    into collector: inout Collector<Element>
  ) throws {
    if split.position == 0 { split.position = firstRow }
    try lines.read(&split, limit: limit, into: &collector) { line in
      try record.scanner.scan(line)
      return try decode(record)
    }
  }

  /// What was set aside since it was asked last.
  public func takeSetAside() -> [SetAsideRow] { lines.takeSetAside() }
}

extension CSVFormat where Element: Decodable & SendableMetatype {
  /// Reads an input by its header, each row as a structure whose properties bear the names of
  /// columns.
  ///
  /// A property is a number, a `Bool`, a `String`, an ``StreamModel/EventTime``, an enumeration
  /// with raw values, anything ``FieldDecodable``, or an optional of these, which is nil where the
  /// field is blank. Every property needs its column.
  ///
  /// - Throws: ``UnreadableInput`` as with a function.
  public init(
    _ bytes: InputBytes,
    named name: String,
    as type: Element.Type,
    onBadRow: BadRowPolicy = .fail
  ) throws {
    try self.init(bytes, named: name, onBadRow: onBadRow) { record in
      try Element(from: CSVRowDecoder(scanner: record.scanner))
    }
  }
}
