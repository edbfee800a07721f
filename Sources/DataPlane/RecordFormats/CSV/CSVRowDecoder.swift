import StreamModel

/// Makes a structure of the present row as its own `init(from:)` wishes.
struct CSVRowDecoder: Decoder {
  let scanner: CSVRowScanner

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(CSVRowReading<Key>(scanner: scanner))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw RowError("expected a structure to read a row into, found a list", concernsFile: true)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    throw RowError("expected a structure to read a row into, found a value", concernsFile: true)
  }
}

/// Makes a value of one field.
struct CSVFieldDecoder: Decoder {
  let scanner: CSVRowScanner
  let column: Int

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// Reads the field as a type that knows fields, or lets the type decode itself.
  @inline(__always)
  func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if let value = try simple(type) { return value }
    if let readable = type as? any FieldDecodable.Type,
      let value = try field(readable) as? Value
    {
      return value
    }
    do {
      return try Value(from: self)
    } catch is DecodingError {
      let error = try scanner.withField(column) { (field) throws(RowError) in
        field.mismatch(RawCases.expectation(of: type))
      }
      throw error.at(scanner.place(of: column))
    }
  }

  /// The types that nearly every column has, without a question to the runtime.
  @inline(__always)
  private func simple<Value>(_ type: Value.Type) throws(RowError) -> Value? {
    if type == String.self { return try field(String.self) as? Value }
    if type == Int.self { return try field(Int.self) as? Value }
    if type == EventTime.self { return try field(EventTime.self) as? Value }
    if type == Double.self { return try field(Double.self) as? Value }
    return nil
  }

  @inline(__always)
  func field<Value: FieldDecodable>(_ type: Value.Type) throws(RowError) -> Value {
    do {
      return try scanner.withField(column) { (field) throws(RowError) in try Value.decode(field) }
    } catch {
      throw error.at(scanner.place(of: column))
    }
  }

  var isBlank: Bool {
    (try? scanner.withField(column) { (field) throws(RowError) in field.isBlank }) ?? true
  }

  private var nested: RowError {
    RowError("expected a value in one field, found a structure or a list", concernsFile: true)
      .at(scanner.place(of: column))
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    throw nested
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw nested }

  func singleValueContainer() -> any SingleValueDecodingContainer {
    CSVFieldReading(decoder: self)
  }
}
