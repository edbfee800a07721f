/// A pair of values: the type that Flink's examples use where Swift would use a named structure.
///
/// ```swift
/// var pair = Tuple2("attic", 14)
/// pair.f1 += 1
/// print(pair)
/// ```
///
/// It is encoded with the field names `f0` and `f1`. Its `==` compares with `==`, which for strings
/// is Swift's (canonical equivalence); as a key it is compared by `isSame`, byte by byte.
///
/// *Source:* Flink `Tuple2`.
@frozen
public struct Tuple2<T0, T1> {
  /// The first value.
  public var f0: T0
  /// The second value.
  public var f1: T1

  /// Pairs two values.
  @inlinable
  public init(_ f0: T0, _ f1: T1) {
    self.f0 = f0
    self.f1 = f1
  }
}

extension Tuple2: Sendable where T0: Sendable, T1: Sendable {}
extension Tuple2: Equatable where T0: Equatable, T1: Equatable {}
extension Tuple2: Encodable where T0: Encodable, T1: Encodable {}
extension Tuple2: Decodable where T0: Decodable, T1: Decodable {}

extension Tuple2: StreamKey where T0: StreamKey, T1: StreamKey {
  /// The 31-fold over both hashes.
  ///
  /// *Source:* Flink `Tuple2.hashCode`.
  @inlinable
  public var javaHash: Int32 { 31 &* f0.javaHash &+ f1.javaHash }

  /// Whether both parts are the same.
  @inlinable
  public static func isSame(_ left: Tuple2, _ right: Tuple2) -> Bool {
    T0.isSame(left.f0, right.f0) && T1.isSame(left.f1, right.f1)
  }

  /// Both parts, one after the other.
  ///
  /// *Source:* Flink `TupleSerializer`.
  public func writeKey(to bytes: inout [UInt8]) {
    f0.writeKey(to: &bytes)
    f1.writeKey(to: &bytes)
  }
}

extension Tuple2: CustomStringConvertible {
  /// The pair as Flink prints it: `(f0,f1)`.
  public var description: String { "(\(f0),\(f1))" }
}
