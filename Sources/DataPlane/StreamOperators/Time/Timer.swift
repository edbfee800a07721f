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

  @inlinable
  init(key: Key, namespace: Namespace, timestamp: Int64) {
    self.key = key
    self.namespace = namespace
    self.timestamp = timestamp
  }
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
@usableFromInline
struct TimerName<Namespace: StreamKey>: StreamKey {
  @usableFromInline var namespace: Namespace
  @usableFromInline var timestamp: Int64

  @inlinable
  init(namespace: Namespace, timestamp: Int64) {
    self.namespace = namespace
    self.timestamp = timestamp
  }

  @inlinable var javaHash: Int32 { 31 &* namespace.javaHash &+ timestamp.javaHash }

  @inlinable
  static func isSame(_ left: Self, _ right: Self) -> Bool {
    left.timestamp == right.timestamp && Namespace.isSame(left.namespace, right.namespace)
  }
}
