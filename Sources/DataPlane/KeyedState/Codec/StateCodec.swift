public import StreamModel

/// How values of one type become bytes and come back.
///
/// Built for any `Codable` type. Strings, numbers, truth values, and pairs and arrays of them, go a
/// shorter way that writes the very same bytes.
public struct StateCodec<Value> {
  /// The name of the type, without its module: what a restore compares.
  public let typeName: String
  /// Appends a value to a writer.
  public let write: (Value, StateWriter) throws(StateCodecError) -> Void
  /// Makes the value that comes next in a reader.
  public let read: (StateReader) throws(StateCodecError) -> Value

  /// Whether values are written without an encoder.
  package let isDirect: Bool

  init(
    isDirect: Bool,
    write: @escaping (Value, StateWriter) throws(StateCodecError) -> Void,
    read: @escaping (StateReader) throws(StateCodecError) -> Value
  ) {
    self.isDirect = isDirect
    typeName = String(describing: Value.self)
    self.write = write
    self.read = read
  }
}

extension StateCodec where Value: Codable {
  /// The fastest codec that there is for the type.
  public init() {
    if let direct = Value.self as? any DirectlyWritten.Type,
      let codec = direct.directCodec() as? StateCodec<Value>
    {
      self = codec
    } else {
      self = .general
    }
  }

  /// The codec that lets the type encode and decode itself.
  package static var general: StateCodec {
    StateCodec(
      isDirect: false,
      write: { value, writer throws(StateCodecError) in
        do {
          try StateEncoder.write(value, to: writer, path: [])
        } catch {
          throw StateCodecError.from(error)
        }
      },
      read: { reader throws(StateCodecError) in
        try StateDecoder.next(Value.self, from: reader)
      }
    )
  }
}

/// A type that is written and read without an encoder, by the bytes that an encoder would write.
protocol DirectlyWritten: Codable {
  func write(to writer: StateWriter)
  static func read(from reader: StateReader) throws(StateCodecError) -> Self
}

extension DirectlyWritten {
  static func directCodec() -> Any {
    StateCodec<Self>(
      isDirect: true,
      write: { value, writer throws(StateCodecError) in value.write(to: writer) },
      read: { reader throws(StateCodecError) in try Self.read(from: reader) }
    )
  }
}

extension String: DirectlyWritten {
  func write(to writer: StateWriter) { writer.put(self) }

  static func read(from reader: StateReader) throws(StateCodecError) -> String {
    try reader.string(&reader.position)
  }
}

extension Int: DirectlyWritten {
  func write(to writer: StateWriter) { writer.put(Int64(self)) }

  static func read(from reader: StateReader) throws(StateCodecError) -> Int {
    try reader.integer(Int.self, &reader.position)
  }
}

extension Int32: DirectlyWritten {
  func write(to writer: StateWriter) { writer.put(Int64(self)) }

  static func read(from reader: StateReader) throws(StateCodecError) -> Int32 {
    try reader.integer(Int32.self, &reader.position)
  }
}

extension Int64: DirectlyWritten {
  func write(to writer: StateWriter) { writer.put(self) }

  static func read(from reader: StateReader) throws(StateCodecError) -> Int64 {
    try reader.integer(Int64.self, &reader.position)
  }
}

extension Bool: DirectlyWritten {
  func write(to writer: StateWriter) { writer.put(self) }

  static func read(from reader: StateReader) throws(StateCodecError) -> Bool {
    try reader.bool(&reader.position)
  }
}

extension Double: DirectlyWritten {
  func write(to writer: StateWriter) { writer.put(self) }

  static func read(from reader: StateReader) throws(StateCodecError) -> Double {
    try reader.double(&reader.position)
  }
}

extension Tuple2: DirectlyWritten where T0: DirectlyWritten, T1: DirectlyWritten {
  func write(to writer: StateWriter) {
    FieldPair.write("f0", f0, "f1", f1, to: writer)
  }

  static func read(from reader: StateReader) throws(StateCodecError) -> Tuple2 {
    try FieldPair.read("f0", "f1", from: reader) { Tuple2($0, $1) }
  }
}

extension NamespacedKey: DirectlyWritten where Key: DirectlyWritten, Namespace: DirectlyWritten {
  func write(to writer: StateWriter) {
    FieldPair.write("key", key, "namespace", namespace, to: writer)
  }

  static func read(from reader: StateReader) throws(StateCodecError) -> NamespacedKey {
    try FieldPair.read("key", "namespace", from: reader) { NamespacedKey($0, in: $1) }
  }
}

extension Array: DirectlyWritten where Element: DirectlyWritten {
  func write(to writer: StateWriter) {
    writer.put(tag: .list)
    for element in self { element.write(to: writer) }
    writer.put(tag: .end)
  }

  static func read(from reader: StateReader) throws(StateCodecError) -> [Element] {
    try reader.expect(.list, &reader.position)
    var elements: [Element] = []
    while try !reader.isAtEnd(&reader.position) {
      elements.append(try Element.read(from: reader))
    }
    return elements
  }
}
