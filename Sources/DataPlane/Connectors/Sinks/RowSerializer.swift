import StreamOperators
import KeyedState
public import StreamModel

/// Turns a sink's rows into the bytes of a transaction.
public protocol RowSerializer<Row> {
  /// What the sink takes.
  associatedtype Row
  /// How many rows were added since the last ``seal()``.
  var rows: Int { get }
  /// Adds a batch of rows.
  mutating func append(_ batch: RecordBatch<Row>) throws
  /// Takes the bytes of the rows added so far.
  mutating func seal() throws -> [UInt8]
}

/// Rows as lines of text; of more than `limit` rows in all only the first are written, all counted.
public struct LineSerializer<Row>: RowSerializer {
  @usableFromInline let write: @Sendable (Row, inout [UInt8]) -> Void
  @usableFromInline var room: Int
  @usableFromInline var bytes: [UInt8] = []
  /// How many rows were added since the last ``seal()``.
  public var rows = 0

  /// Makes a serialiser; `write` appends one row without its line end.
  @inlinable
  public init(limit: Int = .max, write: @escaping @Sendable (Row, inout [UInt8]) -> Void) {
    self.write = write
    room = limit
  }

  /// Adds a batch of rows.
  @inlinable
  public mutating func append(_ batch: RecordBatch<Row>) {
    rows &+= batch.count
    let written = min(room, batch.count)
    for index in 0..<written {
      write(batch.values[index], &bytes)
      bytes.append(0x0A)
    }
    room -= written
  }

  /// Takes the lines.
  @inlinable
  public mutating func seal() -> [UInt8] {
    defer {
      bytes = []
      rows = 0
    }
    return bytes
  }
}

/// Rows in the state codec, to be decoded as values again: what ``CollectedRows`` reads.
public struct ValueSerializer<Row: Codable>: RowSerializer {
  private var values: [Row] = []

  /// Makes an empty serialiser.
  public init() {}

  /// How many rows were added since the last ``seal()``.
  public var rows: Int { values.count }

  /// Adds a batch of rows.
  public mutating func append(_ batch: RecordBatch<Row>) {
    values += batch.elements
  }

  /// Takes the encoded rows.
  public mutating func seal() throws -> [UInt8] {
    defer { values = [] }
    return try StateDocument.encode(values)
  }
}

/// Reads what a collecting sink committed.
public enum CollectedRows {
  /// The rows of one committed transaction.
  ///
  /// - Throws: `StateCodecError` when the bytes hold rows of another type.
  public static func decode<Row: Codable>(_ type: Row.Type, from bytes: [UInt8]) throws -> [Row] {
    try StateDocument.decode([Row].self, from: bytes)
  }
}
