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

extension Tuple3: CSVRow where T0: CSVField, T1: CSVField, T2: CSVField {
  /// Appends the three fields.
  public func writeCSVRow(to bytes: inout [UInt8]) {
    f0.writeCSV(to: &bytes)
    bytes.append(0x2C)
    f1.writeCSV(to: &bytes)
    bytes.append(0x2C)
    f2.writeCSV(to: &bytes)
  }
}

extension EventTime: CSVField {
  /// Appends ISO 8601 text, with milliseconds where they are not zero.
  public func writeCSV(to bytes: inout [UInt8]) {
    write(to: &bytes, withMilliseconds: milliseconds % 1000 != 0)
  }
}

extension Optional: CSVField where Wrapped: CSVField {
  /// Appends nothing where there is no value: a blank field.
  public func writeCSV(to bytes: inout [UInt8]) {
    self?.writeCSV(to: &bytes)
  }
}

/// A row of CSV that lists its fields: less work to write down than to run.
public protocol CSVFields: CSVRow {
  /// The fields, in the order of the columns.
  var csvFields: [any CSVField] { get }
}

extension CSVFields {
  /// Appends the fields, separated by commas.
  public func writeCSVRow(to bytes: inout [UInt8]) {
    for (index, field) in csvFields.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      field.writeCSV(to: &bytes)
    }
  }
}
