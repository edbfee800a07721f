public import StreamModel

/// A row of a CSV file while it is read: its fields, found by the names in the header.
///
/// It is the row only as long as the function runs that it was handed to. Names cost next to
/// nothing when every row asks for the same ones in the same order.
public struct CSVRecord {
  let scanner: CSVRowScanner

  /// The value in a column; for an optional type, nil when the field is blank.
  ///
  /// - Throws: ``RowError`` when the header has no such column or the field is no such value.
  public func value<Value: FieldDecodable>(
    _ column: String,
    as type: Value.Type = Value.self
  ) throws(RowError) -> Value {
    try read(column) { (field) throws(RowError) in try Value.decode(field) }
  }

  /// The text of a column.
  ///
  /// - Throws: ``RowError`` when the header has no such column.
  public func text(_ column: String) throws(RowError) -> String {
    try read(column) { (field) throws(RowError) in field.string }
  }

  /// The number in a column.
  ///
  /// - Throws: ``RowError`` when it is no whole number.
  public func integer(_ column: String) throws(RowError) -> Int {
    try read(column) { (field) throws(RowError) in try Int.decode(field) }
  }

  /// The number in a column.
  ///
  /// - Throws: ``RowError`` when it is no decimal number.
  public func decimal(_ column: String) throws(RowError) -> Double {
    try read(column) { (field) throws(RowError) in try Double.decode(field) }
  }

  /// The time in a column.
  ///
  /// - Throws: ``RowError`` when it is no ISO 8601 in UTC.
  public func time(_ column: String) throws(RowError) -> EventTime {
    try read(column) { (field) throws(RowError) in try EventTime.decode(field) }
  }

  @inline(__always)
  private func read<Value>(
    _ column: String,
    _ body: (FieldText) throws(RowError) -> Value
  ) throws(RowError) -> Value {
    let index = try scanner.column(named: column)
    do {
      return try scanner.withField(index, body)
    } catch {
      throw error.at(scanner.place(of: index))
    }
  }

  /// Splits a line into its fields by RFC 4180.
  ///
  /// - Throws: ``CSVError`` at a quote that is not closed.
  public static func fields(of line: String) throws(CSVError) -> [String] {
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var previousWasQuote = false
    for byte in line.utf8 {
      switch (byte, isQuoted) {
      case (0x22, true):
        isQuoted = false
        previousWasQuote = true
        continue
      case (0x22, false):
        if previousWasQuote { field.append(byte) }
        isQuoted = true
      case (0x2C, false):
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
      default: field.append(byte)
      }
      previousWasQuote = false
    }
    guard !isQuoted else { throw CSVError("a quote is not closed") }
    fields.append(String(decoding: field, as: UTF8.self))
    return fields
  }
}

/// What is wrong with a row of CSV.
public struct CSVError: Error, Equatable, CustomStringConvertible {
  /// The reason.
  public let description: String

  /// Makes the error.
  public init(_ description: String) {
    self.description = description
  }
}
