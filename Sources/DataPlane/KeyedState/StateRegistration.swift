import StreamModel

/// A state of any kind as a store sees it.
public struct StateRegistration {
  /// What the state is.
  public let signature: StateSignature
  /// What users of the state hold.
  public let handle: AnyObject
  /// Takes a snapshot of the content.
  public let snapshot: () -> KeyedSnapshotSource
  /// Takes over content that was restored.
  public let restore: (KeyedStateReader) throws(StateCodecError) -> Void

  /// Describes a state to a store.
  public init(
    signature: StateSignature,
    handle: AnyObject,
    snapshot: @escaping () -> KeyedSnapshotSource,
    restore: @escaping (KeyedStateReader) throws(StateCodecError) -> Void
  ) {
    self.signature = signature
    self.handle = handle
    self.snapshot = snapshot
    self.restore = restore
  }

  func isNamed(_ name: String) -> Bool { String.isSame(signature.name, name) }
}

extension StateTable where Value: Codable {
  /// The table as a store sees it.
  @inlinable
  func registration(_ signature: StateSignature, handle: AnyObject) -> StateRegistration {
    StateRegistration(
      signature: signature,
      handle: handle,
      snapshot: { self.snapshot().source(named: signature.name, kind: signature.kind) },
      restore: { reader throws(StateCodecError) in
        try self.restore(from: reader, named: signature.name, kind: signature.kind)
      }
    )
  }
}
