public import StreamModel

/// The rows of a JSON Lines file, one JSON text a line; a split holds those that begin in it.
///
/// Keys that nobody asks for are passed over, and an optional whose key is missing is nil. A line
/// of nothing but white space is skipped. *Source:* Flink `JsonDeserializationSchema`.
public struct JSONLinesFormat<Element: Decodable>: SplitFormat {
  private let lines: RowLines
  private let tape = JSONTape()

  /// Reads an input, each line as a structure whose properties bear the names of keys.
  public init(
    _ bytes: InputBytes,
    named name: String,
    as type: Element.Type,
    onBadRow: BadRowPolicy = .fail
  ) {
    lines = RowLines(bytes, named: name, onBadRow: onBadRow)
  }

  /// The file's length in bytes.
  public var size: Int { lines.bytes.count }

  /// Emits the next rows of the split.
  ///
  /// - Throws: ``UnreadableInput`` with the line of a bad row, counted from 1.
  public func read(
    _ split: inout SplitPosition,
    limit: Int,
    into collector: inout Collector<Element>
  ) throws {
    try lines.read(&split, limit: limit, into: &collector) { line in
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return nil }
      try tape.read(line)
      return try JSONValueDecoder(tape: tape, node: 0).read(Element.self)
    }
  }

  /// What was set aside since it was asked last.
  public func takeSetAside() -> [SetAsideRow] { lines.takeSetAside() }
}
