public import StreamModel

/// A value that fits in one field of a CSV row.
public protocol CSVField {
  /// Appends the field's text, quoted where RFC 4180 demands it.
  func writeCSV(to bytes: inout [UInt8])
}

/// A value that is a row of CSV.
public protocol CSVRow {
  /// Appends the fields, separated by commas, without a line end.
  func writeCSVRow(to bytes: inout [UInt8])
}

extension CSVField where Self: BinaryInteger {
  /// Appends decimal digits.
  @inlinable
  public func writeCSV(to bytes: inout [UInt8]) {
    bytes += String(self).utf8
  }
}

extension Int: CSVField {}
extension Int64: CSVField {}
extension Int32: CSVField {}

extension Double: CSVField {
  /// Appends the shortest digits that read back as the same number.
  public func writeCSV(to bytes: inout [UInt8]) {
    bytes += description.utf8
  }
}

extension Bool: CSVField {
  /// Appends `true` or `false`.
  public func writeCSV(to bytes: inout [UInt8]) {
    bytes += (self ? "true" : "false").utf8
  }
}

extension String: CSVField {
  /// Appends the text; in quotes, with quotes doubled, when it holds a comma, a quote or a line
  /// end.
  public func writeCSV(to bytes: inout [UInt8]) {
    let needsQuotes = utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else { return bytes.append(contentsOf: utf8) }
    bytes.append(0x22)
    for byte in utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }
}

extension Tuple2: CSVRow where T0: CSVField, T1: CSVField {
  /// Appends both fields.
  public func writeCSVRow(to bytes: inout [UInt8]) {
    f0.writeCSV(to: &bytes)
    bytes.append(0x2C)
    f1.writeCSV(to: &bytes)
  }
}

/// A row of a CSV file while it is read: its fields, found by the names in the header.
public struct CSVRecord: Sendable {
  private let columns: [String]
  private let fields: [String]

  /// Makes a record of a header and a line's fields.
  public init(columns: [String], fields: [String]) {
    self.columns = columns
    self.fields = fields
  }

  /// The text of a column.
  ///
  /// - Throws: ``CSVError`` when the header has no such column or the row no such field.
  public func text(_ column: String) throws(CSVError) -> String {
    guard let index = columns.firstIndex(of: column) else {
      throw CSVError("no column \(column); there are \(columns.joined(separator: ", "))")
    }
    guard index < fields.count else {
      throw CSVError("\(fields.count) fields where the header names \(columns.count)")
    }
    return fields[index]
  }

  /// The number in a column.
  ///
  /// - Throws: ``CSVError`` when it is no whole number.
  public func integer(_ column: String) throws(CSVError) -> Int {
    let text = try text(column)
    guard let number = Int(text) else {
      throw CSVError("column \(column) holds \"\(text)\", which is no whole number")
    }
    return number
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
