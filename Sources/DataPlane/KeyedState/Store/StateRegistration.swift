import StreamModel

/// A state of any kind as a store sees it.
public struct StateRegistration {
  /// What the state is.
  public let signature: StateSignature
  /// What users of the state hold.
  public let handle: AnyObject
  /// How long what it holds lives; nil when it does not expire.
  public let timeToLive: StateTimeToLive?
  /// How much there is of it.
  public let size: () -> StateSize
  /// Takes a snapshot of the content.
  public let snapshot: () -> KeyedSnapshotSource
  /// Takes over content that was restored.
  public let restore: (KeyedStateReader) throws(StateCodecError) -> Void
  /// Forgets the content.
  public let removeAll: () -> Void

  /// Describes a state to a store.
  public init(
    signature: StateSignature,
    handle: AnyObject,
    timeToLive: StateTimeToLive? = nil,
    size: @escaping () -> StateSize,
    snapshot: @escaping () -> KeyedSnapshotSource,
    restore: @escaping (KeyedStateReader) throws(StateCodecError) -> Void,
    removeAll: @escaping () -> Void
  ) {
    self.signature = signature
    self.handle = handle
    self.timeToLive = timeToLive
    self.size = size
    self.snapshot = snapshot
    self.restore = restore
    self.removeAll = removeAll
  }

  func isNamed(_ name: String) -> Bool { String.isSame(signature.name, name) }
}

extension StateTable where Value: Codable {
  /// The table as a store sees it.
  @inlinable
  func registration(
    _ signature: StateSignature,
    handle: AnyObject,
    owned: ((Value) -> Int)? = nil
  ) -> StateRegistration {
    StateRegistration(
      signature: signature,
      handle: handle,
      size: { self.size(owned: owned) },
      snapshot: { self.snapshot().source(of: signature) },
      restore: { reader throws(StateCodecError) in
        _ = try self.restore(from: reader, as: signature)
      },
      removeAll: { self.removeAll() }
    )
  }
}
