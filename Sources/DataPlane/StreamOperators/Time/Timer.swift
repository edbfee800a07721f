import KeyedState
public import StreamModel

/// A moment that an operator asked for, for a key and within a namespace.
///
/// *Source:* Flink `InternalTimer`.
public struct Timer<Key: StreamKey, Namespace: StreamKey> {
  /// The key that becomes current when it fires.
  public let key: Key
  /// What it belongs to: a window, or nothing.
  public let namespace: Namespace
  /// The moment, in milliseconds since 1970.
  public let timestamp: Int64
}

/// The namespace of timers and states that belong to their key alone.
///
/// *Source:* Flink `VoidNamespace`.
public struct VoidNamespace: StreamKey {
  /// Makes the only one.
  @inlinable
  public init() {}

  /// *Source:* Flink `VoidNamespace.hashCode`.
  @inlinable public var javaHash: Int32 { 99 }

  /// Always.
  @inlinable
  public static func isSame(_ left: VoidNamespace, _ right: VoidNamespace) -> Bool { true }
}

/// What tells the timers of one key apart.
struct TimerName<Namespace: StreamKey>: StreamKey {
  var namespace: Namespace
  var timestamp: Int64

  var javaHash: Int32 { 31 &* namespace.javaHash &+ timestamp.javaHash }

  static func isSame(_ left: Self, _ right: Self) -> Bool {
    left.timestamp == right.timestamp && Namespace.isSame(left.namespace, right.namespace)
  }
}
