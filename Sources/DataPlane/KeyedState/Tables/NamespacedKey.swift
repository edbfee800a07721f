public import StreamModel

/// A key within a namespace: the key of a record and, say, the window that the record falls into.
///
/// It lies in the key group of the record's key, whatever the namespace.
///
/// *Source:* Flink `StateTable`, which addresses by key group, namespace and key.
@frozen
public struct NamespacedKey<Key: StreamKey, Namespace: StreamKey>: StreamKey {
  /// The key of the record.
  public var key: Key
  /// What it is kept apart by.
  public var namespace: Namespace

  /// A key within a namespace.
  @inlinable
  public init(_ key: Key, in namespace: Namespace) {
    self.key = key
    self.namespace = namespace
  }

  /// The hash of the record's key alone.
  @inlinable public var javaHash: Int32 { key.javaHash }

  /// The scattered hash of the namespace.
  @inlinable
  public var placementSalt: UInt32 {
    UInt32(bitPattern: KeyGroupAssignment.murmur(ofHash: namespace.javaHash))
  }

  /// Whether key and namespace are the same.
  @inlinable
  public static func isSame(_ left: Self, _ right: Self) -> Bool {
    Key.isSame(left.key, right.key) && Namespace.isSame(left.namespace, right.namespace)
  }
}
