/// Finds the fields of the present row by the names in the header.
struct CSVRowReading<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let scanner: CSVRowScanner

  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { scanner.columns.compactMap { Key(stringValue: $0) } }

  func contains(_ key: Key) -> Bool { scanner.columns.contains(key.stringValue) }

  @inline(__always)
  private func field(_ key: Key) throws(RowError) -> CSVFieldDecoder {
    CSVFieldDecoder(scanner: scanner, column: try scanner.column(named: key.stringValue))
  }

  /// The value, or nil when the field is blank.
  @inline(__always)
  private func known<Value: FieldDecodable>(
    _ type: Value.Type,
    _ key: Key
  ) throws(RowError) -> Value? {
    let field = try field(key)
    return field.isBlank ? nil : try field.field(type)
  }

  func decodeNil(forKey key: Key) throws -> Bool { try field(key).isBlank }

  func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
    try field(key).field(type)
  }

  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 {
    try field(key).field(type)
  }

  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 {
    try field(key).field(type)
  }

  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 {
    try field(key).field(type)
  }

  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 {
    try field(key).field(type)
  }

  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt {
    try field(key).field(type)
  }

  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 {
    try field(key).field(type)
  }

  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 {
    try field(key).field(type)
  }

  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 {
    try field(key).field(type)
  }

  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 {
    try field(key).field(type)
  }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
    try field(key).field(type)
  }

  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    try field(key).field(type)
  }

  func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
    try field(key).field(type)
  }

  func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
    try field(key).field(type)
  }

  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
    try known(type, key)
  }

  func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? {
    try known(type, key)
  }

  func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? {
    try known(type, key)
  }

  func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? {
    try known(type, key)
  }

  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
    try known(type, key)
  }

  func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? {
    try known(type, key)
  }

  func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? {
    try known(type, key)
  }

  func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? {
    try known(type, key)
  }

  func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? {
    try known(type, key)
  }

  func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? {
    try known(type, key)
  }

  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
    try known(type, key)
  }

  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
    try known(type, key)
  }

  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
    try known(type, key)
  }

  func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? {
    try known(type, key)
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try field(key).read(type)
  }

  func decodeIfPresent<Value: Decodable>(
    _ type: Value.Type,
    forKey key: Key
  ) throws -> Value? {
    let field = try field(key)
    return field.isBlank ? nil : try field.read(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type,
    forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try field(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try field(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { CSVRowDecoder(scanner: scanner) }

  func superDecoder(forKey key: Key) throws -> any Decoder { try field(key) }
}
