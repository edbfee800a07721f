public import StreamModel

/// The content of one state at the moment of a snapshot, for whoever writes it out.
///
/// It is a structure of closures and not a protocol, because closures that are made where the
/// types of key and value are known run specialised, and methods reached through a protocol do not.
public struct KeyedSnapshotSource {
  /// What the state is.
  public let signature: StateSignature
  /// How many entries a key group has.
  public let count: (KeyGroup) -> Int
  /// Writes up to so many entries of a key group, key and value in turn, from a cursor on that
  /// begins at 0; says how many it wrote.
  public let write: (KeyGroup, inout Int, Int, StateWriter) throws(StateCodecError) -> Int
  /// Lets go of a key group that has been written: its pages need not be copied any more, and
  /// freeing all of them at the end would be felt.
  public let release: (KeyGroup) -> Void

  /// Describes the content of a state.
  ///
  /// - Precondition: `write` gives 0 only when no entry is left, and in all as many as `count`.
  public init(
    signature: StateSignature,
    count: @escaping (KeyGroup) -> Int,
    write: @escaping (KeyGroup, inout Int, Int, StateWriter) throws(StateCodecError) -> Int,
    release: @escaping (KeyGroup) -> Void
  ) {
    self.signature = signature
    self.count = count
    self.write = write
    self.release = release
  }
}

extension StateTableSnapshot where Value: Codable {
  /// The content for a snapshot writer, under a name.
  @inlinable
  public func source(named name: String, kind: String = "table") -> KeyedSnapshotSource {
    source(
      of: StateSignature(
        name: name,
        kind: kind,
        keyType: String(describing: Key.self),
        valueType: String(describing: Value.self)
      )
    )
  }

  /// The content for a snapshot writer, under a signature.
  @inlinable
  func source(of signature: StateSignature) -> KeyedSnapshotSource {
    let keys = StateCodec<Key>()
    let values = StateCodec<Value>()
    return KeyedSnapshotSource(
      signature: signature,
      count: { self.count(of: $0) },
      write: { group, cursor, limit, writer throws(StateCodecError) in
        let index = group.index - self.keyGroups.lowest.index
        return try unsafe self.groups[index].write(
          from: &cursor,
          limit: limit,
          to: writer,
          keys,
          values
        )
      },
      release: { self.release($0) }
    )
  }
}

extension StateGroup {
  /// Writes up to `limit` entries from a slot on, and moves the slot behind the last one.
  @inlinable
  func write(
    from slot: inout Int,
    limit: Int,
    to writer: StateWriter,
    _ keys: StateCodec<Key>,
    _ values: StateCodec<Value>
  ) throws(StateCodecError) -> Int {
    guard let list = unsafe list else { return 0 }
    let end = unsafe Int(capacity)
    var written = 0
    while slot < end, written < limit {
      let page = unsafe list.pages[slot &>> PageLayout.pageShift].unmarked
      let place = slot & PageLayout.placeMask
      slot &+= 1
      guard unsafe page.tags[place] != 0 else { continue }
      try unsafe keys.write(page.entries[place].key, writer)
      try unsafe values.write(page.entries[place].value, writer)
      written &+= 1
    }
    return written
  }
}
