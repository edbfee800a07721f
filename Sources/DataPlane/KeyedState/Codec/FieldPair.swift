import StreamModel

/// Structures of two fields, written and read without an encoder.
enum FieldPair {
  static func write<First: DirectlyWritten, Second: DirectlyWritten>(
    _ firstName: String,
    _ first: First,
    _ secondName: String,
    _ second: Second,
    to writer: StateWriter
  ) {
    writer.put(tag: .structure)
    writer.put(name: firstName)
    first.write(to: writer)
    writer.put(name: secondName)
    second.write(to: writer)
    writer.put(byte: 0)
  }

  /// Reads the structure; by its own decoder where its fields are not those two in that order.
  static func read<Pair: Decodable, First: DirectlyWritten, Second: DirectlyWritten>(
    _ firstName: String,
    _ secondName: String,
    from reader: StateReader,
    _ make: (First, Second) -> Pair
  ) throws(StateCodecError) -> Pair {
    let start = reader.position
    if let fields = try fields(firstName, secondName, First.self, Second.self, from: reader) {
      return make(fields.0, fields.1)
    }
    reader.position = start
    return try StateDecoder.next(Pair.self, from: reader)
  }

  /// The two fields if they are those, in that order, and nothing else; nil otherwise.
  private static func fields<First: DirectlyWritten, Second: DirectlyWritten>(
    _ firstName: String,
    _ secondName: String,
    _ firstType: First.Type,
    _ secondType: Second.Type,
    from reader: StateReader
  ) throws(StateCodecError) -> (First, Second)? {
    try reader.expect(.structure, &reader.position)
    guard try isNext(firstName, in: reader) else { return nil }
    let first = try First.read(from: reader)
    guard try isNext(secondName, in: reader) else { return nil }
    let second = try Second.read(from: reader)
    guard try reader.name(&reader.position) == nil else { return nil }
    return (first, second)
  }

  private static func isNext(
    _ name: String,
    in reader: StateReader
  ) throws(StateCodecError) -> Bool {
    guard let number = try reader.name(&reader.position) else { return false }
    return String.isSame(reader.names[number], name)
  }
}
