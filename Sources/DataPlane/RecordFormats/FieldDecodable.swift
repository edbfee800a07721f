public import StreamModel

/// A value that can be read from one field of a row.
///
/// An enumeration with raw values gets it for free: `enum Status: String, FieldDecodable`.
public protocol FieldDecodable {
  /// Reads the value.
  ///
  /// - Throws: ``RowError`` that says what was expected.
  static func decode(_ field: FieldText) throws(RowError) -> Self
}

extension FieldDecodable where Self: FixedWidthInteger {
  /// Reads decimal digits, with a sign or without.
  @inline(__always)
  static func decodeInteger(_ field: FieldText) throws(RowError) -> Self {
    switch NumberText.integer(Self.self, in: field.bytes) {
    case .number(let number): return number
    case .outOfRange: throw field.mismatch("a whole number from \(Self.min) to \(Self.max)")
    case .noNumber: throw field.mismatch("a whole number")
    }
  }
}

extension Int: FieldDecodable {
  /// Reads decimal digits, with a sign or without.
  public static func decode(_ field: FieldText) throws(RowError) -> Int {
    try decodeInteger(field)
  }
}

extension Int8: FieldDecodable {
  /// Reads decimal digits, with a sign or without.
  public static func decode(_ field: FieldText) throws(RowError) -> Int8 {
    try decodeInteger(field)
  }
}

extension Int16: FieldDecodable {
  /// Reads decimal digits, with a sign or without.
  public static func decode(_ field: FieldText) throws(RowError) -> Int16 {
    try decodeInteger(field)
  }
}

extension Int32: FieldDecodable {
  /// Reads decimal digits, with a sign or without.
  public static func decode(_ field: FieldText) throws(RowError) -> Int32 {
    try decodeInteger(field)
  }
}

extension Int64: FieldDecodable {
  /// Reads decimal digits, with a sign or without.
  public static func decode(_ field: FieldText) throws(RowError) -> Int64 {
    try decodeInteger(field)
  }
}

extension UInt: FieldDecodable {
  /// Reads decimal digits.
  public static func decode(_ field: FieldText) throws(RowError) -> UInt {
    try decodeInteger(field)
  }
}

extension UInt8: FieldDecodable {
  /// Reads decimal digits.
  public static func decode(_ field: FieldText) throws(RowError) -> UInt8 {
    try decodeInteger(field)
  }
}

extension UInt16: FieldDecodable {
  /// Reads decimal digits.
  public static func decode(_ field: FieldText) throws(RowError) -> UInt16 {
    try decodeInteger(field)
  }
}

extension UInt32: FieldDecodable {
  /// Reads decimal digits.
  public static func decode(_ field: FieldText) throws(RowError) -> UInt32 {
    try decodeInteger(field)
  }
}

extension UInt64: FieldDecodable {
  /// Reads decimal digits.
  public static func decode(_ field: FieldText) throws(RowError) -> UInt64 {
    try decodeInteger(field)
  }
}
extension Double: FieldDecodable {
  /// Reads a decimal number, with an exponent or without; neither `nan` nor `inf`.
  public static func decode(_ field: FieldText) throws(RowError) -> Double {
    switch NumberText.decimal(in: field.bytes) {
    case .number(let number): return number
    case .outOfRange: throw field.mismatch("a number that a Double can hold")
    case .noNumber: throw field.mismatch("a number")
    }
  }
}

extension Float: FieldDecodable {
  /// Reads a decimal number, with an exponent or without; neither `nan` nor `inf`.
  public static func decode(_ field: FieldText) throws(RowError) -> Float {
    let number = Float(try Double.decode(field))
    guard number.isFinite else { throw field.mismatch("a number that a Float can hold") }
    return number
  }
}

extension Bool: FieldDecodable {
  /// Reads `true` or `false`.
  public static func decode(_ field: FieldText) throws(RowError) -> Bool {
    if field.bytes.elementsEqual("true".utf8) { return true }
    if field.bytes.elementsEqual("false".utf8) { return false }
    throw field.mismatch("true or false")
  }
}

extension String: FieldDecodable {
  /// The text as it is.
  public static func decode(_ field: FieldText) throws(RowError) -> String { field.string }
}

extension EventTime: FieldDecodable {
  /// Reads ISO 8601 in UTC.
  public static func decode(_ field: FieldText) throws(RowError) -> EventTime {
    guard let time = EventTime(ascii: field.bytes) else {
      throw field.mismatch("a time such as 2013-03-04T05:15:00Z")
    }
    return time
  }
}

extension Optional: FieldDecodable where Wrapped: FieldDecodable {
  /// Nil when the field is blank, which means "not known".
  public static func decode(_ field: FieldText) throws(RowError) -> Wrapped? {
    field.isBlank ? nil : try Wrapped.decode(field)
  }
}

extension FieldDecodable where Self: RawRepresentable, RawValue: FieldDecodable {
  /// Reads the raw value of one of the cases.
  public static func decode(_ field: FieldText) throws(RowError) -> Self {
    guard let value = Self(rawValue: try RawValue.decode(field)) else {
      throw field.mismatch(RawCases.expectation(of: Self.self))
    }
    return value
  }
}

/// The raw values of an enumeration, for people.
enum RawCases {
  /// `one of D, C` where the cases can be listed, else the name of the type.
  static func expectation(of type: Any.Type) -> String {
    guard let listed = type as? any CaseIterable.Type else { return "a \(type)" }
    let values = rawValues(of: listed)
    guard !values.isEmpty, values.count <= 12 else { return "a \(type)" }
    return values.count == 1 ? values[0] : "one of \(values.joined(separator: ", "))"
  }

  private static func rawValues<Cases: CaseIterable>(of type: Cases.Type) -> [String] {
    type.allCases.compactMap { ($0 as? any RawRepresentable).map { "\($0.rawValue)" } }
  }
}
