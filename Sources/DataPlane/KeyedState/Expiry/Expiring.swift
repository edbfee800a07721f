/// A value beside the time of its last access.
///
/// *Source:* Flink `TtlValue`.
@frozen
@usableFromInline
struct Expiring<Value> {
  /// When it was last accessed, in milliseconds.
  @usableFromInline var lastAccess: Int64
  @usableFromInline var value: Value

  @inlinable
  init(_ value: Value, at lastAccess: Int64) {
    self.lastAccess = lastAccess
    self.value = value
  }
}

extension Expiring: Codable where Value: Codable {}

extension Expiring: DirectlyWritten where Value: DirectlyWritten {
  func write(to writer: StateWriter) {
    FieldPair.write("lastAccess", lastAccess, "value", value, to: writer)
  }

  static func read(from reader: StateReader) throws(StateCodecError) -> Expiring {
    try FieldPair.read("lastAccess", "value", from: reader) { lastAccess, value in
      Expiring(value, at: lastAccess)
    }
  }
}
