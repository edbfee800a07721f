/// Three values: what a key of three parts can be where no structure is worth its lines.
///
/// ```swift
/// var three = Tuple3("attic", 1, 14)
/// three.f2 += 1
/// print(three)
/// ```
///
/// It is encoded with the field names `f0`, `f1` and `f2`. *Source:* Flink `Tuple3`.
@frozen
public struct Tuple3<T0, T1, T2> {
  /// The first value.
  public var f0: T0
  /// The second value.
  public var f1: T1
  /// The third value.
  public var f2: T2

  /// Puts three values together.
  @inlinable
  public init(_ f0: T0, _ f1: T1, _ f2: T2) {
    self.f0 = f0
    self.f1 = f1
    self.f2 = f2
  }
}

extension Tuple3: Sendable where T0: Sendable, T1: Sendable, T2: Sendable {}
extension Tuple3: Equatable where T0: Equatable, T1: Equatable, T2: Equatable {}
extension Tuple3: Encodable where T0: Encodable, T1: Encodable, T2: Encodable {}
extension Tuple3: Decodable where T0: Decodable, T1: Decodable, T2: Decodable {}

extension Tuple3: StreamKey where T0: StreamKey, T1: StreamKey, T2: StreamKey {
  /// The 31-fold over the hashes.
  ///
  /// *Source:* Flink `Tuple3.hashCode`.
  @inlinable
  public var javaHash: Int32 { 31 &* (31 &* f0.javaHash &+ f1.javaHash) &+ f2.javaHash }

  /// Whether all parts are the same.
  @inlinable
  public static func isSame(_ left: Tuple3, _ right: Tuple3) -> Bool {
    T0.isSame(left.f0, right.f0) && T1.isSame(left.f1, right.f1) && T2.isSame(left.f2, right.f2)
  }

  /// The parts, one after the other.
  ///
  /// *Source:* Flink `TupleSerializer`.
  public func writeKey(to bytes: inout [UInt8]) {
    f0.writeKey(to: &bytes)
    f1.writeKey(to: &bytes)
    f2.writeKey(to: &bytes)
  }
}

extension Tuple3: CustomStringConvertible {
  /// The three as Flink prints them: `(f0,f1,f2)`.
  public var description: String { "(\(f0),\(f1),\(f2))" }
}
