public import StreamModel

extension StateTable where Value: Codable {
  /// Takes over the entries of the key groups that the table owns; a key that it has already gets
  /// the restored value.
  ///
  /// - Throws: `StateCodecError` when they are of another state, or cannot be read. The table may
  ///   then hold some of them.
  @inlinable
  public func restore(
    from reader: KeyedStateReader,
    named name: String,
    kind: String = "table"
  ) throws(StateCodecError) {
    let signature = StateSignature(
      name: name,
      kind: kind,
      keyType: String(describing: Key.self),
      valueType: String(describing: Value.self)
    )
    _ = try restore(from: reader, as: signature)
  }

  /// Takes over the entries that a state of a signature has in the key groups of the table, as far
  /// as they are to be kept; they may be changed while they are judged.
  ///
  /// - Returns: The blocks from which they came, in the order of their key groups.
  /// - Throws: as `restore(from:named:kind:)`.
  @inlinable
  func restore(
    from reader: KeyedStateReader,
    as signature: StateSignature,
    keeping isKept: (inout Value) -> Bool = { _ in true }
  ) throws(StateCodecError) -> [KeyedStateBlock] {
    let keys = StateCodec<Key>()
    let values = StateCodec<Value>()
    let blocks = try reader.blocks(of: signature, in: keyGroups, maxParallelism: maxParallelism)
    makeRoom(for: blocks)
    for block in blocks {
      do throws(StateCodecError) {
        try restore(block, keys, values, keeping: isKept)
      } catch {
        throw error.within("\(signature), key group \(block.keyGroup)")
      }
    }
    return blocks
  }

  /// Reserves room in each key group, trusting counts no further than the bytes allow.
  @inlinable
  func makeRoom(for blocks: [KeyedStateBlock]) {
    var index = 0
    while index < blocks.count {
      let group = blocks[index].keyGroup
      var entries = count(of: group)
      while index < blocks.count, blocks[index].keyGroup == group {
        entries += blocks[index].plausibleCount
        index += 1
      }
      reserve(entries, in: group)
    }
  }

  @inlinable
  func restore(
    _ block: KeyedStateBlock,
    _ keys: StateCodec<Key>,
    _ values: StateCodec<Value>,
    keeping isKept: (inout Value) -> Bool
  ) throws(StateCodecError) {
    let reader = try block.open()
    for _ in 0..<block.count {
      let key = try keys.read(reader)
      var value = try values.read(reader)
      let hash = key.javaHash
      let group = KeyGroupAssignment.keyGroup(ofHash: hash, maxParallelism: maxParallelism)
      guard group == block.keyGroup else {
        throw block.misplaced(keyOf: group)
      }
      if isKept(&value) { set(value, hash: hash, key: key) }
    }
    try block.finish(reader)
  }
}
