/// What a stream can be partitioned by: a value with Java's hash code and an equality of its own.
///
/// The hash decides the key group, and so the subtask on which the key lives; it must be what
/// Java's `hashCode()` gives for the corresponding type, so that a key is here where it would be in
/// a real cluster. Swift's `Hashable` is of no use for it: it is seeded anew in every process.
///
/// - Important: `isSame(a, b)` implies `a.javaHash == b.javaHash`. Two keys that are the same must
///   also be encoded by the same bytes.
///
/// *Source:* Java `Object.hashCode` and `equals`; Flink `KeyGroupRangeAssignment.assignToKeyGroup`.
public protocol StreamKey: Codable, Sendable {
  /// Java's `hashCode()` of the corresponding Java value.
  var javaHash: Int32 { get }

  /// Whether the two are one and the same key.
  static func isSame(_ left: Self, _ right: Self) -> Bool

  /// Tells apart the keys of a state table that share a Java hash by design; 0 for all others.
  ///
  /// The Java hash alone decides the key group. A state that is kept per key and window has many
  /// keys with the hash of the record's key; the salt scatters them within their group.
  var placementSalt: UInt32 { get }

  /// Appends the key as Flink's serialiser of the corresponding type writes it: the order of these
  /// bytes, each taken as signed, is that of keyed results in batch.
  ///
  /// *Source:* Flink `TypeSerializer.serialize`, `VariableLengthByteKeyComparator`.
  func writeKey(to bytes: inout [UInt8])
}

extension StreamKey {
  /// No salt: the Java hash is all that there is.
  @inlinable public var placementSalt: UInt32 { 0 }
}

/// A key that is a structure of keys; its hash is the 31-fold over its fields in order.
///
/// The structure only says which fields take part:
///
/// ```swift
/// struct Route: StructKey {
///   var origin: String
///   var destination: String
///   func visitKeyFields(_ visitor: inout KeyFieldVisitor) {
///     visitor.visit(origin)
///     visitor.visit(destination)
///   }
/// }
/// ```
///
/// The equality that comes with it boxes the fields, some 100 ns a comparison; a key on a hot path
/// does well to write its own `isSame` (`String.isSame(left.origin, right.origin) && …`).
///
/// *Source:* Flink `Tuple2.hashCode` and its sisters.
public protocol StructKey: StreamKey {
  /// Shows every field of the key to the visitor, always all and always in the same order.
  func visitKeyFields(_ visitor: inout KeyFieldVisitor)
}

extension StructKey {
  /// The 31-fold of the fields' hashes, from 0, in the order in which they are visited.
  @inlinable
  public var javaHash: Int32 {
    var visitor = KeyFieldVisitor(purpose: .hash)
    visitKeyFields(&visitor)
    return visitor.hash
  }

  /// Whether the two agree in each field.
  @inlinable
  public static func isSame(_ left: Self, _ right: Self) -> Bool {
    var visitor = KeyFieldVisitor(purpose: .remember)
    left.visitKeyFields(&visitor)
    visitor.purpose = .compare
    right.visitKeyFields(&visitor)
    return visitor.agreesToTheEnd
  }

  /// The fields in the order in which they are visited.
  ///
  /// *Source:* Flink `TupleSerializer`.
  public func writeKey(to bytes: inout [UInt8]) {
    var visitor = KeyFieldVisitor(purpose: .write)
    visitKeyFields(&visitor)
    bytes += visitor.bytes
  }
}

/// Walks over the fields of a `StructKey`, to hash them or to compare them with another's.
@frozen
public struct KeyFieldVisitor {
  @usableFromInline
  enum Purpose {
    case hash
    case remember
    case compare
    case write
  }

  @usableFromInline var purpose: Purpose
  @usableFromInline var hash: Int32 = 0
  @usableFromInline var remembered: [any StreamKey] = []
  @usableFromInline var compared = 0
  @usableFromInline var agrees = true
  @usableFromInline var bytes: [UInt8] = []

  @inlinable
  init(purpose: Purpose) {
    self.purpose = purpose
  }

  @inlinable var agreesToTheEnd: Bool { agrees && compared == remembered.count }

  /// Takes one field into account.
  @inlinable
  public mutating func visit<Field: StreamKey>(_ field: Field) {
    switch purpose {
    case .hash:
      hash = 31 &* hash &+ field.javaHash
    case .remember:
      remembered.append(field)
    case .compare:
      guard agrees, compared < remembered.count, let other = remembered[compared] as? Field else {
        agrees = false
        return
      }
      compared += 1
      agrees = Field.isSame(other, field)
    case .write:
      field.writeKey(to: &bytes)
    }
  }
}

/// A key that is an enumeration with raw values; it hashes and compares as its raw value does.
///
/// ```swift
/// enum Side: String, EnumKey { case buy, sell }
/// ```
///
/// *Simplified:* Flink refuses a Java `enum` as a key, because its hash code differs between
/// processes; a raw value has no such flaw.
public protocol EnumKey: StreamKey, RawRepresentable where RawValue: StreamKey {}

extension EnumKey {
  /// The hash of the raw value.
  @inlinable
  public var javaHash: Int32 { rawValue.javaHash }

  /// Whether the raw values are the same key.
  @inlinable
  public static func isSame(_ left: Self, _ right: Self) -> Bool {
    RawValue.isSame(left.rawValue, right.rawValue)
  }

  /// The raw value.
  public func writeKey(to bytes: inout [UInt8]) { rawValue.writeKey(to: &bytes) }
}
