import StreamModel

/// The fields of an encoded structure: their names and where their values begin.
///
/// It knows nothing of the type that is decoded, so that one compiled form serves all types.
struct StructureFields {
  private struct Field {
    var name: Int
    var offset: Int
  }

  let decoder: StateDecoder
  private var fields: [Field] = []

  /// Passes over the structure at the decoder's offset and notes where its fields are.
  init(_ decoder: StateDecoder) throws(StateCodecError) {
    self.decoder = decoder
    let reader = decoder.reader
    var at = decoder.offset
    try reader.expect(.structure, &at)
    fields.reserveCapacity(reader.names.count)
    while let name = try reader.name(&at) {
      fields.append(Field(name: name, offset: at))
      try reader.skip(&at)
    }
  }

  var reader: StateReader { decoder.reader }

  /// The names of the fields, in the order in which they were written.
  var names: [String] { fields.map { reader.names[$0.name] } }

  /// Where the value of a field begins; nil when there is no such field.
  func find(_ name: String) -> Int? {
    for field in fields where String.isSame(reader.names[field.name], name) {
      return field.offset
    }
    return nil
  }

  /// Where the value of a field begins.
  func offset(_ key: any CodingKey) throws(StateCodecError) -> Int {
    if let offset = find(key.stringValue) { return offset }
    let there = names.prefix(20).joined(separator: ", ")
    throw StateCodecError(
      .missingField,
      expected: "a field \(key.stringValue)",
      found: there.isEmpty ? "no fields" : "the fields \(there)",
      place: StateCodecError.text(of: decoder.codingPath)
    )
  }

  /// The same error, saying in which field it arose.
  func locate(_ error: StateCodecError, _ key: any CodingKey) -> StateCodecError {
    error.within(StateCodecError.text(of: decoder.codingPath + [key]))
  }

  // MARK: Values of fields

  func bool(_ key: any CodingKey) throws -> Bool {
    var at = try offset(key)
    do throws(StateCodecError) { return try reader.bool(&at) } catch { throw locate(error, key) }
  }

  func string(_ key: any CodingKey) throws -> String {
    var at = try offset(key)
    do throws(StateCodecError) { return try reader.string(&at) } catch { throw locate(error, key) }
  }

  func double(_ key: any CodingKey) throws -> Double {
    var at = try offset(key)
    do throws(StateCodecError) { return try reader.double(&at) } catch { throw locate(error, key) }
  }

  func float(_ key: any CodingKey) throws -> Float {
    var at = try offset(key)
    do throws(StateCodecError) { return try reader.float(&at) } catch { throw locate(error, key) }
  }

  func integer<Number: FixedWidthInteger>(_ key: any CodingKey) throws -> Number {
    var at = try offset(key)
    do throws(StateCodecError) {
      return try reader.integer(Number.self, &at)
    } catch {
      throw locate(error, key)
    }
  }

  /// A decoder of the value of a field.
  func nested(_ key: any CodingKey) throws -> StateDecoder {
    StateDecoder(
      reader: reader,
      offset: try offset(key),
      codingPath: decoder.codingPath + [key]
    )
  }
}
